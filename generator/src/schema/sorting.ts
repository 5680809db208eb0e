/** `sorting_columns` of the file. Whether the fields exist and have an order is seen where columns are known. */
import { type Block, booleanOf, nodeOf, readBlock, sequenceOf, textOf } from "./block.js";
import type { SchemaContext } from "./context.js";
import { sortingColumnKeys } from "./keys.js";
import type { SortingColumn } from "./model.js";

export function readSortingColumns({ collector }: SchemaContext, options: Block<"sorting_columns">): readonly SortingColumn[] {
  return (sequenceOf(options, "sorting_columns")?.items ?? []).flatMap((item) => {
    const block = readBlock(collector, item, sortingColumnKeys, { what: "an entry of `sorting_columns`" });
    const field = block === undefined ? undefined : textOf(block, "field");
    if (block === undefined || field === undefined) return [];
    const flag = (key: "descending" | "nulls_first"): boolean => booleanOf(block, key) ?? false;
    return [{ field, descending: flag("descending"), nullsFirst: flag("nulls_first"), span: nodeOf(block, "field")?.span ?? item.span }];
  });
}
