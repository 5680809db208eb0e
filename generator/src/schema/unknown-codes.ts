/** `unknown:` of an enum, where it meets the presence of a field. */
import type { Block } from "./block.js";
import type { SchemaContext } from "./context.js";
import type { FieldType, Presence } from "./model.js";

/** The type with the policy that the field can have. */
export function policyOf({ collector }: SchemaContext, block: Block, type: FieldType, presence: Presence | undefined): FieldType {
  if (type.kind !== "enum" || type.unknown !== "null" || presence?.kind !== "required") return type;
  const own = block.keySpanOf("unknown");
  if (own === undefined) {
    collector.report("PQ2309", {
      message: "unknown codes of a required field are rejected: it has no null",
      span: block.keySpanOf("type") ?? block.span,
      label: 'this type says `unknown: "null"`',
      help: "add `presence: optional`, or give the type `unknown: reject`",
    });
  } else {
    collector.report("PQ2308", {
      message: "unknown codes of a required field cannot become null",
      span: own,
      help: "add `presence: optional`, or use `unknown: reject`",
    });
  }
  return { ...type, unknown: "reject" };
}
