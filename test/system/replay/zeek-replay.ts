/** Replays Zeek's tab-separated logs through the generated TypeScript classes. */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { scaled } from "./decimals.js";
import { PatientSink, type FieldValue } from "./patient-sink.js";

type Convert = (cell: string) => FieldValue;
/** Column of the log, column of the schema, what turns one into the other. */
type Columns = Readonly<Record<string, readonly [name: string, convert: Convert]>>;

/** `\xNN` is a byte, `\\` a backslash; the log's other bytes stand for themselves (the file is read as Latin-1). */
const unescaped = (cell: string): Buffer =>
  Buffer.from(
    cell.replaceAll(/\\(?:x([0-9a-f]{2})|\\)/g, (_, digits?: string) =>
      digits === undefined ? "\\" : String.fromCharCode(parseInt(digits, 16)),
    ),
    "latin1",
  );

const utf8 = new TextDecoder("utf-8", { fatal: true });
const text: Convert = (cell) => (cell === "(empty)" ? "" : utf8.decode(unescaped(cell)));
const hexadecimal: Convert = (cell) => Buffer.from(cell, "hex");
const count: Convert = (cell) => Number(cell);
const flag: Convert = (cell) => cell === "T";
const microseconds: Convert = (cell) => scaled(cell, 6);
const nanoseconds: Convert = (cell) => scaled(cell, 9);

const ENDPOINTS: Columns = {
  uid: ["uid", text],
  "id.orig_h": ["orig_host", text],
  "id.orig_p": ["orig_port", count],
  "id.resp_h": ["resp_host", text],
  "id.resp_p": ["resp_port", count],
};

const DNS: Columns = {
  ts: ["ts", microseconds],
  ...ENDPOINTS,
  proto: ["proto", text],
  trans_id: ["trans_id", count],
  rtt: ["rtt", microseconds],
  query: ["query", text],
  qclass: ["qclass", count],
  qclass_name: ["qclass_name", text],
  qtype: ["qtype", count],
  qtype_name: ["qtype_name", text],
  rcode: ["rcode", count],
  rcode_name: ["rcode_name", text],
  AA: ["authoritative", flag],
  TC: ["truncated", flag],
  RD: ["recursion_desired", flag],
  RA: ["recursion_available", flag],
  Z: ["z", count],
  rejected: ["rejected", flag],
};

const X509: Columns = {
  ts: ["ts", microseconds],
  fingerprint: ["fingerprint", hexadecimal],
  "certificate.version": ["version", count],
  "certificate.serial": ["serial", text],
  "certificate.subject": ["subject", text],
  "certificate.issuer": ["issuer", text],
  "certificate.not_valid_before": ["not_valid_before", microseconds],
  "certificate.not_valid_after": ["not_valid_after", microseconds],
  "certificate.key_alg": ["key_alg", text],
  "certificate.sig_alg": ["sig_alg", text],
  "certificate.key_type": ["key_type", text],
  "certificate.key_length": ["key_length", count],
  "certificate.exponent": ["exponent", text],
  "certificate.curve": ["curve", text],
  "basic_constraints.ca": ["is_ca", flag],
  "basic_constraints.path_len": ["path_length", count],
  host_cert: ["is_host", flag],
  client_cert: ["is_client", flag],
};

const NTP: Columns = {
  ts: ["ts", microseconds],
  ...ENDPOINTS,
  version: ["version", count],
  mode: ["mode", count],
  stratum: ["stratum", count],
  poll: ["poll", microseconds],
  precision: ["precision", microseconds],
  root_delay: ["root_delay", microseconds],
  root_disp: ["root_dispersion", microseconds],
  ref_id: ["reference_id", text],
  ref_time: ["reference_time", nanoseconds],
  org_time: ["originate_time", nanoseconds],
  rec_time: ["receive_time", nanoseconds],
  xmt_time: ["transmit_time", nanoseconds],
  num_exts: ["extension_count", count],
};

async function replayLog(capture: string, folder: string, schema: string, columns: Columns): Promise<void> {
  const sink = await PatientSink.open(folder, schema);
  let converts: readonly (readonly [index: number, name: string, convert: Convert])[] = [];
  const bytes = createReadStream(capture).pipe(createGunzip()).setEncoding("latin1");
  for await (const line of createInterface({ input: bytes })) {
    const cells = line.split("\t");
    if (cells[0] === "#fields") {
      const fields = cells.slice(1);
      converts = Object.entries(columns).map(([field, [name, convert]]) => [fields.indexOf(field), name, convert]);
    }
    if (line.startsWith("#")) continue;
    const value = (index: number, convert: Convert): FieldValue => (cells[index] === "-" ? null : convert(cells[index] as string));
    await sink.log(Object.fromEntries(converts.map(([index, name, convert]) => [name, value(index, convert)])));
  }
  await sink.close();
}

export async function replayZeek(folder: string, [dns, x509, ntp]: readonly string[]): Promise<void> {
  await replayLog(dns as string, folder, "zeek_dns", DNS);
  await replayLog(x509 as string, folder, "zeek_x509", X509);
  await replayLog(ntp as string, folder, "zeek_ntp", NTP);
}
