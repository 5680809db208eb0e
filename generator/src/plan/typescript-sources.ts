/** Fields that log fills: the time, read once per record, and the record's number. */
import type { LeafNode } from "../layout/model.js";
import { stringText } from "./typescript-literals.js";
import type { TypeScriptImports } from "./typescript-names.js";

const clockMethods = { ms: "Ms", us: "Us", ns: "Ns" } as const;

export function usesClock(leaves: readonly LeafNode[]): boolean {
  return leaves.some(({ field }) => field.source === "clock");
}

/** Before the fields are stored: the reading that they share. */
export function planClock(leaves: readonly LeafNode[], imports: TypeScriptImports): readonly string[] {
  return usesClock(leaves) ? [`const clockNow = ${imports.use("readClock")}();`] : [];
}

function byteAt(offsetBytes: number): string {
  return offsetBytes === 0 ? "slotByte" : `slotByte + ${offsetBytes}`;
}

function wordAt(offsetBytes: number): string {
  return offsetBytes === 0 ? "laneWords[slotWord]" : `laneWords[slotWord + ${offsetBytes / 4}]`;
}

/** Nanoseconds of today exceed what a number holds: they come as two words. */
function storeNanoseconds({ offsetBytes }: LeafNode): readonly string[] {
  if (offsetBytes % 4 !== 0) return [`clockNow.storeNs(laneBytes, ${byteAt(offsetBytes)});`];
  return [`${wordAt(offsetBytes)} = clockNow.words[0]!;`, `${wordAt(offsetBytes + 4)} = clockNow.words[1]!;`];
}

function storeWide({ field, offsetBytes }: LeafNode, value: string, imports: TypeScriptImports, isSigned: boolean): readonly string[] {
  const store = imports.use(isSigned ? "storeInt64" : "storeUint64");
  return [`${store}(laneWriter, ${byteAt(offsetBytes)}, ${value}, ${stringText(field.name)});`];
}

function storeNarrow({ offsetBytes }: LeafNode, value: string): readonly string[] {
  return [offsetBytes % 4 === 0 ? `${wordAt(offsetBytes)} = ${value};` : `laneView.setInt32(${byteAt(offsetBytes)}, ${value}, true);`];
}

/** The statements that fill a field with a source. */
export function planSourceStore(node: LeafNode, imports: TypeScriptImports): readonly string[] {
  const { type, source } = node.field;
  if (source === "sequence") return storeWide(node, "laneWriter.sequence()", imports, node.storage === "INT64");
  switch (type.kind) {
    case "date":
      return storeNarrow(node, "clockNow.date()");
    case "time":
      return type.unit === "ms"
        ? storeNarrow(node, "clockNow.timeMs()")
        : storeWide(node, `clockNow.time${clockMethods[type.unit]}()`, imports, true);
    case "timestamp":
      return type.unit === "ns" ? storeNanoseconds(node) : storeWide(node, `clockNow.timestamp${clockMethods[type.unit]}()`, imports, true);
    default:
      return storeNanoseconds(node);
  }
}
