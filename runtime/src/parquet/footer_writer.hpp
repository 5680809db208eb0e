// Prints the end of a file from parts that are encoded already: page indexes, then the footer (thrift compact FileMetaData, its length,
// PAR1). What a writer has just encoded and what was read from an unfinished file make the same footer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "parquet/live_footer.hpp"

namespace pqflow::parquet {

class ThriftWriter;

struct KeyValue {
  std::string key;
  std::string value;
};

// What footers of one schema share, whatever row groups they name. Lists as their elements, one after the other.
struct FooterFields {
  std::vector<uint8_t> schema_elements;
  size_t schema_element_count = 0;
  std::vector<uint8_t> key_values;
  size_t key_value_count = 0;
  std::string created_by;
  std::vector<uint8_t> column_orders;
  size_t column_count = 0;
};

// The indexes of a ColumnChunk in an encoded row group.
struct ChunkIndexes {
  size_t fields_end = 0;  // Where in the RowGroup the fields of their places are put in.
  uint32_t column_index_bytes = 0;
  uint32_t offset_index_bytes = 0;
};

// A row group as footers have it.
struct RowGroupEntry {
  std::vector<uint8_t> row_group;       // RowGroup struct, its chunks without the places of indexes.
  std::vector<ChunkIndexes> chunks;     // One per column; empty: no indexes.
  std::vector<uint8_t> column_indexes;  // One after the other, as `chunks` says.
  std::vector<uint8_t> offset_indexes;
  uint64_t row_count = 0;
  bool has_several_pages = false;  // In one chunk.
};

// Writer thread only; the constructor may run on any thread before.
class FooterWriter {
 public:
  // `capacity_bytes`: memory for row groups, and half as much for either kind of index, taken and touched beforehand; more is allocated
  // when a file's footer grows beyond it.
  FooterWriter(FooterFields fields, size_t capacity_bytes);

  void add(const RowGroupEntry& entry);
  // Replaces `out` by all ColumnIndexes, all OffsetIndexes, FileMetaData, its length and PAR1. A file whose chunks have one page each has
  // no indexes: they would repeat the chunks' statistics. Key-values: those of the fields, then `capture`. `file_offset_bytes`: where `out`
  // will lie.
  void encode(std::span<const KeyValue> capture, uint64_t file_offset_bytes, std::vector<uint8_t>& out) const;
  // Appends the FileMetaData of a file without rows.
  void encode_fields(std::vector<uint8_t>& out) const;
  // What encode_fields() gives before and after the count of rows and the row groups.
  FileFields file_fields() const;

  // The RowGroup added last. Valid until the next add().
  std::span<const uint8_t> last_row_group() const noexcept { return std::span(row_groups_).subspan(last_row_group_start_); }
  uint64_t row_count() const noexcept { return row_count_; }
  size_t row_group_count() const noexcept { return row_group_count_; }
  // Of what encode() would give without `capture`, rounded up.
  size_t footer_bytes() const noexcept;
  size_t memory_bytes() const noexcept;
  // Back to no row groups, for the next file.
  void clear() noexcept;

 private:
  void append_schema(ThriftWriter& thrift) const;
  void append_row_groups(uint64_t file_offset_bytes, std::vector<uint8_t>& out) const;
  void append_tail(std::span<const KeyValue> capture, ThriftWriter& thrift) const;

  const FooterFields fields_;
  std::vector<uint8_t> row_groups_;
  std::vector<uint8_t> column_indexes_;
  std::vector<uint8_t> offset_indexes_;
  std::vector<ChunkIndexes> chunks_;  // Of all row groups; ends count from the first one's beginning.
  bool has_page_index_ = false;
  size_t last_row_group_start_ = 0;
  size_t row_group_count_ = 0;
  uint64_t row_count_ = 0;
};

void encode_key_value(const KeyValue& entry, ThriftWriter& thrift);

}  // namespace pqflow::parquet
