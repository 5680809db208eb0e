/** The statements that check one value and put it into the slot at its constant offset. Values of four and eight bytes at aligned offsets are stored here, the rest by the library. */
import { isGroup } from "../schema/groups.js";
import type { FieldType, IntegerBits } from "../schema/model.js";
import { lookupName, policyOf } from "./typescript-choices.js";
import { wrapped } from "./typescript-integers.js";
import { limitStatements } from "./typescript-limits.js";
import { stringText } from "./typescript-literals.js";
import {
  byteAt,
  isAligned,
  isLongAligned,
  longAt,
  type StoreContext,
  type StoredMember,
  type StoredValue,
  wordAt,
} from "./typescript-places.js";
import { isWideEnum, isWideInteger } from "./typescript-types.js";

type Lines = readonly string[];

const LINE_WIDTH = 140;

function block(condition: string, body: Lines): Lines {
  return [`if (${condition}) {`, ...body.map((line) => `  ${line}`), "}"];
}

/** Stores a number that fits `widthBytes`. */
function storeNumber(node: StoredValue, text: string, context: StoreContext): string {
  const { offsetBytes, widthBytes } = node;
  if (widthBytes === 1) return `laneBytes[${byteAt(offsetBytes, context)}] = ${text};`;
  if (widthBytes === 2) return `laneView.setInt16(${byteAt(offsetBytes, context)}, ${text}, true);`;
  return isAligned(node, context)
    ? `${wordAt(offsetBytes, context)} = ${text};`
    : `laneView.setInt32(${byteAt(offsetBytes, context)}, ${text}, true);`;
}

function storeSmallInteger(
  node: StoredValue,
  text: string,
  bits: Exclude<IntegerBits, 64>,
  isSigned: boolean,
  context: StoreContext,
): Lines {
  const { imports } = context;
  const type = `${isSigned ? "int" : "uint"}${bits}`;
  const fail = `throw ${imports.use("integerError")}(${stringText(context.label(node.field))}, ${text}, "${type}");`;
  return [
    ...block(`typeof ${text} !== "number" || ${wrapped(text, bits, isSigned)} !== ${text}`, [fail]),
    storeNumber(node, text, context),
  ];
}

/** Numbers as two words. Bigints wrap when they are stored, so the wrapped one is compared first. */
function storeWideInteger(node: StoredValue, text: string, isSigned: boolean, context: StoreContext): Lines {
  const { imports } = context;
  const { offsetBytes } = node;
  const label = stringText(context.label(node.field));
  const call = (): string =>
    `${imports.use(isSigned ? "storeInt64" : "storeUint64")}(laneWriter, ${byteAt(offsetBytes, context)}, ${text}, ${label});`;
  if (!isAligned(node, context)) return [call()];
  const number = [
    `if (typeof ${text} === "number" && Number.isSafeInteger(${text})${isSigned ? "" : ` && ${text} >= 0`}) {`,
    `  ${wordAt(offsetBytes, context)} = ${text};`,
    `  ${wordAt(offsetBytes + 4, context)} = Math.floor(${text} * 2 ** -32);`,
  ];
  if (!isLongAligned(node, context)) return [...number, "} else {", `  ${call()}`, "}"];
  return [
    ...number,
    `} else if (${imports.use(isSigned ? "isInt64" : "isUint64")}(${text})) {`,
    `  ${longAt(offsetBytes, context)} = ${text};`,
    "} else {",
    `  throw ${imports.use("bigIntegerError")}(${label}, ${text}, "${isSigned ? "int64" : "uint64"}");`,
    "}",
  ];
}

function storeBool(node: StoredValue, text: string, context: StoreContext): Lines {
  const { imports } = context;
  const fail = `throw ${imports.use("typeError")}(${stringText(context.label(node.field))}, ${text}, "a boolean");`;
  return [...block(`typeof ${text} !== "boolean"`, [fail]), storeNumber(node, `${text} ? 1 : 0`, context)];
}

function storeEnum(node: StoredValue, text: string, context: StoreContext): Lines {
  const { names } = context;
  const code = `${lookupName(names.choicesOf(node.field), policyOf(node.field))}(${text}, ${stringText(context.label(node.field))})`;
  if (!isWideEnum(node.field.type)) return [storeNumber(node, code, context)];
  return [`laneView.setBig${node.storage === "UINT64" ? "Uint" : "Int"}64(${byteAt(node.offsetBytes, context)}, ${code}, true);`];
}

function storeText(node: StoredValue, type: Extract<FieldType, { kind: "string" | "json" }>, text: string, context: StoreContext): Lines {
  const { imports } = context;
  const end = `${text}, ${stringText(context.label(node.field))});`;
  const ascii = type.kind === "string" && type.charset === "ascii" ? [`${imports.use("checkAscii")}(${end}`] : [];
  const at = byteAt(node.offsetBytes, context);
  if (type.length.mode === "fixed" && type.length.lengthBytes === 8 && isAligned(node, context))
    return [`${imports.use("storePaddedText8")}(laneWriter, ${at}, ${type.length.padByte}, ${end}`, ...ascii];
  if (type.length.mode === "fixed")
    return [`${imports.use("storePaddedText")}(laneWriter, ${at}, ${type.length.lengthBytes}, ${type.length.padByte}, ${end}`, ...ascii];
  return [
    `${imports.use("storeCountedText")}(laneWriter, ${at}, ${node.storage === "COUNTED_8" ? 1 : 2}, ${type.length.maxLengthBytes}, ${end}`,
    ...ascii,
  ];
}

function storeDecimal(node: StoredValue, type: Extract<FieldType, { kind: "decimal" }>, text: string, context: StoreContext): Lines {
  const { imports } = context;
  const name = stringText(context.label(node.field));
  if (type.storage === "int64") return storeWideInteger(node, text, true, context);
  if (type.storage === "int32") return [storeNumber(node, `${imports.use("toSmallInteger")}(${text}, ${name})`, context)];
  return [
    `${imports.use("storeWideDecimal")}(laneWriter, ${byteAt(node.offsetBytes, context)}, ${type.lengthBytes}, ${type.precision}, ${text}, ${name});`,
  ];
}

const setBits = { uint8: 8, uint16: 16, uint32: 32 } as const;

function storeValue(node: StoredValue, text: string, context: StoreContext): Lines {
  const { type } = node.field;
  const { imports } = context;
  const place = `laneWriter, ${byteAt(node.offsetBytes, context)}`;
  const rest = `${text}, ${stringText(context.label(node.field))});`;
  switch (type.kind) {
    case "bool":
      return storeBool(node, text, context);
    case "integer":
      return type.bits === 64
        ? storeWideInteger(node, text, type.signed, context)
        : storeSmallInteger(node, text, type.bits, type.signed, context);
    case "float16":
      return [`${imports.use("storeFloat16")}(${place}, ${rest}`];
    case "float":
      return [`${imports.use("storeFloat")}(${place}, ${rest}`];
    case "double":
      return [`${imports.use("storeDouble")}(${place}, ${rest}`];
    case "decimal":
      return storeDecimal(node, type, text, context);
    case "date":
    case "time":
    case "timestamp":
    case "int96":
      return isWideInteger(type) ? storeWideInteger(node, text, true, context) : storeSmallInteger(node, text, 32, true, context);
    case "string":
    case "json":
      return storeText(node, type, text, context);
    case "interval":
      return [`${imports.use("storeInterval")}(${place}, ${text});`];
    case "bson":
    case "bytes":
      return [
        `${imports.use(type.kind === "bson" ? "storeBson" : "storeCountedBytes")}(${place}, ${node.storage === "COUNTED_8" ? 1 : 2}, ${type.maxLengthBytes}, ${rest}`,
      ];
    case "fixed":
      return [`${imports.use("storeFixedBytes")}(${place}, ${type.lengthBytes}, ${rest}`];
    case "uuid":
      return [`${imports.use("storeUuid")}(${place}, ${rest}`];
    case "enum":
      return storeEnum(node, text, context);
    case "set":
      return type.storage === "uint64"
        ? storeWideInteger(node, text, false, context)
        : storeSmallInteger(node, text, setBits[type.storage], false, context);
    case "unknown":
    case "struct":
    case "list":
    case "map":
      throw new Error(`${type.kind} has no value of its own`);
  }
}

function storeSentinel(node: StoredValue, bits: bigint, context: StoreContext): Lines {
  const { offsetBytes, widthBytes } = node;
  if (widthBytes < 8) return [storeNumber(node, BigInt.asIntN(8 * widthBytes, bits).toString(), context)];
  if (!isAligned(node, context)) return [`laneView.setBigInt64(${byteAt(offsetBytes, context)}, ${BigInt.asIntN(64, bits)}n, true);`];
  return [
    `${wordAt(offsetBytes, context)} = ${BigInt.asIntN(32, bits)};`,
    `${wordAt(offsetBytes + 4, context)} = ${BigInt.asIntN(32, bits >> 32n)};`,
  ];
}

/** The variable that collects the null bits of one byte of the record. */
export function validVariable(byteOffsetBytes: number): string {
  return `validBits${byteOffsetBytes}`;
}

function storeNull(node: StoredValue, context: StoreContext): Lines {
  const encoding = node.nullEncoding;
  if (encoding.kind === "SENTINEL") return storeSentinel(node, encoding.bits, context);
  if (node.storage === "FLOAT16") return [storeNumber(node, "0x7e00", context)];
  return [`laneView.${node.storage === "FLOAT" ? "setFloat32" : "setFloat64"}(${byteAt(node.offsetBytes, context)}, Number.NaN, true);`];
}

function otherwise(condition: string, body: Lines, elseBody: Lines): Lines {
  return [`if (${condition}) {`, ...body.map((line) => `  ${line}`), "} else {", ...elseBody.map((line) => `  ${line}`), "}"];
}

/** The type's own function stores it. */
function storeGroup({ field, offsetBytes, count }: StoredMember, text: string, context: StoreContext): Lines {
  const places = count === undefined ? [offsetBytes] : [count.offsetBytes, offsetBytes];
  const start = `${context.names.storeOf(field)}(`;
  const parts = ["laneWriter", ...places.map((place) => byteAt(place, context)), text, stringText(context.label(field))];
  const line = `${start}${parts.join(", ")});`;
  // A conditional one stands two columns further to the right.
  const indent = context.indent + (context.base === "slot" ? 2 : 0) + (field.presence.kind === "optional" ? 2 : 0);
  return indent + line.length <= LINE_WIDTH ? [line] : [start, ...parts.map((part) => `  ${part},`), ");"];
}

/** `text` names the variable that holds the field's value. */
export function planStore(node: StoredMember, text: string, context: StoreContext): Lines {
  const encoding = node.nullEncoding;
  const value = isGroup(node.field.type)
    ? storeGroup(node, text, context)
    : [...storeValue(node, text, context), ...limitStatements(node, text, context)];
  if (encoding.kind === "NEVER") return value;
  if (encoding.kind !== "BIT") return otherwise(`${text} === undefined || ${text} === null`, storeNull(node, context), value);
  return block(`${text} !== undefined && ${text} !== null`, [
    ...value,
    `${validVariable(encoding.byteOffsetBytes)} |= ${1 << encoding.bitIndex};`,
  ]);
}
