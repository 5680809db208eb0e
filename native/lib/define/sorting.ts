/** `sortingColumns` of a definition: the order that records are expected in. */
import type { SortingColumn } from "../descriptor.js";
import type { PlacedField } from "./layout.js";
import { checkOptionNames, type Fail, flagOption, type Options, shown } from "./problem.js";

export interface SortingOptions<Name extends string> {
  readonly field: Name;
  readonly descending?: boolean;
  readonly nullsFirst?: boolean;
}

/** The types that Parquet leaves without an order (parquet.thrift, ColumnOrder). */
function hasOrder({ type: { column } }: PlacedField): boolean {
  return column.physicalType !== "INT96" && column.logicalType !== "INTERVAL";
}

function readSorting(item: Options, fields: readonly PlacedField[], fail: Fail): SortingColumn {
  const columnIndex = fields.findIndex(({ name }) => name === item["field"]);
  const field = fields[columnIndex];
  if (field === undefined) return fail(`${shown(item["field"])} is no field`);
  if (!hasOrder(field)) fail(`${field.name} is of a type without an order`);
  const descending = flagOption(item, "descending", fail);
  const nullsFirst = flagOption(item, "nullsFirst", fail);
  return { columnIndex, ...(descending && { descending }), ...(nullsFirst && { nullsFirst }) };
}

/** The first decides, the next among its equals. */
export function readSortingColumns(value: unknown, fields: readonly PlacedField[], failAt: Fail): readonly SortingColumn[] {
  const fail: Fail = (problem) => failAt(`parquet: sortingColumns: ${problem}`);
  if (value === undefined) return [];
  if (!Array.isArray(value)) return fail(`expected a list such as [{ field: "at" }], got ${shown(value)}`);
  const columns = value.map((item: unknown) =>
    readSorting(checkOptionNames(item, ["field", "descending", "nullsFirst"], fail), fields, fail),
  );
  columns.forEach(({ columnIndex }, index) => {
    if (columns.findIndex((column) => column.columnIndex === columnIndex) < index)
      fail(`${fields[columnIndex]?.name ?? ""} is named twice`);
  });
  return columns;
}
