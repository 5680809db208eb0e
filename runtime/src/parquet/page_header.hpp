// PageHeader of data pages, version 1 and 2, and of dictionary pages (parquet.thrift).
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pqflow::parquet {

// enum PageType.
inline constexpr int32_t kDataPage = 0;
inline constexpr int32_t kDictionaryPage = 2;
inline constexpr int32_t kDataPageV2 = 3;

// Room that every header of ours fits in.
constexpr size_t kMaxPageHeaderBytes = 64;

// All sizes are below 2^31: the row group writer bounds its pages so.
struct DataPageV1 {
  size_t uncompressed_bytes;  // Levels and values, before the codec.
  size_t compressed_bytes;    // As on disk.
  size_t value_count;         // Level entries: nulls and empty lists included.
  uint32_t crc;               // CRC-32 of the bytes as on disk, header excluded.
  pqflow_encoding encoding;   // Of the values.
};

struct DataPageV2 {
  size_t uncompressed_bytes;  // Levels and values, before the codec.
  size_t compressed_bytes;    // As on disk, levels included.
  size_t value_count;         // Level entries: nulls and empty lists included.
  size_t null_count;
  size_t row_count;
  size_t definition_levels_bytes;
  size_t repetition_levels_bytes;
  bool is_compressed;        // The values: levels never are.
  uint32_t crc;              // CRC-32 of the bytes as on disk, header excluded.
  pqflow_encoding encoding;  // Of the values.
};

struct DictionaryPage {
  size_t uncompressed_bytes;
  size_t compressed_bytes;
  size_t entry_count;
  uint32_t crc;
};

// Replaces `out`. Does not allocate when `out` has kMaxPageHeaderBytes of room.
void encode_page_header(const DataPageV1& page, std::vector<uint8_t>& out);
void encode_page_header(const DataPageV2& page, std::vector<uint8_t>& out);
void encode_dictionary_header(const DictionaryPage& page, std::vector<uint8_t>& out);

}  // namespace pqflow::parquet
