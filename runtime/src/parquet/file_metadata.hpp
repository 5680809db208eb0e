// Collects finished row groups and prints the footer (thrift compact FileMetaData, its length, PAR1).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "columns/record_schema.hpp"
#include "parquet/row_group_writer.hpp"

namespace pqflow::parquet {

struct KeyValue {
  std::string key;
  std::string value;
};

// Writer thread only.
class FileMetadata {
 public:
  explicit FileMetadata(const columns::RecordSchema& schema);
  ~FileMetadata();
  // `file_offset_bytes`: where the row group's first byte lies in the file.
  void add(const EncodedRowGroup& row_group, uint64_t file_offset_bytes);
  // The trailer record that follows a row group's pages: magic, length, CRC, RowGroup metadata, sequence range of its records (RUNTIME.md 5.1 point 5).
  void encode_trailer(const EncodedRowGroup& row_group, uint64_t file_offset_bytes, uint64_t first_sequence, std::vector<uint8_t>& out) const;
  // Schema text, the schema's own key-values, then `capture` entries.
  void encode_footer(std::span<const KeyValue> capture, std::vector<uint8_t>& out) const;
  uint64_t row_count() const noexcept;
  size_t row_group_count() const noexcept;
  // Approximate encoded footer size so far: the sink rotates when its cap is reached.
  size_t footer_bytes() const noexcept;
  void clear() noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace pqflow::parquet
