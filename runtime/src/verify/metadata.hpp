// The structures of parquet.thrift that the verifier works with, as plain data. Absent optional fields are empty. Bytes refer to the
// footer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "verify/fields.hpp"

namespace pqflow::verify {

// Parquet's numbers.
enum class PhysicalType : uint8_t { kBoolean = 0, kInt32, kInt64, kInt96, kFloat, kDouble, kByteArray, kFixedLenByteArray };
enum class Repetition : uint8_t { kRequired = 0, kOptional, kRepeated };
enum Encoding : uint8_t {
  kPlain = 0,
  kPlainDictionary = 2,
  kRle = 3,
  kBitPacked = 4,
  kDeltaBinaryPacked = 5,
  kDeltaLengthByteArray = 6,
  kDeltaByteArray = 7,
  kRleDictionary = 8,
  kByteStreamSplit = 9
};
enum PageType : uint8_t { kDataPage = 0, kIndexPage = 1, kDictionaryPage = 2, kDataPageV2 = 3 };
// Field ids of union LogicalType.
enum LogicalId : uint8_t {
  kNoLogical = 0,
  kString = 1,
  kMapLogical = 2,
  kListLogical = 3,
  kEnum = 4,
  kDecimalLogical = 5,
  kDate = 6,
  kTime = 7,
  kTimestamp = 8,
  kInteger = 10,
  kUnknown = 11,
  kJson = 12,
  kBson = 13,
  kUuid = 14,
  kFloat16 = 15,
  kVariant = 16,
  kGeometry = 17,
  kGeography = 18
};
// enum ConvertedType.
enum Converted : uint8_t {
  kConvertedUtf8 = 0,
  kConvertedMap,
  kConvertedMapKeyValue,
  kConvertedList,
  kConvertedEnum,
  kConvertedDecimal,
  kConvertedDate,
  kConvertedTimeMillis,
  kConvertedTimeMicros,
  kConvertedTimestampMillis,
  kConvertedTimestampMicros,
  kConvertedUint8,
  kConvertedUint16,
  kConvertedUint32,
  kConvertedUint64,
  kConvertedInt8,
  kConvertedInt16,
  kConvertedInt32,
  kConvertedInt64,
  kConvertedJson,
  kConvertedBson,
  kConvertedInterval
};

struct LogicalType {
  uint8_t id = kNoLogical;
  int64_t scale = 0;  // DECIMAL
  int64_t precision = 0;
  bool is_adjusted_to_utc = false;  // TIME, TIMESTAMP
  uint8_t unit = 0;                 // 1 MILLIS, 2 MICROS, 3 NANOS
  int64_t bit_width = 0;            // INTEGER
  bool is_signed = false;
};

struct SchemaElement {
  std::optional<int64_t> type;
  std::optional<int64_t> type_length;
  std::optional<int64_t> repetition;
  std::string name;
  std::optional<int64_t> field_id;
  int64_t child_count = 0;
  std::optional<int64_t> converted;
  std::optional<int64_t> scale;
  std::optional<int64_t> precision;
  std::optional<LogicalType> logical;
};

struct Statistics {
  std::optional<Bytes> old_max;  // Deprecated fields 1 and 2.
  std::optional<Bytes> old_min;
  std::optional<int64_t> null_count;
  std::optional<int64_t> distinct_count;
  std::optional<Bytes> max;
  std::optional<Bytes> min;
  std::optional<bool> is_max_exact;
  std::optional<bool> is_min_exact;
  std::optional<int64_t> nan_count;
};

struct SizeStatistics {
  std::optional<int64_t> byte_array_bytes;
  std::vector<int64_t> repetition_histogram;
  std::vector<int64_t> definition_histogram;
};

struct PageEncodingStats {
  int64_t page_type;
  int64_t encoding;
  int64_t count;
};

struct FileSpan {
  int64_t offset_bytes;
  int64_t size_bytes;
};

struct ColumnChunk {
  std::optional<std::string> file_path;
  int64_t type = 0;
  std::vector<int64_t> encodings;
  std::vector<std::string> path;
  int64_t codec = 0;
  int64_t value_count = 0;
  int64_t uncompressed_bytes = 0;
  int64_t compressed_bytes = 0;
  int64_t data_page_offset = 0;
  std::optional<int64_t> dictionary_page_offset;
  std::optional<Statistics> statistics;
  std::vector<PageEncodingStats> encoding_stats;
  std::optional<int64_t> bloom_offset;
  std::optional<int64_t> bloom_bytes;
  std::optional<SizeStatistics> sizes;
  std::optional<FileSpan> offset_index;
  std::optional<FileSpan> column_index;

  // Where the chunk's pages begin. Some writers leave a dictionary_page_offset of 0; Arrow C++ a data_page_offset of 0 where a chunk has a
  // dictionary page alone.
  int64_t first_page_offset() const {
    const int64_t dictionary = dictionary_page_offset.value_or(0);
    return dictionary > 0 && (dictionary < data_page_offset || data_page_offset == 0) ? dictionary : data_page_offset;
  }
  // Whether its pages lie between the magic and the footer, which begins at `data_end_bytes`.
  bool lies_inside(uint64_t data_end_bytes) const {
    constexpr int64_t kMagicBytes = 4;
    const int64_t first = first_page_offset();
    const auto end_bytes = static_cast<int64_t>(data_end_bytes);
    return is_without_pages() ||
           (first >= kMagicBytes && compressed_bytes >= 0 && first <= end_bytes && compressed_bytes <= end_bytes - first);
  }
  // A chunk of no rows may have no pages, and then no place.
  bool is_without_pages() const { return compressed_bytes == 0 && value_count == 0; }
};

struct SortingColumn {
  int64_t column_index;
  bool is_descending;
  bool is_nulls_first;
};

struct RowGroup {
  std::vector<ColumnChunk> columns;
  int64_t uncompressed_bytes = 0;
  int64_t row_count = 0;
  std::vector<SortingColumn> sorting;
  std::optional<int64_t> file_offset;
  std::optional<int64_t> compressed_bytes;
  std::optional<int64_t> ordinal;
};

struct FileMetadata {
  int64_t version = 0;
  std::vector<SchemaElement> schema;
  int64_t row_count = 0;
  std::vector<RowGroup> row_groups;
  std::vector<std::pair<std::string, std::string>> key_values;
  std::optional<std::string> created_by;
  std::optional<size_t> column_order_count;
  std::vector<uint8_t> column_orders;  // Field id of each ColumnOrder: 1 TYPE_ORDER, 2 IEEE_754_TOTAL_ORDER.
};

struct PageHeader {
  int64_t type = 0;
  int64_t uncompressed_bytes = 0;
  int64_t compressed_bytes = 0;
  std::optional<int64_t> crc;
  int64_t value_count = 0;  // Dictionary pages: entries.
  int64_t encoding = 0;
  int64_t definition_encoding = kRle;  // V1
  int64_t repetition_encoding = kRle;
  int64_t null_count = 0;  // V2
  int64_t row_count = 0;
  int64_t definition_bytes = 0;
  int64_t repetition_bytes = 0;
  bool is_compressed = true;
  std::optional<Statistics> statistics;

  bool is_data() const { return type == kDataPage || type == kDataPageV2; }
};

struct PageLocation {
  int64_t offset_bytes;
  int64_t size_bytes;
  int64_t first_row;
};

struct OffsetIndex {
  std::vector<PageLocation> pages;
  std::vector<int64_t> byte_array_bytes;
};

struct ColumnIndex {
  std::vector<int64_t> null_pages;
  std::vector<Bytes> mins;
  std::vector<Bytes> maxes;
  int64_t boundary_order = 0;
  std::vector<int64_t> null_counts;
  std::vector<int64_t> repetition_histograms;  // One after the other, page by page.
  std::vector<int64_t> definition_histograms;
  std::vector<int64_t> nan_counts;
};

struct BloomHeader {
  int64_t size_bytes = 0;
  bool is_block = false;
  bool is_xxhash = false;
  bool is_uncompressed = false;
};

// Fills the structure, reporting what is missing or of the wrong type.
FileMetadata read_file_metadata(const Fields& fields);
PageHeader read_page_header(const Fields& fields);
OffsetIndex read_offset_index(const Fields& fields);
ColumnIndex read_column_index(const Fields& fields);
BloomHeader read_bloom_header(const Fields& fields);

}  // namespace pqflow::verify
