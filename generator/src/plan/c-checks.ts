/** The statements of <schema>_validate: each field of the record, of the structs in it, of each element in use. */
import { isOptional, type CColumn } from "./c-columns.js";
import { type CAccessors, nullForm } from "./c-fields.js";
import type { CCheck } from "./c-model.js";
import { hasSource } from "./c-sources.js";
import type { CArrayField, CElement, CField, CStruct, CStructField } from "./c-structs.js";
import type { Field } from "../schema/model.js";
import type { CTexts } from "./c-texts.js";
import { planValueCheck } from "./c-validate.js";
import { stringLiteral } from "./escape.js";

/** A struct as the function reaches it. */
interface Place {
  /** Expression of a pointer to it. */
  readonly pointer: string;
  /** What stands before the name of a member: `record->`. */
  readonly access: string;
  /** Of a field in a finding: `bids[].price`. */
  readonly pathOf: (field: Field) => string;
  /** Loops around. */
  readonly depth: number;
}

interface Context {
  readonly accessors: CAccessors;
  readonly texts: CTexts;
}

/** One entry per field that can hold a bad value. */
export function planChecks(record: CStruct, accessors: CAccessors, texts: CTexts): readonly CCheck[] {
  return checksOf(record, { pointer: "record", access: "record->", pathOf: ({ name }) => name, depth: 0 }, { accessors, texts });
}

function checksOf({ fields }: CStruct, place: Place, context: Context): readonly CCheck[] {
  return fields.flatMap((field) => checksOfField(field, place, context));
}

function checksOfField(field: CField, place: Place, context: Context): readonly CCheck[] {
  switch (field.kind) {
    case "value":
      return checksOfValue(field, place, context);
    case "struct":
      return checksOfStruct(field, place, context);
    case "array":
      return checksOfArray(field, place, context);
  }
}

const nothing: CCheck = {
  name: "",
  guard: "",
  isGuarded: false,
  declarations: [],
  isSwitch: false,
  subject: "",
  cases: [],
  conditions: [],
  inner: [],
};

function checksOfValue(column: CColumn, place: Place, { accessors, texts }: Context): readonly CCheck[] {
  const check = hasSource(column) ? undefined : planValueCheck(column, `${place.access}${column.member}`, texts);
  if (check === undefined) {
    return [];
  }
  const guard = isOptional(column) ? `if (${accessors.of(column)?.hasName ?? ""}(${place.pointer}))` : "";
  return [{ ...nothing, ...check, name: stringLiteral(place.pathOf(column.node.field)), guard, isGuarded: guard !== "" }];
}

function checksOfStruct(
  { member, field, struct, isOptional: hasBit, names }: CStructField,
  place: Place,
  context: Context,
): readonly CCheck[] {
  const target = `${place.access}${member}`;
  const inner = checksOf(
    struct,
    { ...place, pointer: `&${target}`, access: `${target}.`, pathOf: ({ name }) => `${place.pathOf(field)}.${name}` },
    context,
  );
  if (!hasBit || inner.length === 0) {
    return inner;
  }
  return [{ ...nothing, guard: `if (${names.hasName}(${place.pointer}))`, isGuarded: true, inner }];
}

/** Counts that the count's own type cannot exceed. */
const fullCounts: ReadonlySet<string> = new Set(["uint8_t 255", "uint16_t 65535"]);

function checksOfArray(field: CArrayField, place: Place, context: Context): readonly CCheck[] {
  const count = `${place.access}${field.countMember}`;
  const path = place.pathOf(field.field);
  const conditions = fullCounts.has(`${field.countType} ${field.maxCount}`) ? [] : [`${count} > ${field.maxCount}`];
  const inner = loopOf(field, count, place, context);
  if (conditions.length + inner.length === 0) {
    return [];
  }
  const guard = field.isOptional ? `if (${field.names.hasName}(${place.pointer}))` : "";
  return [{ ...nothing, name: stringLiteral(path), guard, isGuarded: field.isOptional, conditions, inner }];
}

function loopOf({ field, member, element }: CArrayField, count: string, place: Place, context: Context): readonly CCheck[] {
  const depth = place.depth + 1;
  const index = `index_${depth}`;
  const at = `${place.access}${member}[${index}]`;
  const path = `${place.pathOf(field)}[]`;
  const inner =
    element.kind === "value" ? checksOfScalar(element, at, path, context) : checksOf(element, elementPlace(element, depth, path), context);
  if (inner.length === 0) {
    return [];
  }
  const declarations = element.kind === "value" ? [] : [`const ${element.names.type}* const element_${depth} = &${at};`];
  return [{ ...nothing, guard: `for (size_t ${index} = 0; ${index} < ${count}; ++${index})`, isGuarded: true, declarations, inner }];
}

/** The element of a list is the list's element, not a field of it. */
function elementPlace(element: Exclude<CElement, CColumn>, depth: number, path: string): Place {
  const pathOf = ({ name }: Field): string => (element.source.isElement ? path : `${path}.${name}`);
  return { pointer: `element_${depth}`, access: `element_${depth}->`, pathOf, depth };
}

function checksOfScalar(column: CColumn, target: string, path: string, { texts }: Context): readonly CCheck[] {
  const check = planValueCheck(column, target, texts);
  if (check === undefined) {
    return [];
  }
  const guard = isOptional(column) ? `if (${nullForm(column, target).hasExpression})` : "";
  return [{ ...nothing, ...check, name: stringLiteral(path), guard, isGuarded: guard !== "" }];
}
