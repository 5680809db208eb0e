/** Rules for a schema as a whole that nested types bring: depth, number of columns, constants and ids below them. */
import type { DiagnosticCollector } from "../diagnostics/collector.js";
import type { Span } from "../diagnostics/model.js";
import { innerFields, isGroup } from "./groups.js";
import type { Field, FieldType } from "./model.js";
import type { Reserved } from "./reserved.js";

/** Types within types; each may take three groups of the file. */
const DEPTH_MAX = 8;
/** As the runtime has them. */
const COLUMNS_MAX_COUNT = 4096;
const NODES_MAX_COUNT = 8192;

/** What a type becomes in the file. */
interface Extent {
  readonly depth: number;
  readonly columnCount: number;
  /** Columns and groups. */
  readonly nodeCount: number;
  /** A constant below it that no list, map or optional struct hides: those are reported. */
  readonly constant?: Field;
}

interface Measure {
  extentOf(type: FieldType): Extent;
}

/** Each type is measured once, however often it is used: types of types multiply. */
function createMeasure(): Measure {
  const known = new Map<FieldType, Extent>();
  const extentOf = (type: FieldType): Extent => {
    const extent = known.get(type) ?? measure(type);
    known.set(type, extent);
    return extent;
  };
  const measure = (type: FieldType): Extent => {
    if (!isGroup(type)) return { depth: 0, columnCount: 1, nodeCount: 1 };
    const fields = innerFields(type);
    const inner = fields.map((field) => extentOf(field.type));
    const constant =
      type.kind === "struct" ? fields.map((field) => constantOf(field, extentOf)).find((found) => found !== undefined) : undefined;
    return {
      depth: 1 + inner.reduce((most, { depth }) => Math.max(most, depth), 0),
      columnCount: inner.reduce((sum, { columnCount }) => sum + columnCount, 0),
      nodeCount: inner.reduce((sum, { nodeCount }) => sum + nodeCount, type.kind === "struct" ? 1 : 2),
      ...(constant === undefined ? {} : { constant }),
    };
  };
  return { extentOf };
}

function constantOf(field: Field, extentOf: Measure["extentOf"]): Field | undefined {
  if (field.presence.kind === "constant") return field;
  return field.presence.kind === "required" ? extentOf(field.type).constant : undefined;
}

/** Call when every field was read without an error. */
export function checkNesting(collector: DiagnosticCollector, fields: readonly Field[], reserved: Reserved): void {
  const measure = createMeasure();
  for (const field of fields) checkDepth(collector, field, measure);
  if (!checkColumnCount(collector, fields, measure)) return;
  checkConstants(collector, fields, measure, new Set());
  reportIdTwins(collector, fields, reserved);
}

function checkDepth(collector: DiagnosticCollector, { name, type, span }: Field, { extentOf }: Measure): void {
  const { depth } = extentOf(type);
  if (depth <= DEPTH_MAX) return;
  collector.report("PQ2504", {
    message: `the types of \`${name}\` are nested ${depth} deep`,
    span,
    label: `${DEPTH_MAX} at most`,
  });
}

function checkColumnCount(collector: DiagnosticCollector, fields: readonly Field[], { extentOf }: Measure): boolean {
  const extents = fields.map((field) => ({ field, ...extentOf(field.type) }));
  const columnCount = extents.reduce((sum, extent) => sum + extent.columnCount, 0);
  const nodeCount = extents.reduce((sum, extent) => sum + extent.nodeCount, 0);
  const largest = extents.reduce(
    (most, extent) => (extent.nodeCount > most.nodeCount ? extent : most),
    extents[0] ?? { nodeCount: 0, field: undefined },
  );
  if (largest.field === undefined || (columnCount <= COLUMNS_MAX_COUNT && nodeCount <= NODES_MAX_COUNT)) return true;
  const isOfColumns = columnCount > COLUMNS_MAX_COUNT;
  collector.report("PQ2014", {
    message: isOfColumns
      ? `${columnCount} columns; ${COLUMNS_MAX_COUNT} are allowed`
      : `${nodeCount} columns and groups; ${NODES_MAX_COUNT} are allowed`,
    span: largest.field.span,
    label: `${largest.nodeCount} columns and groups are of this field`,
  });
  return false;
}

/** Below a list or an optional struct a constant is not in every row. */
function checkConstants(collector: DiagnosticCollector, fields: readonly Field[], measure: Measure, visited: Set<FieldType>): void {
  for (const field of fields) {
    if (!isGroup(field.type)) continue;
    reportHiddenConstant(collector, field, measure);
    if (visited.has(field.type)) continue;
    visited.add(field.type);
    checkConstants(collector, innerFields(field.type), measure, visited);
  }
}

function reportHiddenConstant(collector: DiagnosticCollector, { name, type, presence, span }: Field, { extentOf }: Measure): void {
  const isOptionalStruct = type.kind === "struct" && presence.kind === "optional";
  const hiding = isOptionalStruct ? [type] : type.kind === "struct" ? [] : innerFields(type).map((inner) => inner.type);
  const constant = hiding.map((inner) => extentOf(inner).constant).find((found) => found !== undefined);
  if (constant === undefined) return;
  collector.report("PQ2503", {
    message: `\`${constant.name}\` cannot be constant inside of ${isOptionalStruct ? "an optional struct" : `a ${type.kind}`}`,
    span: constant.span,
    related: [{ span, label: `\`${name}\` has it` }],
  });
}

interface PlacedId {
  readonly number: number;
  readonly span: Span;
  readonly path: string;
  readonly typeName: string | undefined;
}

/** Ids below the fields of the record, whose own are compared where they are read. */
function reportIdTwins(collector: DiagnosticCollector, fields: readonly Field[], reserved: Reserved): void {
  const first = new Map<number, PlacedId>();
  for (const placed of fields.flatMap((field) => ownId(field, field.name, undefined))) first.set(placed.number, placed);
  for (const placed of fields.flatMap((field) => idsBelow(field, field.name))) {
    const twin = first.get(placed.number);
    const reservedAt = reserved.ids.get(placed.number);
    if (twin !== undefined) reportTwin(collector, placed, twin);
    else if (reservedAt !== undefined) reportReserved(collector, placed, reservedAt);
    else first.set(placed.number, placed);
  }
}

function ownId({ id, idSpan, span }: Field, path: string, typeName: string | undefined): readonly PlacedId[] {
  return id === undefined ? [] : [{ number: id, span: idSpan ?? span, path, typeName }];
}

function idsBelow({ type, typeName }: Field, path: string): readonly PlacedId[] {
  return innerFields(type).flatMap((field) => {
    const inner = `${path}.${field.name}`;
    return [...ownId(field, inner, typeName), ...idsBelow(field, inner)];
  });
}

function reportTwin(collector: DiagnosticCollector, { number, span, path, typeName }: PlacedId, twin: PlacedId): void {
  const isSame = span.start.offset === twin.span.start.offset && span.file === twin.span.file;
  collector.report("PQ2010", {
    message: `id ${number} appears twice`,
    span,
    ...(isSame
      ? {
          label: `at \`${twin.path}\` and \`${path}\``,
          help: `remove it: ${typeName === undefined ? "the type" : `\`${typeName}\``} is used more than once, and each use has columns of its own`,
        }
      : { related: [{ span: twin.span, label: "first here" }] }),
  });
}

function reportReserved(collector: DiagnosticCollector, { number, span }: PlacedId, reservedAt: Span): void {
  collector.report("PQ2011", { message: `id ${number} is reserved`, span, related: [{ span: reservedAt, label: "reserved here" }] });
}
