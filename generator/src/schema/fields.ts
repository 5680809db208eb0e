/** The list of fields, and the rules between fields: names, ids, C names. */
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { SequenceNode } from "../document/model.js";
import type { SchemaContext } from "./context.js";
import { type ReadField, readField } from "./field.js";
import { fieldKeys } from "./keys.js";
import type { Field } from "./model.js";
import { readTyped, type TypeTable } from "./named-types.js";
import { isFilledAlone } from "./source.js";
import type { Reserved } from "./reserved.js";
import { reportCNameClashes, reportIdTwins, reportNameTwins } from "./twins.js";

const FIELDS_MAX_COUNT = 4096;

/** The list of one file, with what its fields are read by. */
export interface FieldList {
  readonly context: SchemaContext;
  readonly types: TypeTable;
  readonly list: SequenceNode | undefined;
}

/** The fields that could be read, list after list; every fault is reported. */
export function readFields(collector: DiagnosticCollector, lists: readonly FieldList[], reserved: Reserved): readonly Field[] {
  if (!checkCounts(collector, lists)) return [];
  const read = lists.flatMap(readList);
  const identities = read.map(({ identity }) => identity);
  reportNameTwins(collector, identities, reserved.names);
  reportIdTwins(collector, identities, reserved.ids);
  reportCNameClashes(collector, identities);
  const fields = read.map(({ field }) => field).filter((field) => field !== undefined);
  const first = fields[0];
  if (first !== undefined && fields.length === read.length && isFilledAlone(fields))
    collector.report("PQ2211", {
      message: "no field is left for the caller to log",
      span: first.span,
      label: "every field has a source or is constant",
    });
  return fields;
}

function readList({ context, types, list }: FieldList): readonly ReadField[] {
  const items = list?.items ?? [];
  return items.flatMap((item) => {
    const typed = readTyped(context, types, item, fieldKeys, "a field");
    return typed === undefined ? [] : [readField(context, typed)];
  });
}

/** False when there are too many to be worth reading, or none. */
function checkCounts(collector: DiagnosticCollector, lists: readonly FieldList[]): boolean {
  for (const { list } of lists)
    if (list?.items.length === 0)
      collector.report("PQ2013", { message: "`fields` is empty", span: list.span, label: "one field at least" });
  const items = lists.flatMap(({ list }) => list?.items ?? []);
  const excess = items[FIELDS_MAX_COUNT];
  if (excess !== undefined)
    collector.report("PQ2014", { message: `${items.length} fields; ${FIELDS_MAX_COUNT} are allowed`, span: excess.span });
  return items.length > 0 && excess === undefined;
}
