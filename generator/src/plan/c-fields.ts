/** Functions of single fields. */
import { hasLength, isByteString, isCounted, isOptional, padByteOf, type CColumn } from "./c-columns.js";
import { hexLiteral, integerLiteral, unsignedLiteral } from "./c-literals.js";
import type { CAccessor } from "./c-model.js";
import type { AccessorNames } from "./c-struct-names.js";
import type { CStruct } from "./c-structs.js";
import { characterLiteral, docComment } from "./escape.js";

/** Bits of the quiet NaN that clear stores. */
const nanBits = { FLOAT16: "0x7e00U", FLOAT: "0x7fc00000U", DOUBLE: "UINT64_C(0x7ff8000000000000)" } as const;
const integerBits = { INT8: 8, INT16: 16, INT32: 32, INT64: 64 } as const;

function storeStatement(column: CColumn): string {
  const { target } = column;
  if (isCounted(column.node)) {
    const source = isByteString(column.node) ? "bytes" : "text";
    return `${target}.length = pqflow_store_${column.node.storage.toLowerCase()}(${target}.data, sizeof(${target}.data), ${source}, length_bytes);`;
  }
  if (column.isPackedStruct) {
    return `memcpy(&${target}, &value, sizeof(${target}));`;
  }
  if (column.scalarType !== "") {
    return `${target} = ${column.node.storage === "FLOAT16" ? "pqflow_float16_from_float(value)" : "value"};`;
  }
  switch (column.node.storage) {
    case "PADDED_TEXT":
      return `pqflow_store_padded(${target}, sizeof(${target}), text, length_bytes, ${characterLiteral(padByteOf(column.node))});`;
    default:
      return `memcpy(${target}, bytes, sizeof(${target}));`;
  }
}

function valueParameters(column: CColumn): string {
  if (hasLength(column.node)) {
    return isByteString(column.node) ? "const void* bytes, size_t length_bytes" : "const char* text, size_t length_bytes";
  }
  return column.scalarType === "" ? `const uint8_t bytes[${column.roomBytes}]` : `${column.valueType} value`;
}

/** The sentinel as an expression of the member's type. */
function sentinelExpression(column: CColumn, bits: bigint): string {
  const { storage, field } = column.node;
  if (storage === "FLOAT" || storage === "DOUBLE") {
    return `pqflow_${storage.toLowerCase()}_from_bits(${storage === "FLOAT" ? unsignedLiteral(bits) : `UINT64_C(${hexLiteral(bits)})`})`;
  }
  const value = storage in integerBits ? BigInt.asIntN(integerBits[storage as keyof typeof integerBits], bits) : bits;
  const literal = integerLiteral(value);
  return field.type.kind === "enum" ? `PQFLOW_STATIC_CAST(${column.scalarType}, ${literal})` : literal;
}

interface NullForm {
  readonly hasExpression: string;
  readonly clearStatement: string;
}

function floatBitsLiteral(storage: string, bits: bigint): string {
  return storage === "FLOAT" ? unsignedLiteral(bits) : `UINT64_C(${hexLiteral(bits)})`;
}

function nanForm(column: CColumn, target: string): NullForm {
  const { storage } = column.node;
  if (storage === "FLOAT16") {
    return { hasExpression: `!pqflow_float16_is_nan(${target})`, clearStatement: `${target} = ${nanBits.FLOAT16};` };
  }
  const kind = storage === "FLOAT" ? "FLOAT" : "DOUBLE";
  const name = kind.toLowerCase();
  return {
    hasExpression: `!pqflow_${name}_is_nan(${target})`,
    clearStatement: `${target} = pqflow_${name}_from_bits(${nanBits[kind]});`,
  };
}

function sentinelForm(column: CColumn, bits: bigint, target: string): NullForm {
  const storage = column.node.storage;
  const clearStatement = `${target} = ${sentinelExpression(column, bits)};`;
  if (storage === "FLOAT" || storage === "DOUBLE") {
    return { hasExpression: `pqflow_${storage.toLowerCase()}_bits(${target}) != ${floatBitsLiteral(storage, bits)}`, clearStatement };
  }
  return { hasExpression: `${target} != ${sentinelExpression(column, bits)}`, clearStatement };
}

/** `target`: where the value lies; the bit is one of the column's owner. */
export function nullForm(column: CColumn, target: string): NullForm {
  const encoding = column.node.nullEncoding;
  const valid = `${column.owner.parameter}->valid`;
  switch (encoding.kind) {
    case "BIT":
      return {
        hasExpression: `pqflow_bit_test(${valid}, ${column.bitIndex})`,
        clearStatement: `pqflow_bit_clear(${valid}, ${column.bitIndex});`,
      };
    case "SENTINEL":
      return sentinelForm(column, encoding.bits, target);
    case "NAN":
      return nanForm(column, target);
    case "ALWAYS":
    case "NEVER":
      return { hasExpression: "", clearStatement: "" };
  }
}

/** An assignment is all that storing a value takes. */
export function isAssigned(column: CColumn): boolean {
  return column.scalarType !== "" && column.valueType === column.scalarType && !column.isPackedStruct;
}

function needsAccessor(column: CColumn): boolean {
  return isOptional(column) || !isAssigned(column);
}

export interface CAccessors {
  /** In the order of its fields. */
  inStruct(struct: CStruct): readonly CAccessor[];
  of(column: CColumn): CAccessor | undefined;
}

function accessorDoc(column: CColumn, struct: CStruct): string {
  const length =
    column.node.storage === "FLOAT16"
      ? " rounded to the nearest half, get reads it"
      : column.scalarType !== ""
        ? ""
        : hasLength(column.node)
          ? `, cut to ${column.roomBytes} bytes`
          : `, ${column.roomBytes} bytes`;
  const rest = isOptional(column) ? "; clear makes it null; has is 1 when it is present" : "";
  return docComment([`${fieldLabel(column.node.field.name, struct)}: set stores it${length}${rest}.`], "");
}

/** `Field bids`, `Field px of orders_level`, `The value of orders_tags_element`. */
export function fieldLabel(name: string, { source, names }: CStruct): string {
  if (source.name === "") {
    return `Field ${name}`;
  }
  return source.isElement ? `The value of ${names.type}` : `Field ${name} of ${names.type}`;
}

function planAccessor(column: CColumn, names: AccessorNames, struct: CStruct): CAccessor {
  const statements = [storeStatement(column)];
  if (column.bitIndex >= 0) {
    statements.push(`pqflow_bit_set(${column.owner.parameter}->valid, ${column.bitIndex});`);
  }
  return {
    doc: accessorDoc(column, struct),
    owner: column.owner.type,
    self: column.owner.parameter,
    ...names,
    isConverted: column.node.storage === "FLOAT16",
    getType: column.valueType,
    getExpression: `pqflow_float16_to_float(${column.target})`,
    setParameters: valueParameters(column),
    setStatements: statements,
    isSetSingle: statements.length === 1,
    isOptional: isOptional(column),
    ...nullForm(column, column.target),
  };
}

export function planAccessors(structs: readonly CStruct[]): CAccessors {
  const planned = new Map<CColumn, CAccessor>();
  for (const struct of structs) {
    for (const column of columnsOf(struct).filter(needsAccessor)) {
      const own = struct.names.accessors.get(column.node.field);
      if (own !== undefined) {
        planned.set(column, planAccessor(column, own, struct));
      }
    }
  }
  return { inStruct: (struct) => columnsOf(struct).flatMap((column) => planned.get(column) ?? []), of: (column) => planned.get(column) };
}

export function columnsOf({ fields }: CStruct): readonly CColumn[] {
  return fields.flatMap((field) => (field.kind === "value" ? [field] : []));
}
