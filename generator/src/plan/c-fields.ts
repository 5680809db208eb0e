/** Functions of single fields, and the parameters and steps of log_fields. */
import type { CGlobals } from "./c-names.js";
import { hasLength, isByteString, isCounted, type CColumn } from "./c-columns.js";
import { hexLiteral, integerLiteral, unsignedLiteral } from "./c-literals.js";
import type { CAccessor, CStore } from "./c-model.js";
import { characterLiteral, docComment } from "./escape.js";

/** Bits of the quiet NaN that clear stores. */
const nanBits = { FLOAT16: "0x7e00U", FLOAT: "0x7fc00000U", DOUBLE: "UINT64_C(0x7ff8000000000000)" } as const;
const integerBits = { INT8: 8, INT16: 16, INT32: 32, INT64: 64 } as const;

export function padByteOf(column: CColumn): number {
  const type = column.node.field.type;
  return (type.kind === "string" || type.kind === "json") && type.length.mode === "fixed" ? type.length.padByte : 0;
}

function storeStatement(column: CColumn): string {
  const target = `record->${column.member}`;
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
      return `pqflow_store_padded(${target}, sizeof(${target}), text, length_bytes, ${characterLiteral(padByteOf(column))});`;
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

function nanForm(column: CColumn): NullForm {
  const target = `record->${column.member}`;
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

function sentinelForm(column: CColumn, bits: bigint): NullForm {
  const target = `record->${column.member}`;
  const storage = column.node.storage;
  const clearStatement = `${target} = ${sentinelExpression(column, bits)};`;
  if (storage === "FLOAT" || storage === "DOUBLE") {
    return { hasExpression: `pqflow_${storage.toLowerCase()}_bits(${target}) != ${floatBitsLiteral(storage, bits)}`, clearStatement };
  }
  return { hasExpression: `${target} != ${sentinelExpression(column, bits)}`, clearStatement };
}

function nullForm(column: CColumn): NullForm {
  const encoding = column.node.nullEncoding;
  switch (encoding.kind) {
    case "BIT":
      return {
        hasExpression: `pqflow_bit_test(record->valid, ${column.bitIndex})`,
        clearStatement: `pqflow_bit_clear(record->valid, ${column.bitIndex});`,
      };
    case "SENTINEL":
      return sentinelForm(column, encoding.bits);
    case "NAN":
      return nanForm(column);
    case "ALWAYS":
    case "NEVER":
      return { hasExpression: "", clearStatement: "" };
  }
}

export function isOptional(column: CColumn): boolean {
  return column.node.nullEncoding.kind !== "NEVER";
}

/** An assignment is all that storing a value takes. */
function isAssigned(column: CColumn): boolean {
  return column.scalarType !== "" && column.valueType === column.scalarType && !column.isPackedStruct;
}

function needsAccessor(column: CColumn): boolean {
  return column.member !== "" && (isOptional(column) || !isAssigned(column));
}

export interface CAccessors {
  readonly accessors: readonly CAccessor[];
  of(column: CColumn): CAccessor | undefined;
}

interface AccessorNames {
  readonly setName: string;
  readonly getName: string;
  readonly hasName: string;
  readonly clearName: string;
}

/** Names are claimed at file scope, before members and parameters. Keyed by column name. */
export function claimAccessorNames(globals: CGlobals, fieldNames: readonly string[]): ReadonlyMap<string, AccessorNames> {
  const claim = (verb: string, name: string): string => globals.scope.claim(`${globals.prefix}_${verb}_${name}`);
  return new Map(
    fieldNames.map((name) => [
      name,
      { setName: claim("set", name), hasName: claim("has", name), clearName: claim("clear", name), getName: claim("get", name) },
    ]),
  );
}

function accessorDoc(column: CColumn): string {
  const name = column.node.field.name;
  const length =
    column.node.storage === "FLOAT16"
      ? " rounded to the nearest half, get reads it"
      : column.scalarType !== ""
        ? ""
        : hasLength(column.node)
          ? `, cut to ${column.roomBytes} bytes`
          : `, ${column.roomBytes} bytes`;
  const rest = isOptional(column) ? "; clear makes it null; has is 1 when it is present" : "";
  return docComment([`Field ${name}: set stores it${length}${rest}.`], "");
}

function planAccessor(column: CColumn, names: AccessorNames): CAccessor {
  const statements = [storeStatement(column)];
  if (column.bitIndex >= 0) {
    statements.push(`pqflow_bit_set(record->valid, ${column.bitIndex});`);
  }
  return {
    doc: accessorDoc(column),
    ...names,
    isConverted: column.node.storage === "FLOAT16",
    getType: column.valueType,
    getExpression: `pqflow_float16_to_float(record->${column.member})`,
    setParameters: valueParameters(column),
    setStatements: statements,
    isSetSingle: statements.length === 1,
    isOptional: isOptional(column),
    ...nullForm(column),
  };
}

export function planAccessors(columns: readonly CColumn[], names: ReadonlyMap<string, AccessorNames>): CAccessors {
  const planned = new Map<CColumn, CAccessor>();
  for (const column of columns.filter(needsAccessor)) {
    const own = names.get(column.node.field.name);
    if (own !== undefined) {
      planned.set(column, planAccessor(column, own));
    }
  }
  return { accessors: [...planned.values()], of: (column) => planned.get(column) };
}

/** What makes a reserved record's optional fields null. */
export function planNullStatements(columns: readonly CColumn[], accessors: CAccessors): readonly string[] {
  const bitmap = columns.some((column) => column.bitIndex >= 0) ? ["memset(record->valid, 0, sizeof(record->valid));"] : [];
  const sentinels = columns.filter((column) => isOptional(column) && column.bitIndex < 0);
  return [...bitmap, ...sentinels.map((column) => `${accessors.of(column)?.clearName ?? ""}(record);`)];
}

/** Separated by ", ". */
export function planParameters(columns: readonly CColumn[]): string {
  const stored = columns.filter((column) => column.member !== "");
  return stored.map(parameterDeclaration).join(", ");
}

function parameterDeclaration(column: CColumn): string {
  const isPointer = column.bitIndex >= 0;
  if (hasLength(column.node)) {
    const type = isByteString(column.node) ? "const void*" : "const char*";
    return `${type} ${column.parameter}, size_t ${column.lengthParameter}`;
  }
  if (column.scalarType === "") {
    return isPointer ? `const uint8_t* ${column.parameter}` : `const uint8_t ${column.parameter}[${column.roomBytes}]`;
  }
  return isPointer ? `const ${column.valueType}* ${column.parameter}` : `${column.valueType} ${column.parameter}`;
}

export function planArguments(columns: readonly CColumn[]): string {
  const stored = columns.filter((column) => column.member !== "");
  return stored.map((column) => `${column.parameter}${hasLength(column.node) ? `, ${column.lengthParameter}` : ""}`).join(", ");
}

export function planStores(columns: readonly CColumn[], accessors: CAccessors): readonly CStore[] {
  return columns.filter((column) => column.member !== "").map((column) => planStore(column, accessors));
}

function planStore(column: CColumn, accessors: CAccessors): CStore {
  const isConditional = column.bitIndex >= 0;
  const { setName = "", clearName = "" } = accessors.of(column) ?? {};
  const hasDefault = isConditional && column.node.field.defaultValue !== undefined;
  const condition = { isConditional, pointer: column.parameter, hasDefault, clearStatement: `${clearName}(slot);` };
  if (hasLength(column.node)) {
    return { statement: `${setName}(slot, ${column.parameter}, ${column.lengthParameter});`, ...condition };
  }
  const isScalar = column.scalarType !== "";
  const value = isScalar && isConditional ? `*${column.parameter}` : column.parameter;
  const isPlain = isAssigned(column) && !isConditional;
  const statement = isPlain ? `slot->${column.member} = ${value};` : `${setName}(slot, ${value});`;
  return { statement, ...condition };
}
