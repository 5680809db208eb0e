/** Layout → plan of the generated C and C++: every name chosen, every literal escaped, every decision taken. */
import type { RecordLayout } from "../layout/model.js";
import type { Schema } from "../schema/model.js";
import type { ColumnNode } from "../layout/model.js";
import { childrenOf, leavesOf } from "../layout/tree.js";
import { planChecks } from "./c-checks.js";
import { planCopyMoves } from "./c-copy.js";
import { planDefaults, planDescriptor, planKeyValues, planSortingColumns } from "./c-descriptor.js";
import { planEnumTables, planFieldInitializers } from "./c-descriptor-fields.js";
import { type CAccessors, columnsOf, planAccessors } from "./c-fields.js";
import { planGroupFunctions } from "./c-groups.js";
import { fingerprintLiteral } from "./c-literals.js";
import { planArguments, planParameters, planStores } from "./c-log-fields.js";
import type { CPlan, CStructFunctions, CStructType } from "./c-model.js";
import { type CGlobals, planNames } from "./c-names.js";
import { planMembers, planRecordAttribute, structDoc } from "./c-record.js";
import { type CResets, planResets } from "./c-reset.js";
import { hasSource, planSources } from "./c-sources.js";
import { claimStructNames, namedFields, structSources } from "./c-struct-names.js";
import { type CStruct, isGroupField, planStructs } from "./c-structs.js";
import { createTexts } from "./c-texts.js";
import { type CTypes, planTypes } from "./c-types.js";
import { planUnpackMoves } from "./c-unpack-moves.js";
import { planUnpackColumns } from "./c-unpack.js";
import { docComment } from "./escape.js";

/** What every part of the plan refers to; names are claimed in this order. */
interface Context {
  readonly schema: Schema;
  readonly layout: RecordLayout;
  readonly globals: CGlobals;
  readonly types: CTypes;
  readonly namespaces: readonly string[];
  /** The record is the last. */
  readonly structs: readonly CStruct[];
  readonly record: CStruct;
  readonly accessors: CAccessors;
  readonly resets: CResets;
}

function createContext(schema: Schema, layout: RecordLayout): Context {
  const globals = planNames(schema.name);
  const types = planTypes(globals, namedFields(schema.fields));
  const { recordSizeBytes: sizeBytes, recordAlignBytes: alignBytes, members } = layout;
  const sources = structSources({ sizeBytes, alignBytes, members }, schema.fields);
  const names = claimStructNames(globals, sources);
  const namespaces = (schema.namespace ?? []).map((segment) => globals.scope.claim(segment));
  const structs = planStructs(globals, types, sources, names);
  const record = structs.at(-1);
  if (record === undefined) {
    throw new Error("the record is a struct");
  }
  const accessors = planAccessors(structs);
  return { schema, layout, globals, types, namespaces, structs, record, accessors, resets: planResets(structs, accessors) };
}

function planSizes(layout: RecordLayout) {
  return {
    recordSizeBytes: layout.recordSizeBytes.toString(),
    recordAlignBytes: layout.recordAlignBytes.toString(),
    slotSizeBytes: layout.slotSizeBytes.toString(),
    commitOffsetBytes: layout.commitOffsetBytes.toString(),
    layoutFingerprint: fingerprintLiteral(layout.layoutFingerprint),
  };
}

/** What reset leaves behind. */
function stateText(hasArrays: boolean, hasDefaults: boolean): string {
  const empty = hasArrays ? ", every list and map empty" : "";
  return hasDefaults ? `fields with a default have it, other optional fields are null${empty}` : `every optional field is null${empty}`;
}

function hasArrays({ fields }: CStruct): boolean {
  return fields.some((field) => field.kind === "array");
}

function planValidateDoc({ fields }: CStruct): string {
  const name = fields.some(isGroupField) ? "Its path, such as `bids[].price`," : "Its name";
  return docComment(
    [
      "PQFLOW_STATUS_OK, or PQFLOW_STATUS_INVALID_VALUE for the first field whose value the schema does not allow.",
      `${name} goes into *field (null when there is none), which may be null. Pure; any thread. Logging does not call it.`,
    ],
    "",
  );
}

/** What reserve and record_init leave behind. */
function planInit({ record, resets }: Context) {
  const { nullStatements, defaultStatements } = resets.of(record);
  const state = stateText(hasArrays(record), defaultStatements.length > 0);
  const reserved = `${state.charAt(0).toUpperCase()}${state.slice(1)}; the other bytes are of an earlier record, poison where PQFLOW_DEBUG is defined. Never blocks.`;
  return {
    nullStatements,
    defaultStatements,
    isInitSingle: !resets.has(record),
    validateDoc: planValidateDoc(record),
    initDoc: docComment([`For a record of the caller's own: ${state}, everything else is zero.`], ""),
    reserveDoc: docComment(
      [
        "The next record, to be filled in place and committed; null when the lane is full (counted as dropped) or closed: pqflow_lane_refusal().",
        reserved,
      ],
      "",
    ),
  };
}

function planStructType(struct: CStruct, { schema, layout, record }: Context): CStructType {
  const isRecord = struct === record;
  return {
    doc: isRecord ? docComment([schema.description ?? `One record of ${schema.name}.`], "") : structDoc(struct),
    isPacked: schema.layout.packing === "packed",
    attribute: isRecord ? planRecordAttribute(schema, layout) : "",
    name: struct.names.type,
    sizeBytes: struct.source.layout.sizeBytes.toString(),
    alignBytes: struct.source.layout.alignBytes.toString(),
    members: planMembers(struct),
  };
}

function planStructFunctions(struct: CStruct, { accessors, resets }: Context): CStructFunctions {
  const { type, resetName, initName } = struct.names;
  const { nullStatements, defaultStatements } = resets.of(struct);
  const state = stateText(hasArrays(struct), defaultStatements.length > 0);
  const resetStatements = [...nullStatements, ...defaultStatements];
  return {
    name: type,
    accessors: accessors.inStruct(struct),
    groups: planGroupFunctions(struct, resets),
    hasReset: resets.has(struct),
    resetName,
    resetDoc: docComment([`As reserve leaves it: ${state}, the other bytes are what they were.`], ""),
    resetStatements,
    isResetSingle: resetStatements.length === 1,
    resetStatement: resetStatements[0] ?? "",
    initName,
    initDoc: docComment([`For one of the caller's own: ${state}, everything else is zero.`], ""),
  };
}

function planStructsOf(context: Context) {
  const { structs, record, accessors, resets } = context;
  return {
    structs: structs.map((struct) => planStructType(struct, context)),
    structFunctions: structs.filter((struct) => struct !== record).map((struct) => planStructFunctions(struct, context)),
    accessors: accessors.inStruct(record),
    groups: planGroupFunctions(record, resets),
    ...planInit(context),
  };
}

/** How structs that the caller has are copied into the lane. */
function planLog({ layout, globals, record }: Context) {
  const moves = planCopyMoves(layout);
  const filled = columnsOf(record).some(hasSource) ? " and fills the copy's fields that have a source" : "";
  return {
    logDoc: docComment(
      [
        `Copies a record into the lane${filled}: PQFLOW_STATUS_OK, PQFLOW_STATUS_RING_FULL (counted as dropped) or PQFLOW_STATUS_CLOSED. Never blocks.`,
      ],
      "",
    ),
    logManyDoc: docComment(
      [
        `Copies \`count\` records of an array into the lane${filled}, in order: how many it took, from the first on.`,
        "The others are counted as dropped, or the sink was closed: pqflow_lane_refusal() tells which. Never blocks.",
      ],
      "",
    ),
    copyStatements: moves.length > 0 ? moves : [`memcpy(slot, record, ${globals.names.recordSize});`],
  };
}

function planLogFields({ record, accessors }: Context) {
  const fields = record.fields.filter((field) => field.kind !== "value" || !hasSource(field));
  return { parameters: planParameters(fields), arguments: planArguments(fields), stores: planStores(fields, accessors) };
}

function nodeCount(nodes: readonly ColumnNode[]): number {
  return nodes.reduce(
    (sum, node) => sum + 1 + (node.kind === "group" && node.groupOf !== "struct" ? 1 : 0) + nodeCount(childrenOf(node)),
    0,
  );
}

function planSource({ schema, layout, globals, record, accessors }: Context) {
  const texts = createTexts(globals.scope);
  const tables = planEnumTables(globals, leavesOf(layout.columns), texts);
  const keyValues = planKeyValues(layout, globals, texts);
  const unpackColumns = planUnpackColumns(layout.columns);
  const members = new Map(record.fields.map((field) => [field.kind === "value" ? field.node.field : field.field, field.member]));
  const counts = { fields: nodeCount(layout.columns), unpacked: unpackColumns.length };
  return {
    enumTables: tables.tables,
    fieldInitializers: planFieldInitializers(layout.columns, { schema, globals, tables, texts, members }),
    hasKeyValues: keyValues.length > 0,
    keyValues,
    hasUnpack: unpackColumns.length > 0,
    unpackColumns,
    unpackMoves: planUnpackMoves(unpackColumns, { recordSizeBytes: layout.recordSizeBytes, slotSize: globals.names.slotSize }),
    hasSorting: layout.sorting.length > 0,
    sortingColumns: planSortingColumns(layout),
    defaultSettings: planDefaults(schema, globals, texts),
    descriptorSettings: planDescriptor(schema, layout, globals, texts, counts),
    checks: planChecks(record, accessors, texts),
    longTexts: texts.longTexts,
  };
}

/** Pure: the same schema and layout give the same plan. */
export function planC(schema: Schema, layout: RecordLayout): CPlan {
  const context = createContext(schema, layout);
  const { globals, types, namespaces } = context;
  return {
    schemaName: schema.name,
    headerPath: `${schema.name}_sink.h`,
    sourcePath: `${schema.name}_sink.c`,
    guard: globals.guard,
    names: globals.names,
    ...planSizes(layout),
    enums: types.enums,
    sets: types.sets,
    ...planStructsOf(context),
    ...planLog(context),
    ...planLogFields(context),
    ...planSources(columnsOf(context.record), globals),
    namespaceOpenings: namespaces,
    namespaceClosings: [...namespaces].reverse(),
    hasNamespace: namespaces.length > 0,
    ...planSource(context),
  };
}
