/** Breaks lines of C that are longer than the page, the way clang-format breaks them with the repository's style. */
import { lineWidth } from "../plan/escape.js";

/** Positions of a character outside of literals, with the depth of parentheses and braces at that place. */
function* significant(line: string): Generator<{ readonly character: string; readonly index: number; readonly depth: number }> {
  let depth = 0;
  let quote = "";
  for (let index = 0; index < line.length; ++index) {
    const character = line.charAt(index);
    if (quote !== "") {
      index += character === "\\" ? 1 : 0;
      quote = character === quote ? "" : quote;
      continue;
    }
    quote = character === '"' || character === "'" ? character : "";
    depth -= character === ")" || character === "}" ? 1 : 0;
    yield { character, index, depth };
    depth += character === "(" || character === "{" ? 1 : 0;
  }
}

function indentOf(line: string): string {
  return /^ */.exec(line)?.[0] ?? "";
}

/** `signature { statement }` as three lines; undefined for any other line. */
function splitFunction(line: string): readonly string[] | undefined {
  if (!line.endsWith(" }")) {
    return undefined;
  }
  for (const { character, index, depth } of significant(line)) {
    if (character === "{" && depth === 0) {
      const indent = indentOf(line);
      const body = line.slice(index + 1, -1).trim();
      return body === "" ? undefined : [line.slice(0, index + 1), `${indent}  ${body}`, `${indent}}`];
    }
  }
  return undefined;
}

interface Call {
  /** Up to and including the opening parenthesis. */
  readonly head: string;
  /** The last one with everything that follows it. */
  readonly items: readonly string[];
}

/** The outermost list of several items, else the innermost of one: the only one worth breaking. */
function findCall(line: string): Call | undefined {
  let single: Call | undefined;
  for (const { character, index, depth } of significant(line)) {
    if (character === "(") {
      const call = { head: line.slice(0, index + 1), items: splitItems(line, index, depth) };
      if (call.items.length > 1) {
        return call;
      }
      single = call;
    }
  }
  return single;
}

function splitItems(line: string, open: number, openDepth: number): readonly string[] {
  const items: string[] = [];
  let start = open + 1;
  for (const { character, index, depth } of significant(line)) {
    if (index <= open) {
      continue;
    }
    if (depth === openDepth && character === ")") {
      break;
    }
    if (character === "," && depth === openDepth + 1) {
      items.push(line.slice(start, index + 1).trim());
      start = index + 1;
    }
  }
  return [...items, line.slice(start).trim()];
}

function fill(head: string, items: readonly string[], indent: string): readonly string[] {
  const lines: string[] = [];
  let line = head;
  let isFresh = true;
  for (const item of items) {
    const longer = isFresh ? `${line}${item}` : `${line} ${item}`;
    if (longer.length > lineWidth && !isFresh) {
      lines.push(line);
      line = `${indent}${item}`;
    } else {
      line = longer;
    }
    isFresh = false;
  }
  return [...lines, line];
}

/** clang-format's prices: it takes the cheapest way to break a line. */
const commaPrice = 41;
const assignmentPrice = 22;
const openingPrice = { declaration: 140, call: 41 } as const;
const returnTypePrice = { named: 130, builtIn: 220 } as const;
const constantPrice = 130;
const overflowPrice = 1_000_000;

interface Breaking {
  readonly lines: readonly string[];
  readonly price: number;
}

function priced(lines: readonly string[], price: number): Breaking {
  const overflows = lines.filter((line) => line.length > lineWidth).length;
  return { lines, price: price + overflows * overflowPrice };
}

/** The list below its opening parenthesis, or from the next line on. */
function breakList(call: Call, indent: string, kind: keyof typeof openingPrice): readonly Breaking[] {
  const aligned = fill(call.head, call.items, " ".repeat(call.head.length));
  const hanging = fill(indent, call.items, indent);
  return [
    priced(aligned, commaPrice * (aligned.length - 1)),
    priced([call.head, ...hanging], openingPrice[kind] + commaPrice * (hanging.length - 1)),
  ];
}

/** The right side of an assignment on a line of its own. */
function breakAssignment(line: string, indent: string): readonly Breaking[] {
  const match = /^(.*? =) ([^=].*)$/.exec(line);
  if (match === null) {
    return [];
  }
  const right = `${indent}${match[2] ?? ""}`;
  const ways = right.length <= lineWidth ? [priced([right], 0)] : waysToBreak(right, `${indent}    `);
  return ways.map(({ lines, price }) => ({ lines: [match[1] ?? "", ...lines], price: price + assignmentPrice }));
}

/** `type` and `name(…) {` on lines of their own. */
function breakReturnType(line: string, call: Call): readonly Breaking[] {
  const match = /^(\S.*) (\w+\()$/.exec(call.head);
  if (match === null) {
    return [];
  }
  const [, type = "", head = ""] = match;
  const kind = /(void|int|\*)$/.test(type) ? "builtIn" : "named";
  const signature = line.slice(type.length + 1);
  const ways = signature.length <= lineWidth ? [priced([signature], 0)] : breakList({ head, items: call.items }, "    ", "declaration");
  return ways.map(({ lines, price }) => ({ lines: [type, ...lines], price: price + returnTypePrice[kind] }));
}

/** `type` and `NAME = value;`. */
function breakConstant(line: string, indent: string): readonly Breaking[] {
  const match = /^(PQFLOW_CONSTANT \w+) (\w+ = .*)$/.exec(line);
  return match === null ? [] : [priced([match[1] ?? "", `${indent}${match[2] ?? ""}`], constantPrice)];
}

/** `type` and `member[count];`. */
function breakMember(line: string, indent: string): readonly Breaking[] {
  const match = /^( +\w+) (\w+(\[\d+\])?;)$/.exec(line);
  return match === null ? [] : [priced([match[1] ?? "", `${indent}${match[2] ?? ""}`], constantPrice)];
}

function waysToBreak(line: string, indent: string): readonly Breaking[] {
  const call = findCall(line);
  if (call === undefined) {
    return [];
  }
  const isDeclaration = /\)( noexcept)? \{$/.test(line) && !/^ *(if|for|while) /.test(line);
  return isDeclaration ? [...breakList(call, indent, "declaration"), ...breakReturnType(line, call)] : breakList(call, indent, "call");
}

function breakCall(line: string): readonly string[] {
  const indent = `${indentOf(line)}    `;
  const ways = [
    ...waysToBreak(line, indent),
    ...breakAssignment(line, indent),
    ...breakConstant(line, indent),
    ...breakMember(line, indent),
  ];
  const cheapest = Math.min(...ways.map((way) => way.price));
  return ways.find((way) => way.price === cheapest)?.lines ?? [line];
}

function wrapLine(line: string): readonly string[] {
  if (line.length <= lineWidth || /^ *(\/\*|\*|#)/.test(line)) {
    return [line];
  }
  return splitFunction(line)?.flatMap(wrapLine) ?? breakCall(line);
}

export function wrapLongLines(text: string): string {
  return text.split("\n").flatMap(wrapLine).join("\n");
}
