/** Fields that are filled when a record is published: the function that commit calls. */
import type { CColumn } from "./c-columns.js";
import type { CSources } from "./c-model.js";
import type { CGlobals } from "./c-names.js";
import { docComment } from "./escape.js";

/** Filled by the generated code: no parameter of log_fields, nothing to validate. */
export function hasSource(column: CColumn): boolean {
  return column.node.field.source !== undefined;
}

function clockFunction(column: CColumn): string {
  const { type } = column.node.field;
  switch (type.kind) {
    case "date":
      return "pqflow_clock_date";
    case "time":
    case "timestamp":
      return `pqflow_clock_${type.kind}_${type.unit}`;
    default:
      return "pqflow_clock_timestamp_ns";
  }
}

function statement(column: CColumn, laneBase: string): string {
  const value =
    column.node.field.source === "clock"
      ? `${clockFunction(column)}(now_ns)`
      : column.node.storage === "UINT64"
        ? `${laneBase}(lane)->producer.head_index`
        : `PQFLOW_STATIC_CAST(int64_t, ${laneBase}(lane)->producer.head_index)`;
  return `record->${column.member} = ${value};`;
}

export function planSources(columns: readonly CColumn[], { names }: CGlobals): CSources {
  const filled = columns.filter(hasSource);
  const hasSequence = filled.some((column) => column.node.field.source === "sequence");
  const fields = filled.map((column) => column.member).join(", ");
  return {
    hasSources: filled.length > 0,
    hasClock: filled.some((column) => column.node.field.source === "clock"),
    stampDoc: docComment([`Fills what commit and log fill by themselves: ${fields}.`], ""),
    stampParameters: `${hasSequence ? `${names.lane}* lane, ` : ""}${names.record}* record`,
    stampLane: hasSequence ? "lane, " : "",
    stampStatements: filled.map((column) => statement(column, names.laneBase)),
  };
}
