/** The values of enums and the choices of sets. */
import type { DiagnosticCode } from "../diagnostics/codes.js";
import type { Span } from "../diagnostics/model.js";
import type { DocumentNode, ScalarNode, SequenceNode } from "../document/model.js";
import { type Block, bigintOf, compact, nodeOf, readBlock, sequenceOf, textOf } from "./block.js";
import type { SchemaContext } from "./context.js";
import { storageRange } from "./integers.js";
import { enumValueKeys, setChoiceKeys, type typeKeys } from "./keys.js";
import type { EnumStorage, EnumValue, FieldType, SetChoice, SetStorage, UnknownCodes } from "./model.js";
import { checkName } from "./names.js";
import { readCharacter, readInteger } from "./values.js";
import { readSinceVersion } from "./versions.js";
import { enumStorages, isOneOf, setStorages, unknownCodes } from "./words.js";

const VALUES_MAX_COUNT = 65_536;

export function readEnum(context: SchemaContext, block: Block<keyof (typeof typeKeys)["enum"]>): FieldType | undefined {
  const storage = textOf(block, "storage");
  if (storage === undefined || !isOneOf(enumStorages, storage)) return undefined;
  const storedAs = textOf(block, "stored_as") === "code" ? "code" : "name";
  const values = readItems(context, sequenceOf(block, "values"), (item) => readEnumValue(context, item, storage));
  if (values === undefined) return undefined;
  reportTwins(
    context,
    values,
    (value) => value.name.toLowerCase(),
    "PQ2301",
    (value) => `name \`${value.name}\``,
  );
  reportTwins(
    context,
    values,
    (value) => value.value,
    "PQ2302",
    (value) => `code ${describeCode(value.value, storage)}`,
  );
  const unknown = readUnknown(context, block, storedAs);
  if (unknown !== "keep") reportWideCodes(context, values, storedAs);
  return { kind: "enum", storage, storedAs, unknown, values: values.map(({ item }) => item) };
}

function readUnknown({ collector }: SchemaContext, block: Block<keyof (typeof typeKeys)["enum"]>, storedAs: "name" | "code"): UnknownCodes {
  const word = textOf(block, "unknown") ?? (storedAs === "name" ? "reject" : "keep");
  if (word === "keep" && storedAs === "name") {
    collector.report("PQ2307", {
      message: "an unknown code has no name that could be stored",
      span: nodeOf(block, "unknown")?.span ?? block.span,
      help: 'use `unknown: reject` or `unknown: "null"`, or `stored_as: code`',
    });
  }
  return isOneOf(unknownCodes, word) ? word : "reject";
}

export function readSet(context: SchemaContext, block: Block<keyof (typeof typeKeys)["set"]>): FieldType | undefined {
  const storage = textOf(block, "storage");
  if (storage === undefined || !isOneOf(setStorages, storage)) return undefined;
  const choices = readItems(context, sequenceOf(block, "values"), (item) => readSetChoice(context, item, storage));
  if (choices === undefined) return undefined;
  reportTwins(
    context,
    choices,
    (choice) => choice.name.toLowerCase(),
    "PQ2301",
    (choice) => `name \`${choice.name}\``,
  );
  reportTwins(
    context,
    choices,
    (choice) => choice.bit,
    "PQ2303",
    (choice) => `bit ${choice.bit}`,
  );
  return { kind: "set", storage, choices: choices.map(({ item }) => item) };
}

interface Placed<Item> {
  readonly item: Item;
  readonly nameSpan: Span;
  readonly codeSpan: Span;
}

function readItems<Item>(
  context: SchemaContext,
  list: SequenceNode | undefined,
  read: (item: DocumentNode) => Placed<Item> | undefined,
): readonly Placed<Item>[] | undefined {
  if (list === undefined) return undefined;
  if (list.items.length === 0) {
    context.collector.report("PQ2013", { message: "`values` is empty", span: list.span, label: "one value at least" });
    return undefined;
  }
  if (list.items.length > VALUES_MAX_COUNT) {
    context.collector.report("PQ2014", {
      message: `${list.items.length} values; ${VALUES_MAX_COUNT} are allowed`,
      span: list.items[VALUES_MAX_COUNT]?.span ?? list.span,
    });
    return undefined;
  }
  return list.items.map(read).filter((item) => item !== undefined);
}

function readEnumValue(context: SchemaContext, item: DocumentNode, storage: EnumStorage): Placed<EnumValue> | undefined {
  const block = readBlock(context.collector, item, enumValueKeys, { what: "an enum value" });
  if (block === undefined) return undefined;
  const name = readItemName(context, block);
  const node = nodeOf(block, "value");
  const value = node?.kind === "scalar" ? readCode(context, node, storage) : undefined;
  const sinceVersion = readSinceVersion(context, block);
  if (name === undefined || node === undefined || value === undefined) return undefined;
  return {
    item: compact({ name: name.text, value, description: textOf(block, "description"), sinceVersion }),
    nameSpan: name.span,
    codeSpan: node.span,
  };
}

function readCode({ collector }: SchemaContext, node: ScalarNode, storage: EnumStorage): bigint | undefined {
  return storage === "char" ? readCharacter(collector, node) : readInteger(collector, node, storageRange(storage));
}

function readSetChoice(context: SchemaContext, item: DocumentNode, storage: SetStorage): Placed<SetChoice> | undefined {
  const block = readBlock(context.collector, item, setChoiceKeys, { what: "a choice of a set" });
  if (block === undefined) return undefined;
  const name = readItemName(context, block);
  const node = nodeOf(block, "bit");
  const bit = bigintOf(block, "bit");
  const sinceVersion = readSinceVersion(context, block);
  if (node === undefined || bit === undefined || !checkBit(context, bit, storage, node.span) || name === undefined) return undefined;
  return {
    item: compact({ name: name.text, bit: Number(bit), description: textOf(block, "description"), sinceVersion }),
    nameSpan: name.span,
    codeSpan: node.span,
  };
}

function checkBit({ collector }: SchemaContext, bit: bigint, storage: SetStorage, span: Span): boolean {
  const bitCount = BigInt(storage.replace("uint", ""));
  if (bit >= 0n && bit < bitCount) return true;
  collector.report("PQ2304", { message: `${storage} has no bit ${bit}`, span, label: `bits are 0 to ${bitCount - 1n}` });
  return false;
}

function readItemName({ collector }: SchemaContext, block: Block<"name">): { readonly text: string; readonly span: Span } | undefined {
  const node = nodeOf(block, "name");
  const text = textOf(block, "name");
  return node !== undefined && text !== undefined && checkName(collector, text, "word", node.span) ? { text, span: node.span } : undefined;
}

function reportTwins<Item>(
  { collector }: SchemaContext,
  items: readonly Placed<Item>[],
  keyOf: (item: Item) => unknown,
  code: Extract<DiagnosticCode, "PQ2301" | "PQ2302" | "PQ2303">,
  describe: (item: Item) => string,
): void {
  const first = new Map<unknown, Placed<Item>>();
  for (const placed of items) {
    const twin = first.get(keyOf(placed.item));
    if (twin === undefined) first.set(keyOf(placed.item), placed);
    else {
      const spanOf = ({ nameSpan, codeSpan }: Placed<Item>): Span => (code === "PQ2301" ? nameSpan : codeSpan);
      collector.report(code, {
        message: `${describe(placed.item)} appears twice`,
        span: spanOf(placed),
        label: "second here",
        related: [{ span: spanOf(twin), label: "first here" }],
        notes: code === "PQ2301" ? ["names are compared without regard to case: C writes them in capitals"] : [],
      });
    }
  }
}

function describeCode(value: bigint, storage: EnumStorage): string {
  return storage === "char" ? `"${String.fromCharCode(Number(value))}"` : String(value);
}

/** The runtime looks codes up as signed integers of 64 bits. */
function reportWideCodes({ collector }: SchemaContext, values: readonly Placed<EnumValue>[], storedAs: "name" | "code"): void {
  for (const { item, codeSpan } of values) {
    if (item.value < 2n ** 63n) continue;
    collector.report("PQ2306", {
      message: `code ${item.value} cannot be ${storedAs === "name" ? "stored as a name" : "told from an unknown one"}`,
      span: codeSpan,
      label: "9223372036854775807 at most",
      help: storedAs === "name" ? "use `stored_as: code`" : "use `unknown: keep`",
    });
  }
}
