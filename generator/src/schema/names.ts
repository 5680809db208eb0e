/** Names: their shape, and the ones that mean something of their own in a target language. */
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { Span } from "../diagnostics/model.js";

const snakeCase = /^[a-z][a-z0-9_]{0,62}$/;
const wordCase = /^[A-Za-z][A-Za-z0-9_]{0,62}$/;
const pascalCase = /^[A-Z][A-Za-z0-9]{0,62}$/;

/** Properties that every JavaScript object or class has: a record or an enum object with such a key would shadow or inherit it. `__proto__` has no name's shape anyway. */
const javascriptTraps: ReadonlySet<string> = new Set([
  "constructor",
  "prototype",
  "hasOwnProperty",
  "isPrototypeOf",
  "propertyIsEnumerable",
  "toLocaleString",
  "toString",
  "valueOf",
]);

function words(list: string): readonly string[] {
  return list.split(" ");
}

/** Keywords of C11 … C23 and C++11 … C++23. Field names may be keywords (the C name is then changed); a name given for C may not. */
const cKeywords: ReadonlySet<string> = new Set([
  ...words(
    "alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t char32_t char8_t class co_await co_return co_yield compl concept const",
  ),
  ...words(
    "const_cast consteval constexpr constinit continue decltype default delete do double dynamic_cast else enum explicit export extern false float for friend goto",
  ),
  ...words(
    "if inline int long mutable namespace new noexcept not not_eq nullptr operator or or_eq private protected public register reinterpret_cast requires restrict",
  ),
  ...words(
    "return short signed sizeof static static_assert static_cast struct switch template this thread_local throw true try typedef typeid typename typeof",
  ),
  ...words("typeof_unqual union unsigned using virtual void volatile wchar_t while xor xor_eq"),
]);

type NameKind = "snake" | "word" | "pascal";
const patterns: Readonly<Record<NameKind, RegExp>> = { snake: snakeCase, word: wordCase, pascal: pascalCase };

function suggestion(name: string, kind: NameKind): string | undefined {
  if (kind === "snake") {
    const snake = name
      .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
      .replace(/[^A-Za-z0-9]+/g, "_")
      .replace(/^[_0-9]+/, "")
      .toLowerCase()
      .slice(0, 63);
    return snakeCase.test(snake) ? `write \`${snake}\`` : undefined;
  }
  const pascal = name.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z])/g, (_, letter: string) => letter.toUpperCase());
  return kind === "pascal" && pascalCase.test(pascal) ? `write \`${pascal}\`` : undefined;
}

/** False when the name was reported. */
export function checkName(collector: DiagnosticCollector, name: string, kind: NameKind, span: Span): boolean {
  if (!patterns[kind].test(name) && !(javascriptTraps.has(name) || name === "__proto__")) {
    collector.report("PQ2007", {
      message: `\`${name}\` is not a name`,
      span,
      label: `names here match ${patterns[kind].source}`,
      help: suggestion(name, kind),
    });
    return false;
  }
  if (!javascriptTraps.has(name) && name !== "__proto__") return true;
  collector.report("PQ2008", {
    message: `\`${name}\` is reserved`,
    span,
    label: "a property of every JavaScript object",
    help: "choose another name",
  });
  return false;
}

/** `c_name`, and the segments of `namespace`. */
export function checkCName(collector: DiagnosticCollector, name: string, span: Span): boolean {
  if (!wordCase.test(name) || name.includes("__")) {
    collector.report("PQ2007", {
      message: `\`${name}\` is not a C name`,
      span,
      label: "a letter, then letters, digits and single underscores, 63 at most",
    });
    return false;
  }
  if (!cKeywords.has(name)) return true;
  collector.report("PQ2008", { message: `\`${name}\` is a keyword of C or C++`, span, help: `write \`${name}_\`` });
  return false;
}
