/** The files of nested columns that the readers' tests write. */
import { probeCodecs } from "./probe-files.js";

export const codecNumbers = { UNCOMPRESSED: 0, SNAPPY: 1, GZIP: 2, BROTLI: 4, ZSTD: 6, LZ4_RAW: 7 } as const;
const nestedEncodings = ["PLAIN", "AUTO", "DICTIONARY", "DELTA", "DELTA_LENGTH", "BYTE_STREAM_SPLIT"] as const;

export interface NestedFile {
  readonly codec: keyof typeof codecNumbers;
  readonly encoding: (typeof nestedEncodings)[number];
  readonly pageVersion: 1 | 2;
}

/** Every codec, encoding and version of data pages once. */
export const nestedFiles: readonly NestedFile[] = [
  { codec: "UNCOMPRESSED", encoding: "PLAIN", pageVersion: 2 },
  { codec: "SNAPPY", encoding: "DICTIONARY", pageVersion: 1 },
  { codec: "GZIP", encoding: "DELTA", pageVersion: 2 },
  { codec: "BROTLI", encoding: "AUTO", pageVersion: 2 },
  { codec: "ZSTD", encoding: "BYTE_STREAM_SPLIT", pageVersion: 1 },
  { codec: "LZ4_RAW", encoding: "DELTA_LENGTH", pageVersion: 1 },
];

export const allNestedFiles: readonly NestedFile[] = probeCodecs.flatMap((codec) =>
  nestedEncodings.flatMap((encoding) => ([1, 2] as const).map((pageVersion) => ({ codec, encoding, pageVersion }))),
);
