/** Functions of fields that are structs, lists or maps. */
import { fieldLabel } from "./c-fields.js";
import type { CGroupFunctions } from "./c-model.js";
import type { CResets } from "./c-reset.js";
import { type CArrayField, type CElement, type CField, type CStruct, elementType, type CStructField } from "./c-structs.js";
import { docComment } from "./escape.js";

/** One for each list and map, and for each optional struct: a required one is only a member. */
export function planGroupFunctions(struct: CStruct, resets: CResets): readonly CGroupFunctions[] {
  return struct.fields
    .filter(hasFunctions)
    .map((field) => (field.kind === "array" ? planArray(field, struct, resets) : planStructField(field, struct, resets)));
}

function hasFunctions(field: CField): field is CStructField | CArrayField {
  return field.kind === "array" || (field.kind === "struct" && field.isOptional);
}

function planArray(field: CArrayField, struct: CStruct, resets: CResets): CGroupFunctions {
  const { element, target, countTarget, countType, maxCount } = field;
  const store = `pqflow_store_elements(${target}, sizeof(${target}[0]), ${maxCount}, elements, count)`;
  return {
    ...shared(field),
    doc: docComment([arrayDoc(field, struct, resets)], ""),
    elementType: elementType(element),
    isArray: true,
    element: `${target}[${countTarget}]`,
    fullCondition: `${countTarget} >= ${maxCount}`,
    addStatements: [
      `${countTarget} = PQFLOW_STATIC_CAST(${countType}, ${countTarget} + 1);`,
      ...presentStatements(field),
      ...resetStatements(element, resets),
    ],
    setParameters: `const ${elementType(element)}* elements, size_t count`,
    setStatements: [
      `const size_t stored_count = ${store};`,
      `${countTarget} = PQFLOW_STATIC_CAST(${countType}, stored_count);`,
      ...presentStatements(field),
    ],
    clearStatements: [...clearStatements(field), `${countTarget} = 0;`],
  };
}

function planStructField(field: CStructField, owner: CStruct, resets: CResets): CGroupFunctions {
  const { target, struct } = field;
  const { type } = struct.names;
  return {
    ...shared(field),
    doc: docComment(
      [
        `${fieldLabel(field.field.name, owner)}: add makes it present${resetText(struct, resets)}, to be filled in place; set copies one; clear makes it null; has is 1 when it is present.`,
      ],
      "",
    ),
    elementType: type,
    isArray: false,
    element: target,
    fullCondition: "",
    addStatements: [...presentStatements(field), ...resetStatements(struct, resets)],
    setParameters: `const ${type}* value`,
    setStatements: [`${target} = *value;`, ...presentStatements(field)],
    clearStatements: clearStatements(field),
  };
}

function shared({ names, owner, isOptional, bitIndex }: CStructField | CArrayField) {
  const { setName, hasName, clearName, addName } = names;
  return {
    owner: owner.type,
    self: owner.parameter,
    setName,
    hasName,
    clearName,
    addName,
    isOptional,
    hasExpression: `pqflow_bit_test(${owner.parameter}->valid, ${bitIndex})`,
  };
}

function presentStatements({ isOptional, owner, bitIndex }: CStructField | CArrayField): readonly string[] {
  return isOptional ? [`pqflow_bit_set(${owner.parameter}->valid, ${bitIndex});`] : [];
}

function clearStatements({ isOptional, owner, bitIndex }: CStructField | CArrayField): readonly string[] {
  return isOptional ? [`pqflow_bit_clear(${owner.parameter}->valid, ${bitIndex});`] : [];
}

function resetStatements(element: CElement, resets: CResets): readonly string[] {
  return element.kind === "struct type" && resets.has(element) ? [`${element.names.resetName}(element);`] : [];
}

function resetText(element: CElement, resets: CResets): string {
  if (element.kind === "value" || !resets.has(element)) {
    return "";
  }
  const { nullStatements, defaultStatements } = resets.of(element);
  const parts = [
    nullStatements.length > 0 ? "its optional fields null" : "",
    element.fields.some(({ kind }) => kind === "array") ? "its lists and maps empty" : "",
    defaultStatements.length > 0 ? "fields with a default at it" : "",
  ];
  return `, ${parts.filter((part) => part !== "").join(", ")}`;
}

function arrayDoc({ field, maxCount, element, isOptional }: CArrayField, struct: CStruct, resets: CResets): string {
  const word = field.type.kind === "map" ? "entry" : "element";
  const add = `add gives the next ${word}${resetText(element, resets)}, to be filled in place, and null when there are ${maxCount}`;
  const rest = isOptional ? "; clear makes it null; has is 1 when it is present, even if empty" : "";
  return `${fieldLabel(field.name, struct)}: ${add}; set copies the first ${maxCount}${rest}.`;
}
