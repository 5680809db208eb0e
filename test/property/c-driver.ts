/** A program in the common part of C11 and C++17 that logs the records of many cases through everything the generated headers have. */
import type { CAccessor, CPlan } from "../../generator/src/plan/c-model.js";
import { cellsOf, expectedInvalidValues, isNull, type RandomCase, type RandomField } from "./case.js";
import type { Value } from "./types/model.js";

export interface PlannedCase {
  readonly random: RandomCase;
  readonly index: number;
  readonly plan: CPlan;
}

export const RING_SLOTS = 128;

/** A field that takes bytes of the record, with its names in the generated header. */
interface Member {
  readonly field: RandomField;
  /** Prefix of the field's tables. */
  readonly table: string;
  readonly accessor: CAccessor | undefined;
  /** Member of the record, where it is stored without a setter. */
  readonly name: string;
  /** Type of a scalar. */
  readonly type: string;
}

/** Parameters of log_fields: a text has two. */
function parameterTypes({ parameters }: CPlan, fields: readonly RandomField[]): readonly string[] {
  const declared = parameters.split(", ");
  let position = 0;
  return fields.map(({ facts }) => {
    const declaration = declared[position] ?? "";
    position += facts.carrier.kind === "text" ? 2 : 1;
    return declaration.replace(/^const /, "").replace(/\*? \w+(\[\d+\])?$/, "");
  });
}

function membersOf({ random, index, plan }: PlannedCase): readonly Member[] {
  const fields = random.fields.filter(({ presence }) => presence.kind !== "constant");
  const types = parameterTypes(plan, fields);
  const accessors = [...plan.accessors];
  return fields.map((field, position) => {
    const statement = plan.stores[position]?.statement ?? "";
    const accessor = field.presence.kind !== "required" || !statement.startsWith("slot->") ? accessors.shift() : undefined;
    const name = /->(\w+)/.exec(statement)?.[1] ?? "";
    const member = accessor === undefined ? name : (/->(\w+)/.exec(accessor.setStatements.join(" "))?.[1] ?? "");
    return { field, table: `c${index}_${position}`, accessor, name: member, type: types[position] ?? "" };
  });
}

const octal = (bytes: Uint8Array): string => [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");

function intervalText(bytes: Uint8Array): string {
  return `{${[0, 4, 8].map((offset) => `${Buffer.from(bytes).readUInt32LE(offset)}U`).join(", ")}}`;
}

function rawTable(table: string, { facts, wild }: RandomField, values: readonly (Value | null)[]): string {
  const { carrier } = facts;
  if (carrier.kind === "scalar") {
    const words = values.map((value) => `UINT64_C(0x${((value?.raw ?? 0n) as bigint).toString(16)})`);
    const pokes = canPoke({ wild }) ? pokedTable(table, values) : "";
    const got = values.map((value) => value?.got);
    const gets =
      facts.column.decoding !== "half"
        ? ""
        : `static const uint32_t ${table}_got[] = {${got.map((bits) => `0x${(bits ?? 0n).toString(16)}U`).join(", ")}};\n`;
    return `static const uint64_t ${table}[] = {${words.join(", ")}};\n${pokes}${gets}`;
  }
  const bytes = values.map((value) => (value?.raw ?? new Uint8Array(0)) as Uint8Array);
  if (carrier.kind === "bytes") {
    const rows = bytes.map((value) => `{${value.length === 0 ? "0" : [...value].join(", ")}}`);
    return `static const uint8_t ${table}[][${carrier.lengthBytes}] = {${rows.join(", ")}};\n`;
  }
  if (carrier.kind === "interval") {
    const rows = bytes.map((value) => intervalText(value.length === 0 ? new Uint8Array(12) : value));
    return `static const pqflow_interval ${table}[] = {${rows.join(", ")}};\n`;
  }
  return (
    `static const char* const ${table}[] = {${bytes.map((value) => `"${octal(value)}"`).join(", ")}};\n` +
    `static const size_t ${table}_length[] = {${bytes.map((value) => value.length).join(", ")}};\n` +
    (canPoke({ wild }) ? pokedTable(table, values) : "")
  );
}

function pokedTable(table: string, values: readonly (Value | null)[]): string {
  return `static const uint16_t ${table}_poked[] = {${values.map((value) => value?.poked ?? 0).join(", ")}};\n`;
}

function canPoke({ wild }: Pick<RandomField, "wild">): boolean {
  return wild.some(({ poked }) => poked !== undefined);
}

/** A fresh record, by reserve or record_init, has the default, and null where there is none. */
function isLeftWhenFresh({ presence, defaultValue }: RandomField, cell: Value | null): boolean {
  return cell === null ? presence.kind !== "required" && defaultValue === undefined : cell.isDefault === true;
}

function tables({ field, table }: Member): string {
  const cells = cellsOf(field, "wild");
  const flags = (test: (cell: Value | null) => boolean): string => cells.map((cell) => (test(cell) ? "1" : "0")).join(", ");
  // A null cell of a sentinel field has the sentinel's bits: log_fields has no other way to say null.
  const { presence } = field;
  const nullRaw = presence.kind === "sentinel" ? presence.sentinel.raw : undefined;
  const raw = cells.map((cell) => (cell === null && nullRaw !== undefined ? { raw: nullRaw, file: null, isValid: true } : cell));
  return (
    rawTable(table, field, raw) +
    (presence.kind === "required" ? "" : `static const uint8_t ${table}_present[] = {${flags((cell) => !isNull(field, cell))}};\n`) +
    `static const uint8_t ${table}_left[] = {${flags((cell) => isLeftWhenFresh(field, cell))}};\n` +
    `static const uint8_t ${table}_valid[] = {${flags((cell) => isNull(field, cell) || cell?.isValid === true)}};\n`
  );
}

/** The scalar at `at` as the field's type. A cast to the type a value has already is a warning of g++. */
function scalar({ field, table, type }: Member, at: string): string {
  const { carrier } = field.facts;
  const bits = `${table}[${at}]`;
  if (carrier.kind !== "scalar") return bits;
  if (carrier.from === undefined) return isUint64(field, type) ? bits : `PQFLOW_STATIC_CAST(${type}, ${bits})`;
  return `${carrier.from}(${carrier.widthBits === 64 ? bits : `PQFLOW_STATIC_CAST(uint${carrier.widthBits}_t, ${bits})`})`;
}

function isUint64(field: RandomField, type: string): boolean {
  return type === "uint64_t" || (field.type === "set" && field.keys["storage"] === "uint64");
}

/** Sets a member of `record`, unless it is fresh and has the value already. */
function fill(member: Member, at: string): string {
  return `  if (!is_fresh || ${member.table}_left[${at}] == 0) {\n${setStatements(member, at)}  }\n`;
}

function setStatements(member: Member, at: string): string {
  const { field, table, accessor, name } = member;
  const isText = field.facts.carrier.kind === "text";
  const value = isText ? `${table}[${at}], ${table}_length[${at}]` : scalar(member, at);
  if (accessor === undefined) return `  record->${name} = ${value};\n`;
  const set = `${accessor.setName}(record, ${value});`;
  const poke = canPoke(field) ? pokeStatement(field, table, name, at) : "";
  if (!accessor.isOptional) return `  ${set}\n${poke}`;
  return `  ${set}\n${poke}  if (${table}_present[${at}] == 0) {\n    ${accessor.clearName}(record);\n  }\n`;
}

function pokeStatement(field: RandomField, table: string, name: string, at: string): string {
  if (field.facts.carrier.kind === "scalar")
    return `  if (${table}_poked[${at}] != 0) {\n    record->${name} = ${table}_poked[${at}];\n  }\n`;
  const type = Number(field.keys["max_length"]) <= 255 ? "uint8_t" : "uint16_t";
  const poked = `${table}_poked[${at}]`;
  return `  if (${poked} != 0) {\n    record->${name}.length = ${type === "uint16_t" ? poked : `PQFLOW_STATIC_CAST(${type}, ${poked})`};\n  }\n`;
}

function argument(member: Member, at: string): string {
  const { field, table } = member;
  const isOptional = field.presence.kind === "optional";
  const orNull = (pointer: string): string => (isOptional ? `${table}_present[${at}] != 0 ? ${pointer} : PQFLOW_NULL` : pointer);
  if (field.facts.carrier.kind === "text") return `${orNull(`${table}[${at}]`)}, ${table}_length[${at}]`;
  if (field.facts.carrier.kind === "bytes") return orNull(`${table}[${at}]`);
  if (field.facts.carrier.kind === "interval") return isOptional ? orNull(`&${table}[${at}]`) : `${table}[${at}]`;
  return isOptional ? orNull(`&${table}_value`) : scalar(member, at);
}

const indexOf = ({ field, table }: Member): string =>
  `  const size_t ${table}_at = row % (is_wild ? ${cellsOf(field, "wild").length}U : ${field.cells.length}U);\n`;

function fillFunction({ index, plan }: PlannedCase, members: readonly Member[]): string {
  const body = members.map((member) => indexOf(member) + fill(member, `${member.table}_at`)).join("");
  return `static void c${index}_fill(${plan.names.record}* record, size_t row, int is_wild, int is_fresh) {\n${body}}\n`;
}

/** Of a half, whose bits C reads as a float. */
function getCheck(index: number, { field, table, accessor }: Member): string {
  if (accessor?.isConverted !== true) return "";
  const isPresent = field.presence.kind === "required" ? "" : `${table}_present[${table}_at] == 0 || `;
  const isSame = `pqflow_float_bits(${accessor.getName}(record)) == ${table}_got[${table}_at]`;
  return `  expect(${index}, row, ${isPresent}${isSame}, "get");\n`;
}

/** has_x says what was set, validate names the first field that is not valid. */
function checkFunction({ index, plan }: PlannedCase, members: readonly Member[]): string {
  const checks = members.map((member) => {
    const { table, field, accessor } = member;
    const has =
      accessor?.isOptional === true
        ? `  expect(${index}, row, ${accessor.hasName}(record) == ${table}_present[${table}_at], "has");\n`
        : "";
    return `${indexOf(member)}${has}${getCheck(index, member)}  if (wanted == PQFLOW_NULL && ${table}_valid[${table}_at] == 0) {\n    wanted = "${field.name}";\n  }\n`;
  });
  return (
    `static void c${index}_check(const ${plan.names.record}* record, size_t row, int is_wild) {\n` +
    `  const char* wanted = PQFLOW_NULL;\n  const char* found = PQFLOW_NULL;\n${checks.join("")}` +
    `  const pqflow_status status = ${plan.names.validate}(record, &found);\n` +
    `  expect_verdict(${index}, row, status, wanted, found);\n}\n`
  );
}

function logFieldsFunction({ index, plan }: PlannedCase, members: readonly Member[]): string {
  const values = members.map((member) => {
    const isPointed = member.field.presence.kind === "optional" && member.field.facts.carrier.kind === "scalar";
    return isPointed ? `  const ${member.type} ${member.table}_value = ${scalar(member, `${member.table}_at`)};\n` : "";
  });
  const call = members.map((member) => argument(member, `${member.table}_at`)).join(", ");
  const { lane, logFields } = plan.names;
  return (
    `static pqflow_status c${index}_log_fields(${lane}* lane, size_t row, int is_wild) {\n` +
    `${members.map(indexOf).join("")}${values.join("")}  return ${logFields}(lane, ${call});\n}\n`
  );
}

/** Four ways in turn; a length byte can only be spoilt in the record itself. */
function logFunction({ index, plan }: PlannedCase, members: readonly Member[]): string {
  const { lane, record, log, reserve, commit } = plan.names;
  const ways = members.some(({ field }) => canPoke(field)) ? "(is_wild ? 1U + row % 2U : row % 3U)" : "row % 3U";
  return `static pqflow_status c${index}_log(${lane}* lane, size_t row, int is_wild) {
  if (${ways} == 0) {
    return c${index}_log_fields(lane, row, is_wild);
  }
  if (row % 2U == 0) {
    ${record}* const slot = ${reserve}(lane);
    if (slot == PQFLOW_NULL) {
      return PQFLOW_STATUS_RING_FULL;
    }
    c${index}_fill(slot, row, is_wild, 1);
    c${index}_check(slot, row, is_wild);
    ${commit}(lane);
    return PQFLOW_STATUS_OK;
  }
  ${record} record;
  memset(&record, 0xa5, sizeof record);
  const int is_fresh = row % 4U == 1U;
  if (is_fresh) {
    ${plan.names.recordInit}(&record);
  }
  c${index}_fill(&record, row, is_wild, is_fresh);
  c${index}_check(&record, row, is_wild);
  return ${log}(lane, &record);
}
`;
}

function settings({ random, plan }: PlannedCase): string {
  const given = random.isGivenAtOpen
    ? `  options.page_rows = ${random.pageRows};\n  options.row_group_rows = ${random.rowGroupRows};\n`
    : "";
  return (
    `  pqflow_options options = ${plan.names.optionsDefault}();\n` +
    `  options.ring_slots_count = ${RING_SLOTS};\n  options.peak_records_per_s = 0;\n  options.idle_sleep_max_ns = 200000;\n` +
    `  options.metadata = PQFLOW_METADATA_SCHEMA_ONLY;\n${given}`
  );
}

/** The class in C++, the functions in C. */
function runFunction(planned: PlannedCase): string {
  const { index, plan, random } = planned;
  const { names } = plan;
  const sinkClass = `::${[...plan.namespaceOpenings, names.sinkClass].join("::")}`;
  const rows = (sink: { readonly lane: string; readonly flush: string }): string => {
    const flush = random.flushRow === undefined ? "" : `    if (row == ${random.flushRow}U) {\n      ${sink.flush}\n    }\n`;
    return (
      `  for (size_t row = 0; row < ${random.rowCount}U; ++row) {\n${flush}` +
      `    expect(${index}, row, c${index}_log(${sink.lane}, row, is_wild) == PQFLOW_STATUS_OK, "log");\n  }\n`
    );
  };
  const invalid = `is_wild ? ${expectedInvalidValues(random, "wild")}U : ${expectedInvalidValues(random, "clean")}U`;
  return `static void c${index}_run(const char* path, int is_wild) {
${settings(planned)}#if defined(__cplusplus)
  ${sinkClass} sink(path, options);
${rows({ lane: "sink.typed_lane()", flush: "sink.flush();" })}  sink.close();
  const pqflow_stats stats = sink.stats();
#else
  pqflow_error error;
  ${names.sink}* sink = NULL;
  if (${names.sinkOpen}(&sink, path, &options, &error) != PQFLOW_STATUS_OK) {
    refuse(${index}, error.message);
    return;
  }
${rows({
  lane: `${names.sinkLane}(sink)`,
  flush: `expect(${index}, row, ${names.sinkFlush}(sink, &error) == PQFLOW_STATUS_OK, "flush");`,
})}  expect(${index}, 0, ${names.sinkClose}(sink, &error) == PQFLOW_STATUS_OK, "close");
  pqflow_stats stats;
  expect(${index}, 0, ${names.sinkStats}(sink, &stats) == PQFLOW_STATUS_OK, "stats");
  ${names.sinkFree}(sink);
#endif
  expect_count(${index}, "accepted_records", stats.accepted_records, ${random.rowCount}U);
  expect_count(${index}, "visible_records", stats.visible_records, ${random.rowCount}U);
  expect_count(${index}, "invalid_values", stats.invalid_values, ${invalid});
}
`;
}

const prologue = `
static int failure_count = 0;

static void expect(int index, size_t row, int is_true, const char* what) {
  if (!is_true) {
    ++failure_count;
    fprintf(stderr, "case %d: %s of row %zu\\n", index, what, row);
  }
}

static void expect_count(int index, const char* what, uint64_t found, uint64_t wanted) {
  if (found != wanted) {
    ++failure_count;
    fprintf(stderr, "case %d: %s is %llu, not %llu\\n", index, what, PQFLOW_STATIC_CAST(unsigned long long, found),
            PQFLOW_STATIC_CAST(unsigned long long, wanted));
  }
}

static void expect_verdict(int index, size_t row, pqflow_status status, const char* wanted, const char* found) {
  const int is_same = wanted == PQFLOW_NULL ? found == PQFLOW_NULL : found != PQFLOW_NULL && strcmp(wanted, found) == 0;
  if (!is_same || (status == PQFLOW_STATUS_OK) != (wanted == PQFLOW_NULL)) {
    ++failure_count;
    fprintf(stderr, "case %d: validate of row %zu finds %s, not %s\\n", index, row,
            found == PQFLOW_NULL ? "nothing" : found, wanted == PQFLOW_NULL ? "nothing" : wanted);
  }
}

static void run(int index, void (*log_all)(const char* path, int is_wild), const char* folder, const char* label) {
  char path[1024];
  printf("case %d\\n", index);
  fflush(stdout);
  snprintf(path, sizeof path, "%s/%d-clean-%s-{seq}.parquet", folder, index, label);
  log_all(path, 0);
  snprintf(path, sizeof path, "%s/%d-wild-%s-{seq}.parquet", folder, index, label);
  log_all(path, 1);
}
`;

const cOnly = `
#if !defined(__cplusplus)
static void refuse(int index, const char* message) {
  ++failure_count;
  fprintf(stderr, "case %d: open refuses: %s\\n", index, message);
}
#endif
`;

/** \`program FOLDER LABEL\`: logs every case into files of the folder; complaints name their case. */
export function driverText(cases: readonly PlannedCase[]): string {
  const includes = cases.map(({ plan }) => `#include "${plan.headerPath}"\n`).join("");
  const bodies = cases.map((planned) => {
    const members = membersOf(planned);
    return [
      ...members.map(tables),
      fillFunction(planned, members),
      checkFunction(planned, members),
      logFieldsFunction(planned, members),
      logFunction(planned, members),
      runFunction(planned),
    ].join("");
  });
  const runs = cases.map(({ index }) => `  run(${index}, c${index}_run, arguments[1], arguments[2]);\n`).join("");
  return (
    `#include <stdio.h>\n#include <string.h>\n${includes}${prologue}${cOnly}${bodies.join("\n")}\n` +
    `int main(int argument_count, char** arguments) {\n  if (argument_count != 3) {\n    return 2;\n  }\n${runs}  return failure_count == 0 ? 0 : 1;\n}\n`
  );
}
