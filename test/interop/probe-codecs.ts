/** Every codec of Parquet that pqflow writes. */
export const probeCodecs = ["UNCOMPRESSED", "SNAPPY", "GZIP", "BROTLI", "ZSTD", "LZ4_RAW"] as const;
