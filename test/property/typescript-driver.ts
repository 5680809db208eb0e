/** Logs the clean records of a case through the generated class, and offers it what it must refuse. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import type { RecordSink, SinkOptions } from "../../native/lib/index.js";
import { RING_SLOTS } from "./c-driver.js";
import type { RandomCase, RandomField } from "./case.js";

type LoggedRecord = Record<string, unknown>;

interface TypedSink extends RecordSink {
  log(record: LoggedRecord): boolean;
}

interface SinkClass {
  open(path: string, options: SinkOptions): TypedSink;
}

async function importSinkClass(path: string): Promise<SinkClass> {
  const module = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  const found = Object.entries(module).find(([name, value]) => name.endsWith("Sink") && typeof value === "function");
  if (found === undefined) throw new Error(`${path} exports no sink`);
  return found[1] as SinkClass;
}

const isLogged = ({ presence }: RandomField): boolean => presence.kind !== "constant";

/** Undefined and a missing key are one: the default, or null where there is none. */
function put(record: LoggedRecord, { name, cells, defaultValue }: RandomField, row: number): void {
  const cell = cells[row % cells.length] ?? null;
  const isLeft = cell === null ? defaultValue === undefined && row % 3 !== 0 : cell.isDefault === true;
  if (!isLeft) record[name] = cell === null ? null : cell.ts;
  else if (row % 3 === 1) record[name] = undefined;
}

function recordOf(fields: readonly RandomField[], row: number): LoggedRecord {
  const record: LoggedRecord = {};
  for (const field of fields) put(record, field, row);
  return record;
}

/** The error must name the field, or a part of it. */
function refusal(log: () => void, what: string, name: string): readonly string[] {
  try {
    log();
    return [`TypeScript logs ${what}, which it must refuse`];
  } catch (error) {
    const isNamed = (error instanceof RangeError || error instanceof TypeError) && /^(\w+)(?:\.\w+)?: /.exec(error.message)?.[1] === name;
    return isNamed ? [] : [`TypeScript refuses ${what} with ${String(error)}`];
  }
}

/** Values that TypeScript took, and errors that do not say where. */
function refusals(sink: TypedSink, fields: readonly RandomField[]): readonly string[] {
  return fields.flatMap(({ name, wild, refused }) => {
    const values = [...wild.map(({ ts }) => ts).filter((ts) => ts !== undefined), ...refused];
    return values.flatMap((ts) => refusal(() => sink.log({ ...recordOf(fields, 0), [name]: ts }), `${name} = ${inspect(ts)}`, name));
  });
}

/** `modulePath` lies where "pqflow" can be resolved. Answers what went wrong. */
export async function logFromTypeScript(random: RandomCase, index: number, modulePath: string, folder: string): Promise<readonly string[]> {
  const sinkClass = await importSinkClass(modulePath);
  const sink = sinkClass.open(join(folder, `${index}-clean-ts-{seq}.parquet`), {
    ringSlots: RING_SLOTS,
    peakRecordsPerS: 0,
    idleSleepMaxNs: 200_000,
    metadata: "schema_only",
    ...(random.isGivenAtOpen ? { pageRows: random.pageRows, rowGroupRows: random.rowGroupRows } : {}),
  });
  const fields = random.fields.filter(isLogged);
  const findings: string[] = [];
  try {
    for (let row = 0; row < random.rowCount; row++) {
      if (row === random.flushRow) await sink.flush();
      if (!sink.log(recordOf(fields, row))) findings.push(`TypeScript: row ${row} was dropped`);
    }
    findings.push(...refusals(sink, fields));
  } catch (error) {
    findings.push(`TypeScript throws ${String(error)}`);
  }
  await sink.close();
  const { acceptedRecords, invalidValues } = sink.stats();
  if (findings.length === 0 && (acceptedRecords !== random.rowCount || invalidValues !== 0))
    findings.push(`TypeScript: ${acceptedRecords} records accepted, ${invalidValues} invalid values`);
  return findings;
}
