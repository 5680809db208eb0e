/** Layout → plan of the generated C and C++: every name chosen, every literal escaped, every decision taken. */
import type { RecordLayout } from "../layout/model.js";
import type { Schema } from "../schema/model.js";
import { leavesOf, planColumns, type CColumn } from "./c-columns.js";
import { planDefaultStatements } from "./c-defaults.js";
import { planDefaults, planDescriptor, planEnumTables, planFieldInitializers, planKeyValues, planUnpackColumns } from "./c-descriptor.js";
import {
  claimAccessorNames,
  planAccessors,
  planArguments,
  planNullStatements,
  planParameters,
  planStores,
  type CAccessors,
} from "./c-fields.js";
import { fingerprintLiteral } from "./c-literals.js";
import type { CPlan } from "./c-model.js";
import { planNames, type CGlobals } from "./c-names.js";
import { planMembers, planRecordAttribute } from "./c-record.js";
import { hasSource, planSources } from "./c-sources.js";
import { createTexts } from "./c-texts.js";
import { planTypes, type CTypes } from "./c-types.js";
import { planChecks } from "./c-validate.js";
import { docComment } from "./escape.js";

/** What every part of the plan refers to; names are claimed in this order. */
interface Context {
  readonly schema: Schema;
  readonly layout: RecordLayout;
  readonly globals: CGlobals;
  readonly types: CTypes;
  readonly namespaces: readonly string[];
  readonly columns: readonly CColumn[];
  readonly accessors: CAccessors;
}

function createContext(schema: Schema, layout: RecordLayout): Context {
  const globals = planNames(schema.name);
  const fields = leavesOf(layout.columns).map((node) => node.field);
  const types = planTypes(globals, fields);
  const accessorNames = claimAccessorNames(
    globals,
    fields.map((field) => field.name),
  );
  const namespaces = (schema.namespace ?? []).map((segment) => globals.scope.claim(segment));
  const columns = planColumns(globals, layout, types);
  return { schema, layout, globals, types, namespaces, columns, accessors: planAccessors(columns, accessorNames) };
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

/** What reserve and record_init leave behind. */
function planInit(statements: readonly string[], hasDefaults: boolean) {
  const state = hasDefaults ? "fields with a default have it, other optional fields are null" : "every optional field is null";
  const reserved = `${state.charAt(0).toUpperCase()}${state.slice(1)}; the other bytes are of an earlier record, poison where PQFLOW_DEBUG is defined. Never blocks.`;
  return {
    isInitSingle: statements.length === 0,
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

function planRecord({ schema, layout, columns, accessors }: Context) {
  const nullStatements = planNullStatements(columns, accessors);
  const defaultStatements = planDefaultStatements(columns, accessors);
  return {
    recordDoc: docComment([schema.description ?? `One record of ${schema.name}.`], ""),
    isPacked: schema.layout.packing === "packed",
    recordAttribute: planRecordAttribute(schema, layout),
    members: planMembers(layout, columns),
    accessors: accessors.accessors,
    nullStatements,
    defaultStatements,
    ...planInit([...nullStatements, ...defaultStatements], defaultStatements.length > 0),
  };
}

function planLogFields({ columns, accessors }: Context) {
  const given = columns.filter((column) => !hasSource(column));
  return { parameters: planParameters(given), arguments: planArguments(given), stores: planStores(given, accessors) };
}

function planSource({ schema, layout, globals, columns, accessors }: Context) {
  const texts = createTexts(globals.scope);
  const tables = planEnumTables(globals, columns, texts);
  const keyValues = planKeyValues(schema, globals, texts);
  return {
    enumTables: tables.tables,
    fieldInitializers: planFieldInitializers(schema, globals, columns, tables, texts),
    hasKeyValues: keyValues.length > 0,
    keyValues,
    unpackColumns: planUnpackColumns(columns),
    defaultSettings: planDefaults(schema, globals, texts),
    descriptorSettings: planDescriptor(schema, layout, globals, texts, columns.length),
    checks: planChecks(columns, accessors, texts),
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
    ...planRecord(context),
    ...planLogFields(context),
    ...planSources(context.columns, globals),
    namespaceOpenings: namespaces,
    namespaceClosings: [...namespaces].reverse(),
    hasNamespace: namespaces.length > 0,
    ...planSource(context),
  };
}
