/** The files of probe columns that the tests write and read: every codec, way to choose encodings, pattern of nulls and version of data pages. Each holds every kind of column. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parquetMetadata, type FileMetaData } from "hyparquet";
import { projectPath } from "../support/paths.js";
import { probeNulls, type Nulls } from "./probe-columns.js";
import type { StoredAs } from "./reader-losses.js";

/** Every codec of Parquet that pqflow writes. */
export const probeCodecs = ["UNCOMPRESSED", "SNAPPY", "GZIP", "BROTLI", "ZSTD", "LZ4_RAW"] as const;
/** PLAIN alone, the writer's choice, and rounds through the encodings that exist for a column's type: as many as the type with the most has. */
const probeEncodings = ["PLAIN", "AUTO", "0", "1", "2", "3"] as const;

export interface ProbeFile {
  readonly codec: (typeof probeCodecs)[number];
  readonly encoding: (typeof probeEncodings)[number];
  readonly nulls: Nulls;
  /** Absent: 1. */
  readonly pageVersion?: 1 | 2;
}

export interface ProbeShape {
  readonly rows: number;
  readonly pageRows: number;
  readonly rowGroupRows: number;
}

export interface WrittenProbe {
  readonly path: string;
  readonly metadata: FileMetaData;
}

export const allProbeFiles: readonly ProbeFile[] = probeCodecs.flatMap((codec) =>
  probeEncodings.flatMap((encoding) =>
    probeNulls.flatMap((nulls) => ([1, 2] as const).map((pageVersion) => ({ codec, encoding, nulls, pageVersion }))),
  ),
);

const nullsInTurn = ["some", "runs", "none", "some", "all", "runs"] as const;

/** Every codec, encoding, pattern of nulls and version of pages at least once, and so each with every kind of column: pairs, not the product. */
export const coveringProbeFiles: readonly ProbeFile[] = probeCodecs.map((codec, index) => ({
  codec,
  encoding: probeEncodings[(index + 1) % probeEncodings.length] ?? "PLAIN",
  nulls: nullsInTurn[index] ?? "some",
  pageVersion: index % 2 === 0 ? 2 : 1,
}));

const program = projectPath(`${process.env["PQFLOW_BUILD_DIR"] ?? "build"}/test/runtime/pqflow_write_columns`);

/** Columns of which the file has these alone, and rows that have the same values, with which columns have bloom filters too; all columns and one by default. */
export interface ProbeContents {
  readonly columns: readonly string[];
  readonly repeats: number;
}

export function writeProbeFile(file: ProbeFile, shape: ProbeShape, folder: string, contents?: ProbeContents): WrittenProbe {
  const { codec, encoding, nulls, pageVersion = 1 } = file;
  const { columns = [], repeats = 1 } = contents ?? {};
  const path = join(folder, `${codec}-${encoding}-${nulls}-v${pageVersion}-${columns[0] ?? "all"}.parquet`);
  const { rows, pageRows, rowGroupRows } = shape;
  execFileSync(program, [path, codec, rows, pageRows, rowGroupRows, encoding, nulls, columns.join(","), pageVersion, repeats].map(String));
  const bytes = readFileSync(path);
  return { path, metadata: parquetMetadata(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer) };
}

type Chunk = NonNullable<FileMetaData["row_groups"][number]["columns"][number]["meta_data"]>;

/** Of the values in data pages. */
const encodingsOf = ({ encoding_stats: stats }: Chunk): readonly string[] =>
  (stats ?? []).filter(({ page_type: type }) => type !== "DICTIONARY_PAGE").map(({ encoding }) => encoding);

/** How the file holds each column; of a nested one all leaves together. */
export function storedColumns({ metadata }: Pick<WrittenProbe, "metadata">): ReadonlyMap<string, StoredAs> {
  const stored = new Map<string, StoredAs & { readonly encodings: Set<string>; readonly codecs: Set<string> }>();
  for (const { meta_data: chunk } of metadata.row_groups.flatMap(({ columns }) => columns)) {
    if (chunk === undefined) continue;
    const name = chunk.path_in_schema[0] ?? "";
    const known = stored.get(name) ?? { physicalType: chunk.type, encodings: new Set(), codecs: new Set() };
    for (const encoding of encodingsOf(chunk)) known.encodings.add(encoding);
    known.codecs.add(chunk.codec);
    stored.set(name, known);
  }
  return stored;
}

/** First row and the one behind the last of each row group. */
export const groupsOf = ({ rows, rowGroupRows }: ProbeShape): readonly { readonly start: number; readonly end: number }[] =>
  Array.from({ length: Math.ceil(rows / rowGroupRows) }, (_, group) => ({
    start: group * rowGroupRows,
    end: Math.min(rows, (group + 1) * rowGroupRows),
  }));
