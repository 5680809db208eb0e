// PageHeader of a V1 data page (parquet.thrift).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pqflow::parquet {

// Room that every header of ours fits in.
constexpr size_t kMaxPageHeaderBytes = 64;

// All sizes are below 2^31: the row group writer bounds its pages so.
struct DataPageV1 {
  size_t uncompressed_bytes;  // Levels and values, before the codec.
  size_t compressed_bytes;    // As on disk.
  size_t value_count;         // Nulls included.
  uint32_t crc;               // CRC-32 of the bytes as on disk, header excluded.
};

// Replaces `out`. Does not allocate when `out` has kMaxPageHeaderBytes of room.
void encode_page_header(const DataPageV1& page, std::vector<uint8_t>& out);

}  // namespace pqflow::parquet
