/** The bodies of log and logFields: values that may run the caller's code are converted, a slot is reserved, filled and published. */
import { isGroup } from "../schema/groups.js";
import type { Field } from "../schema/model.js";
import { baseWord, planMembers, viewsOf } from "./typescript-members.js";
import type { TypeScriptImports, TypeScriptNames } from "./typescript-names.js";
import { planClock } from "./typescript-sources.js";
import type { StoreContext, StoredMember } from "./typescript-places.js";

export function planStoreRecord(
  members: readonly StoredMember[],
  variables: ReadonlyMap<Field, string>,
  names: TypeScriptNames,
  imports: TypeScriptImports,
): readonly string[] {
  const isNested = members.some(({ field }) => isGroup(field.type));
  const context: StoreContext = { names, imports, base: "slot", isBaseAligned: true, indent: 4, label: ({ name }) => name };
  const { conversions, declarations, stores } = planMembers(members, variables, context);
  const fill = [
    ...viewsOf(stores, baseWord(stores, context)),
    ...planClock(members, imports),
    ...declarations,
    ...stores,
    "laneWriter.commit(slotByte);",
    "return true;",
  ];
  const reserve = ["const slotByte = laneWriter.reserve();", "if (slotByte < 0) {", "  return false;", "}"];
  const start = [...conversions, "const laneWriter = this.#laneWriter;"];
  return isNested ? [...start, ...guarded([...reserve, ...fill])] : [...start, ...reserve, ...fill];
}

/** Parts of a record are read while its slot is filled: their getters and iterators may not log. */
function guarded(lines: readonly string[]): readonly string[] {
  return ["laneWriter.enter();", "try {", ...lines.map((line) => `  ${line}`), "} finally {", "  laneWriter.leave();", "}"];
}
