/** Writes a capture in every way and takes the sizes of its tables. */
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { SinkOptions } from "../../native/lib/index.js";
import { setParquetBlock } from "../system/replay/parquet-block.js";
import { sharedDataPath } from "../support/paths.js";
import type { Capture } from "./captures.js";
import { writeWithDuckdb } from "./duckdb-peer.js";
import { fileSize, type FileSize } from "./file-sizes.js";
import { writeWithPyarrow } from "./pyarrow-peer.js";

/** A way of ours: the same settings in a schema's block and as options. */
export interface OwnWay {
  readonly name: string;
  readonly parquetBlock: string;
  readonly options: SinkOptions;
}

export interface TableSizes {
  readonly capture: string;
  readonly table: string;
  readonly sizes: Readonly<Record<string, FileSize>>;
}

export const isPresent = ({ inputs }: Capture): boolean => inputs.every((input) => existsSync(sharedDataPath(input)));

async function writeOurs(capture: Capture, folder: string, way: OwnWay): Promise<string> {
  const own = join(folder, way.name);
  mkdirSync(own, { recursive: true });
  setParquetBlock(way.parquetBlock);
  try {
    await capture.write(
      own,
      capture.inputs.map((input) => sharedDataPath(input)),
      way.options,
    );
  } finally {
    setParquetBlock("");
  }
  return own;
}

/** One table twice, through C for the sake of a test. */
const isTwin = (file: string): boolean => file.endsWith("_c.parquet");

async function peerFiles(source: string, folder: string, hasPyarrow: boolean): Promise<Readonly<Record<string, string>>> {
  const duckdb = await writeWithDuckdb(source, folder);
  return hasPyarrow ? { ...writeWithPyarrow(source, folder), ...duckdb } : { ...duckdb };
}

async function sizesOf(files: Readonly<Record<string, string>>): Promise<Readonly<Record<string, FileSize>>> {
  return Object.fromEntries(await Promise.all(Object.entries(files).map(async ([way, path]) => [way, await fileSize(path)] as const)));
}

/** Sizes of every table that has rows. The first way is what peers are given to read. */
export async function measureCapture(
  capture: Capture,
  folder: string,
  ways: readonly OwnWay[],
  hasPyarrow: boolean,
): Promise<readonly TableSizes[]> {
  const folders: Record<string, string> = {};
  for (const way of ways) folders[way.name] = await writeOurs(capture, folder, way);
  const [first = ""] = Object.values(folders);
  const measured: TableSizes[] = [];
  for (const file of readdirSync(first).filter((name) => name.endsWith(".parquet") && !isTwin(name))) {
    const ours = await sizesOf(Object.fromEntries(Object.entries(folders).map(([way, own]) => [way, join(own, file)])));
    if (Object.values(ours)[0]?.rows === 0) continue;
    const peers = await sizesOf(await peerFiles(join(first, file), folder, hasPyarrow));
    measured.push({ capture: capture.name, table: file.replace(/\.parquet$/, ""), sizes: { ...ours, ...peers } });
  }
  return measured;
}
