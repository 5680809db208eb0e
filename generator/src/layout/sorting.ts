/** The order of rows that a schema names, as places among the leaves of the file. */
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { Schema, SortingColumn } from "../schema/model.js";
import type { ColumnNode, LeafNode, SortedLeaf } from "./model.js";
import { leavesOf } from "./tree.js";

export function sortedLeaves(collector: DiagnosticCollector, schema: Schema, columns: readonly ColumnNode[]): readonly SortedLeaf[] {
  const leaves = leavesOf(columns);
  const taken = new Set<string>();
  return schema.parquet.sortingColumns.flatMap((sorting) => {
    const node = columns.find(({ field }) => field.name === sorting.field);
    const problem = taken.has(sorting.field) ? "is named twice" : problemOf(node);
    taken.add(sorting.field);
    if (problem !== undefined || node?.kind !== "leaf") return report(collector, sorting, problem ?? "");
    return [{ columnIndex: leaves.indexOf(node), descending: sorting.descending, nullsFirst: sorting.nullsFirst }];
  });
}

/** The types that Parquet leaves without an order (parquet.thrift, ColumnOrder). */
function hasOrder({ physicalType, logicalType, field }: LeafNode): boolean {
  return physicalType !== "INT96" && logicalType.kind !== "INTERVAL" && field.type.kind !== "unknown";
}

function problemOf(node: ColumnNode | undefined): string | undefined {
  if (node === undefined) return "is no field of the record";
  if (node.kind !== "leaf") return "is a group of columns";
  return hasOrder(node) ? undefined : "is of a type without an order";
}

function report(collector: DiagnosticCollector, { field, span }: SortingColumn, problem: string): readonly SortedLeaf[] {
  collector.report("PQ4304", { message: `sorting column \`${field}\` ${problem}`, span });
  return [];
}
