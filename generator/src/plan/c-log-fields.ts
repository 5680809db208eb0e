/** The parameters and steps of log_fields. */
import { hasLength, isByteString, type CColumn } from "./c-columns.js";
import { type CAccessors, isAssigned } from "./c-fields.js";
import type { CStore } from "./c-model.js";
import { type CArrayField, type CField, elementType, type CStructField } from "./c-structs.js";

/** Separated by ", ". */
export function planParameters(fields: readonly CField[]): string {
  return fields.map(declarationOf).join(", ");
}

function declarationOf(field: CField): string {
  switch (field.kind) {
    case "value":
      return valueDeclaration(field);
    case "struct":
      return `const ${field.struct.names.type}* ${field.parameter}`;
    case "array":
      return `const ${elementType(field.element)}* ${field.parameter}, size_t ${field.countParameter}`;
  }
}

function valueDeclaration(column: CColumn): string {
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

export function planArguments(fields: readonly CField[]): string {
  return fields.map(argumentOf).join(", ");
}

function argumentOf(field: CField): string {
  if (field.kind === "array") {
    return `${field.parameter}, ${field.countParameter}`;
  }
  return field.kind === "value" && hasLength(field.node) ? `${field.parameter}, ${field.lengthParameter}` : field.parameter;
}

export function planStores(fields: readonly CField[], accessors: CAccessors): readonly CStore[] {
  return fields.map((field) => {
    switch (field.kind) {
      case "value":
        return storeOfValue(field, accessors);
      case "struct":
        return storeOfStruct(field);
      case "array":
        return storeOfArray(field);
    }
  });
}

function storeOfValue(column: CColumn, accessors: CAccessors): CStore {
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

function conditionOf({ isOptional, parameter }: CStructField | CArrayField): Omit<CStore, "statement"> {
  return { isConditional: isOptional, pointer: parameter, hasDefault: false, clearStatement: "" };
}

function storeOfStruct(field: CStructField): CStore {
  const { isOptional, member, parameter, names } = field;
  return { statement: isOptional ? `${names.setName}(slot, ${parameter});` : `slot->${member} = *${parameter};`, ...conditionOf(field) };
}

function storeOfArray(field: CArrayField): CStore {
  const { names, parameter, countParameter } = field;
  return { statement: `${names.setName}(slot, ${parameter}, ${countParameter});`, ...conditionOf(field) };
}
