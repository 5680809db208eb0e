/** The bodies of log and logFields: values that may run the caller's code are converted, a slot is reserved, filled and published. */
import type { RecordLayout } from "../layout/model.js";
import { isGroup } from "../schema/groups.js";
import type { Field } from "../schema/model.js";
import { baseWord, planMembers, viewsOf } from "./typescript-members.js";
import type { TypeScriptImports, TypeScriptNames } from "./typescript-names.js";
import { planClock } from "./typescript-sources.js";
import type { StoreContext, StoredMember } from "./typescript-places.js";

export function planStoreRecord(
  members: readonly StoredMember[],
  layout: Pick<RecordLayout, "slotSizeBytes" | "commitOffsetBytes">,
  variables: ReadonlyMap<Field, string>,
  names: TypeScriptNames,
  imports: TypeScriptImports,
): readonly string[] {
  const isNested = members.some(({ field }) => isGroup(field.type));
  const context: StoreContext = { names, imports, base: "slot", isBaseAligned: true, indent: 4, label: ({ name }) => name };
  const { conversions, declarations, stores } = planMembers(members, variables, context);
  const commit = planCommit(layout);
  const fill = [
    ...viewsOf([...stores, ...commit], baseWord([...stores, ...commit], context)),
    ...planClock(members, imports),
    ...declarations,
    ...stores,
    ...commit,
    "return true;",
  ];
  const reserve = planReserve(layout);
  const start = [...conversions, "const laneWriter = this.#laneWriter;"];
  return isNested ? [...start, ...guarded([...reserve, ...fill])] : [...start, ...reserve, ...fill];
}

/** LaneWriter.reserve with the slot's size as a constant. */
function planReserve({ slotSizeBytes }: Pick<RecordLayout, "slotSizeBytes">): readonly string[] {
  return [
    "const laneHead = laneWriter.head;",
    "if (laneHead === laneWriter.limit && !laneWriter.refill()) {",
    "  return false;",
    "}",
    `const slotByte = (laneHead & laneWriter.slotMask) * ${slotSizeBytes};`,
  ];
}

/** LaneWriter.commit: Atomics.store orders the record's bytes before the commit word. */
function planCommit({ commitOffsetBytes }: Pick<RecordLayout, "commitOffsetBytes">): readonly string[] {
  return [
    "const nextHead = (laneHead + 1) | 0;",
    `Atomics.store(laneWords, slotWord + ${commitOffsetBytes / 4}, nextHead);`,
    "laneWriter.head = nextHead;",
  ];
}

/** Parts of a record are read while its slot is filled: their getters and iterators may not log. */
function guarded(lines: readonly string[]): readonly string[] {
  return ["laneWriter.enter();", "try {", ...lines.map((line) => `  ${line}`), "} finally {", "  laneWriter.leave();", "}"];
}
