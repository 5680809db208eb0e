#include "parquet/footer_writer.hpp"

#include <utility>

#include "encoding/bytes.hpp"
#include "parquet/row_group_metadata.hpp"
#include "parquet/thrift_writer.hpp"

namespace pqflow::parquet {
namespace {

constexpr int32_t kFormatVersion = 1;
constexpr int16_t kRowGroupsField = 4;
constexpr uint8_t kFileMagic[] = {'P', 'A', 'R', '1'};
// The least that a ColumnChunk takes, roughly.
constexpr size_t kTypicalChunkBytes = 128;
// Fields of both indexes in a ColumnChunk, at most.
constexpr size_t kMaxIndexFieldsBytes = 34;

std::vector<uint8_t> touched_memory(size_t capacity_bytes) {
  std::vector<uint8_t> memory(capacity_bytes);
  memory.clear();
  return memory;
}

void append(std::vector<uint8_t>& to, const std::vector<uint8_t>& bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }

void append_length_and_magic(std::vector<uint8_t>& out, uint32_t length_bytes) {
  uint8_t bytes[sizeof length_bytes];
  encoding::store(bytes, length_bytes);
  out.insert(out.end(), bytes, bytes + sizeof bytes);
  out.insert(out.end(), kFileMagic, kFileMagic + sizeof kFileMagic);
}

// ColumnChunk: offset_index_offset, offset_index_length, column_index_offset, column_index_length. Moves both offsets on.
void encode_index_fields(const ChunkIndexes& chunk, uint64_t& column_index_offset, uint64_t& offset_index_offset,
                         std::vector<uint8_t>& out) {
  ThriftWriter thrift(out);
  thrift.resume_struct(kLastChunkField);
  if (chunk.offset_index_bytes != 0) {
    thrift.field_i64(4, static_cast<int64_t>(offset_index_offset));
    thrift.field_i32(5, static_cast<int32_t>(chunk.offset_index_bytes));
  }
  if (chunk.column_index_bytes != 0) {
    thrift.field_i64(6, static_cast<int64_t>(column_index_offset));
    thrift.field_i32(7, static_cast<int32_t>(chunk.column_index_bytes));
  }
  offset_index_offset += chunk.offset_index_bytes;
  column_index_offset += chunk.column_index_bytes;
}

}  // namespace

void encode_key_value(const KeyValue& entry, ThriftWriter& thrift) {
  thrift.begin_struct();
  thrift.field_string(1, entry.key);
  thrift.field_string(2, entry.value);
  thrift.end_struct();
}

FooterWriter::FooterWriter(FooterFields fields, size_t capacity_bytes)
    : fields_(std::move(fields)),
      row_groups_(touched_memory(capacity_bytes)),
      column_indexes_(touched_memory(capacity_bytes / 2)),
      offset_indexes_(touched_memory(capacity_bytes / 2)) {
  chunks_.reserve(capacity_bytes / kTypicalChunkBytes);
}

void FooterWriter::add(const RowGroupEntry& entry) {
  last_row_group_start_ = row_groups_.size();
  for (const ChunkIndexes& chunk : entry.chunks) {
    chunks_.push_back({last_row_group_start_ + chunk.fields_end, chunk.column_index_bytes, chunk.offset_index_bytes});
  }
  append(row_groups_, entry.row_group);
  append(column_indexes_, entry.column_indexes);
  append(offset_indexes_, entry.offset_indexes);
  has_page_index_ |= entry.has_several_pages;
  row_count_ += entry.row_count;
  ++row_group_count_;
}

// ---- Printing ----

// FileMetaData: version and schema.
void FooterWriter::append_schema(ThriftWriter& thrift) const {
  thrift.field_i32(1, kFormatVersion);
  thrift.field_list(2, ThriftType::kStruct, fields_.schema_element_count);
  thrift.encoded_elements(fields_.schema_elements);
}

// The row groups with the places of their indexes, which lie at `file_offset_bytes`.
void FooterWriter::append_row_groups(uint64_t file_offset_bytes, std::vector<uint8_t>& out) const {
  if (!has_page_index_) {
    append(out, row_groups_);
    return;
  }
  uint64_t column_index_offset = file_offset_bytes;
  uint64_t offset_index_offset = file_offset_bytes + column_indexes_.size();
  auto from = row_groups_.begin();
  for (const ChunkIndexes& chunk : chunks_) {
    const auto until = row_groups_.begin() + static_cast<ptrdiff_t>(chunk.fields_end);
    out.insert(out.end(), from, until);
    encode_index_fields(chunk, column_index_offset, offset_index_offset, out);
    from = until;
  }
  out.insert(out.end(), from, row_groups_.end());
}

// FileMetaData: what follows the row groups, and its end.
void FooterWriter::append_tail(std::span<const KeyValue> capture, ThriftWriter& thrift) const {
  if (const size_t key_value_count = fields_.key_value_count + capture.size(); key_value_count != 0) {
    thrift.field_list(5, ThriftType::kStruct, key_value_count);
    thrift.encoded_elements(fields_.key_values);
    for (const KeyValue& entry : capture) {
      encode_key_value(entry, thrift);
    }
  }
  thrift.field_string(6, fields_.created_by);
  thrift.field_list(7, ThriftType::kStruct, fields_.column_count);
  thrift.encoded_elements(fields_.column_orders);
  thrift.end_struct();
}

void FooterWriter::encode(std::span<const KeyValue> capture, uint64_t file_offset_bytes, std::vector<uint8_t>& out) const {
  out.clear();
  if (has_page_index_) {
    append(out, column_indexes_);
    append(out, offset_indexes_);
  }
  const size_t indexes_bytes = out.size();
  ThriftWriter thrift(out);
  thrift.begin_struct();
  append_schema(thrift);
  thrift.field_i64(3, static_cast<int64_t>(row_count_));
  thrift.field_list(kRowGroupsField, ThriftType::kStruct, row_group_count_);
  append_row_groups(file_offset_bytes, out);
  append_tail(capture, thrift);
  append_length_and_magic(out, static_cast<uint32_t>(out.size() - indexes_bytes));
}

void FooterWriter::encode_fields(std::vector<uint8_t>& out) const {
  ThriftWriter thrift(out);
  thrift.begin_struct();
  append_schema(thrift);
  thrift.field_i64(3, 0);
  thrift.field_list(kRowGroupsField, ThriftType::kStruct, 0);
  append_tail({}, thrift);
}

FileFields FooterWriter::file_fields() const {
  FileFields fields;
  ThriftWriter before(fields.before_row_count);
  before.begin_struct();
  append_schema(before);
  ThriftWriter after(fields.after_row_groups);
  after.resume_struct(kRowGroupsField);
  append_tail({}, after);
  return fields;
}

// ---- Sizes ----

size_t FooterWriter::footer_bytes() const noexcept {
  // Version, counts, list headers, created_by and the frame take less than this; column orders take three bytes each.
  constexpr size_t kOtherBytes = 128;
  const size_t index_bytes = has_page_index_ ? column_indexes_.size() + offset_indexes_.size() + chunks_.size() * kMaxIndexFieldsBytes : 0;
  return fields_.schema_elements.size() + fields_.key_values.size() + row_groups_.size() + index_bytes + 3 * fields_.column_count +
         kOtherBytes;
}

size_t FooterWriter::memory_bytes() const noexcept {
  return sizeof *this + fields_.schema_elements.capacity() + fields_.key_values.capacity() + fields_.column_orders.capacity() +
         row_groups_.capacity() + column_indexes_.capacity() + offset_indexes_.capacity() + chunks_.capacity() * sizeof(ChunkIndexes);
}

void FooterWriter::clear() noexcept {
  row_groups_.clear();
  column_indexes_.clear();
  offset_indexes_.clear();
  chunks_.clear();
  has_page_index_ = false;
  row_group_count_ = 0;
  row_count_ = 0;
}

}  // namespace pqflow::parquet
