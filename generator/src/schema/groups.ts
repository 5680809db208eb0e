/** Types that are made of further fields: how deep they nest, and how many columns they make. */
import type { Field, FieldType, GroupType } from "./model.js";

export function isGroup(type: FieldType): type is GroupType {
  return type.kind === "struct" || type.kind === "list" || type.kind === "map";
}

/** Fields below a group, in the order of the file; none below a leaf. */
export function innerFields(type: FieldType): readonly Field[] {
  switch (type.kind) {
    case "struct":
      return type.fields;
    case "list":
      return [type.element];
    case "map":
      return [type.key, type.value];
    default:
      return [];
  }
}
