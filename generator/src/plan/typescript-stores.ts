/** The statements that check one value and put it into the slot at its constant offset. Values of four and eight bytes at aligned offsets are stored here, the rest by the library. */
import type { LeafNode } from "../layout/model.js";
import type { FieldType, IntegerBits } from "../schema/model.js";
import { lookupName, policyOf } from "./typescript-choices.js";
import { limitStatements } from "./typescript-limits.js";
import { stringText } from "./typescript-literals.js";
import type { TypeScriptImports, TypeScriptNames } from "./typescript-names.js";
import { isWideEnum, isWideInteger } from "./typescript-types.js";

export interface StoreContext {
  readonly names: TypeScriptNames;
  readonly imports: TypeScriptImports;
}

type Lines = readonly string[];

function block(condition: string, body: Lines): Lines {
  return [`if (${condition}) {`, ...body.map((line) => `  ${line}`), "}"];
}

/** Offset within the lane's bytes. */
function byteAt(offsetBytes: number): string {
  return offsetBytes === 0 ? "slotByte" : `slotByte + ${offsetBytes}`;
}

/** Index within the lane's 32-bit words. */
function wordAt(offsetBytes: number): string {
  return offsetBytes === 0 ? "laneWords[slotWord]" : `laneWords[slotWord + ${offsetBytes / 4}]`;
}

function isAligned({ offsetBytes }: LeafNode): boolean {
  return offsetBytes % 4 === 0;
}

/** Stores a number that fits `widthBytes`. */
function storeNumber(node: LeafNode, text: string): string {
  const { offsetBytes, widthBytes } = node;
  if (widthBytes === 1) return `laneBytes[${byteAt(offsetBytes)}] = ${text};`;
  if (widthBytes === 2) return `laneView.setInt16(${byteAt(offsetBytes)}, ${text}, true);`;
  return isAligned(node) ? `${wordAt(offsetBytes)} = ${text};` : `laneView.setInt32(${byteAt(offsetBytes)}, ${text}, true);`;
}

function wrapped(text: string, bits: Exclude<IntegerBits, 64>, isSigned: boolean): string {
  if (bits === 32) return isSigned ? `(${text} | 0)` : `${text} >>> 0`;
  if (!isSigned) return `(${text} & ${bits === 8 ? "0xff" : "0xffff"})`;
  return `(${text} << ${32 - bits}) >> ${32 - bits}`;
}

function storeSmallInteger(
  node: LeafNode,
  text: string,
  bits: Exclude<IntegerBits, 64>,
  isSigned: boolean,
  { imports }: StoreContext,
): Lines {
  const type = `${isSigned ? "int" : "uint"}${bits}`;
  const fail = `throw ${imports.use("integerError")}(${stringText(node.field.name)}, ${text}, "${type}");`;
  return [...block(`typeof ${text} !== "number" || ${wrapped(text, bits, isSigned)} !== ${text}`, [fail]), storeNumber(node, text)];
}

function storeWideInteger(node: LeafNode, text: string, isSigned: boolean, { imports }: StoreContext): Lines {
  const { offsetBytes } = node;
  const call = `${imports.use(isSigned ? "storeInt64" : "storeUint64")}(laneWriter, ${byteAt(offsetBytes)}, ${text}, ${stringText(node.field.name)});`;
  if (!isAligned(node)) return [call];
  return [
    `if (typeof ${text} === "number" && Number.isSafeInteger(${text})${isSigned ? "" : ` && ${text} >= 0`}) {`,
    `  ${wordAt(offsetBytes)} = ${text};`,
    `  ${wordAt(offsetBytes + 4)} = Math.floor(${text} * 2 ** -32);`,
    "} else {",
    `  ${call}`,
    "}",
  ];
}

function storeBool(node: LeafNode, text: string, { imports }: StoreContext): Lines {
  const fail = `throw ${imports.use("typeError")}(${stringText(node.field.name)}, ${text}, "a boolean");`;
  return [...block(`typeof ${text} !== "boolean"`, [fail]), storeNumber(node, `${text} ? 1 : 0`)];
}

function storeEnum(node: LeafNode, text: string, { names }: StoreContext): Lines {
  const code = `${lookupName(names.choicesOf(node.field), policyOf(node.field))}(${text}, ${stringText(node.field.name)})`;
  if (!isWideEnum(node.field.type)) return [storeNumber(node, code)];
  return [`laneView.setBig${node.storage === "UINT64" ? "Uint" : "Int"}64(${byteAt(node.offsetBytes)}, ${code}, true);`];
}

function storeText(node: LeafNode, type: Extract<FieldType, { kind: "string" | "json" }>, text: string, { imports }: StoreContext): Lines {
  const end = `${text}, ${stringText(node.field.name)});`;
  const ascii = type.kind === "string" && type.charset === "ascii" ? [`${imports.use("checkAscii")}(${end}`] : [];
  const at = byteAt(node.offsetBytes);
  if (type.length.mode === "fixed")
    return [`${imports.use("storePaddedText")}(laneWriter, ${at}, ${type.length.lengthBytes}, ${type.length.padByte}, ${end}`, ...ascii];
  return [
    `${imports.use("storeCountedText")}(laneWriter, ${at}, ${node.storage === "COUNTED_8" ? 1 : 2}, ${type.length.maxLengthBytes}, ${end}`,
    ...ascii,
  ];
}

function storeDecimal(node: LeafNode, type: Extract<FieldType, { kind: "decimal" }>, text: string, context: StoreContext): Lines {
  const { imports } = context;
  const name = stringText(node.field.name);
  if (type.storage === "int64") return storeWideInteger(node, text, true, context);
  if (type.storage === "int32") return [storeNumber(node, `${imports.use("toSmallInteger")}(${text}, ${name})`)];
  return [
    `${imports.use("storeWideDecimal")}(laneWriter, ${byteAt(node.offsetBytes)}, ${type.lengthBytes}, ${type.precision}, ${text}, ${name});`,
  ];
}

const setBits = { uint8: 8, uint16: 16, uint32: 32 } as const;

function storeValue(node: LeafNode, text: string, context: StoreContext): Lines {
  const { type } = node.field;
  const { imports } = context;
  const place = `laneWriter, ${byteAt(node.offsetBytes)}`;
  const rest = `${text}, ${stringText(node.field.name)});`;
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

function storeSentinel(node: LeafNode, bits: bigint): Lines {
  const { offsetBytes, widthBytes } = node;
  if (widthBytes < 8) return [storeNumber(node, BigInt.asIntN(8 * widthBytes, bits).toString())];
  if (!isAligned(node)) return [`laneView.setBigInt64(${byteAt(offsetBytes)}, ${BigInt.asIntN(64, bits)}n, true);`];
  return [`${wordAt(offsetBytes)} = ${BigInt.asIntN(32, bits)};`, `${wordAt(offsetBytes + 4)} = ${BigInt.asIntN(32, bits >> 32n)};`];
}

/** The variable that collects the null bits of one byte of the record. */
export function validVariable(byteOffsetBytes: number): string {
  return `validBits${byteOffsetBytes}`;
}

function storeNull(node: LeafNode): Lines {
  const encoding = node.nullEncoding;
  if (encoding.kind === "SENTINEL") return storeSentinel(node, encoding.bits);
  if (node.storage === "FLOAT16") return [storeNumber(node, "0x7e00")];
  return [`laneView.${node.storage === "FLOAT" ? "setFloat32" : "setFloat64"}(${byteAt(node.offsetBytes)}, Number.NaN, true);`];
}

function otherwise(condition: string, body: Lines, elseBody: Lines): Lines {
  return [`if (${condition}) {`, ...body.map((line) => `  ${line}`), "} else {", ...elseBody.map((line) => `  ${line}`), "}"];
}

/** `text` names the variable that holds the field's value. */
export function planStore(node: LeafNode, text: string, context: StoreContext): Lines {
  const encoding = node.nullEncoding;
  const value = [...storeValue(node, text, context), ...limitStatements(node, text, context.imports)];
  if (encoding.kind === "NEVER") return value;
  if (encoding.kind !== "BIT") return otherwise(`${text} === undefined || ${text} === null`, storeNull(node), value);
  return block(`${text} !== undefined && ${text} !== null`, [
    ...value,
    `${validVariable(encoding.byteOffsetBytes)} |= ${1 << encoding.bitIndex};`,
  ]);
}
