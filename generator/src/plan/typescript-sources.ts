/** Fields that log fills: the time, read once per record, and the record's number. */
import { stringText } from "./typescript-literals.js";
import type { TypeScriptImports } from "./typescript-names.js";
import { byteAt, isAligned, type StoreContext, type StoredMember, wordAt } from "./typescript-places.js";

const clockMethods = { ms: "Ms", us: "Us", ns: "Ns" } as const;

function usesClock(leaves: readonly StoredMember[]): boolean {
  return leaves.some(({ field }) => field.source === "clock");
}

/** Before the fields are stored: the reading that they share. */
export function planClock(leaves: readonly StoredMember[], imports: TypeScriptImports): readonly string[] {
  return usesClock(leaves) ? [`const clockNow = ${imports.use("readClock")}();`] : [];
}

/** Nanoseconds of today exceed what a number holds: they come as two words. */
function storeNanoseconds(member: StoredMember, context: StoreContext): readonly string[] {
  const { offsetBytes } = member;
  if (!isAligned(member, context)) return [`clockNow.storeNs(laneBytes, ${byteAt(offsetBytes, context)});`];
  return [`${wordAt(offsetBytes, context)} = clockNow.words[0]!;`, `${wordAt(offsetBytes + 4, context)} = clockNow.words[1]!;`];
}

function storeWide({ field, offsetBytes }: StoredMember, value: string, context: StoreContext, isSigned = true): readonly string[] {
  const store = context.imports.use(isSigned ? "storeInt64" : "storeUint64");
  return [`${store}(laneWriter, ${byteAt(offsetBytes, context)}, ${value}, ${stringText(field.name)});`];
}

function storeNarrow(member: StoredMember, value: string, context: StoreContext): readonly string[] {
  const { offsetBytes } = member;
  if (!isAligned(member, context)) return [`laneView.setInt32(${byteAt(offsetBytes, context)}, ${value}, true);`];
  return [`${wordAt(offsetBytes, context)} = ${value};`];
}

/** The statements that fill a field with a source. */
export function planSourceStore(member: StoredMember, context: StoreContext): readonly string[] {
  const { type, source } = member.field;
  if (source === "sequence") return storeWide(member, "laneWriter.sequence()", context, member.storage === "INT64");
  switch (type.kind) {
    case "date":
      return storeNarrow(member, "clockNow.date()", context);
    case "time":
      if (type.unit === "ms") return storeNarrow(member, "clockNow.timeMs()", context);
      return storeWide(member, `clockNow.time${clockMethods[type.unit]}()`, context);
    case "timestamp":
      if (type.unit === "ns") return storeNanoseconds(member, context);
      return storeWide(member, `clockNow.timestamp${clockMethods[type.unit]}()`, context);
    default:
      return storeNanoseconds(member, context);
  }
}
