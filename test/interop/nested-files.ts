/** The files of nested columns that the readers' tests write: every codec once, every encoding once. */
export const codecNumbers = { UNCOMPRESSED: 0, SNAPPY: 1, GZIP: 2, BROTLI: 4, ZSTD: 6, LZ4_RAW: 7 } as const;

export interface NestedFile {
  readonly codec: keyof typeof codecNumbers;
  readonly encoding: "PLAIN" | "AUTO" | "DICTIONARY" | "DELTA";
}

export const nestedFiles: readonly NestedFile[] = [
  { codec: "UNCOMPRESSED", encoding: "PLAIN" },
  { codec: "SNAPPY", encoding: "DICTIONARY" },
  { codec: "GZIP", encoding: "DELTA" },
  { codec: "BROTLI", encoding: "AUTO" },
  { codec: "ZSTD", encoding: "AUTO" },
  { codec: "LZ4_RAW", encoding: "DELTA" },
];
