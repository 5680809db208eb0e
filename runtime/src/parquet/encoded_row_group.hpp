// A finished row group: its bytes, and what the metadata must say of them. Offsets are relative to the row group's first byte.
#pragma once

#include <pqflow/descriptor.h>

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "columns/bounds.hpp"
#include "parquet/page_index.hpp"

namespace pqflow::parquet {

constexpr size_t kEncodingCount = 10;  // Parquet's numbers of encodings are below.

// One column chunk. Sizes include the page headers.
struct EncodedChunk {
  uint64_t offset_bytes = 0;
  uint64_t uncompressed_bytes = 0;
  uint64_t compressed_bytes = 0;
  uint64_t value_count = 0;  // Level entries: nulls and, in nested columns, empty lists included.
  uint64_t null_count = 0;
  uint64_t nan_count = 0;                                       // FLOAT, DOUBLE and FLOAT16.
  uint64_t byte_array_bytes = 0;                                // BYTE_ARRAY: sum of the lengths.
  std::array<uint32_t, kEncodingCount> pages_by_encoding = {};  // Data pages, by Parquet's number.
  uint64_t dictionary_bytes = 0;  // The dictionary page with its header; 0: the chunk begins with its first data page.
  uint64_t distinct_count = 0;    // Where it is known exactly, else 0.
  pqflow_codec codec = PQFLOW_CODEC_UNCOMPRESSED;
  uint8_t data_page_version = 1;
  uint64_t bloom_offset_bytes = 0;  // Behind all chunks of the row group.
  uint64_t bloom_bytes = 0;         // With its header; 0: no filter.
  columns::Bounds bounds;
  const PageIndex* page_index = nullptr;  // Of its data pages; valid as long as the row group.
};

// Belongs to the RowGroupWriter that made it, and stays valid until its reset().
struct EncodedRowGroup {
  std::vector<std::span<const uint8_t>> pieces;  // To be written one after the other: chunk after chunk in column order, each page with its
                                                 // header one piece; then the Bloom filters.
  std::vector<EncodedChunk> chunks;              // One per leaf, in column order.
  std::span<const pqflow_sorting_column> sorted_by;  // Empty: no order was asked for, or its rows do not keep it.
  uint64_t row_count = 0;
  uint64_t uncompressed_bytes = 0;
  uint64_t compressed_bytes = 0;  // Of all chunks.
};

}  // namespace pqflow::parquet
