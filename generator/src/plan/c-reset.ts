/** What reserve, record_init and the reset functions of inner structs leave behind. */
import { isOptional } from "./c-columns.js";
import { planDefaultStatements } from "./c-defaults.js";
import { type CAccessors, columnsOf } from "./c-fields.js";
import type { CArrayField, CStruct, CStructField } from "./c-structs.js";

export interface CReset {
  /** Optional fields become null, lists and maps empty. */
  readonly nullStatements: readonly string[];
  readonly defaultStatements: readonly string[];
}

export interface CResets {
  of(struct: CStruct): CReset;
  /** A function resets it. */
  has(struct: CStruct): boolean;
}

export function planResets(structs: readonly CStruct[], accessors: CAccessors): CResets {
  const planned = new Map<CStruct, CReset>();
  const of = (struct: CStruct): CReset => planned.get(struct) ?? { nullStatements: [], defaultStatements: [] };
  const has = (struct: CStruct): boolean => of(struct).nullStatements.length + of(struct).defaultStatements.length > 0;
  for (const struct of structs) {
    const defaultStatements = planDefaultStatements(columnsOf(struct), accessors);
    planned.set(struct, { nullStatements: planNullStatements(struct, accessors, has), defaultStatements });
  }
  return { of, has };
}

function planNullStatements(struct: CStruct, accessors: CAccessors, hasReset: (inner: CStruct) => boolean): readonly string[] {
  const { fields, owner } = struct;
  const valid = `${owner.parameter}->valid`;
  const bitmap = fields.some((field) => field.bitIndex >= 0) ? [`memset(${valid}, 0, sizeof(${valid}));`] : [];
  const sentinels = columnsOf(struct).filter((column) => isOptional(column) && column.bitIndex < 0);
  const arrays = fields.filter((field): field is CArrayField => field.kind === "array");
  const inner = fields.filter((field): field is CStructField => field.kind === "struct" && !field.isOptional && hasReset(field.struct));
  return [
    ...bitmap,
    ...sentinels.map((column) => `${accessors.of(column)?.clearName ?? ""}(${owner.parameter});`),
    ...arrays.map(({ countTarget }) => `${countTarget} = 0;`),
    ...inner.map((field) => `${field.struct.names.resetName}(&${field.target});`),
  ];
}
