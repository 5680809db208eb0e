#include "parquet/file_metadata.hpp"

#include <algorithm>
#include <cstring>

#include "encoding/bytes.hpp"
#include "encoding/crc32.hpp"
#include "parquet/encoded_row_group.hpp"
#include "parquet/index_encoding.hpp"
#include "parquet/row_group_metadata.hpp"
#include "parquet/schema_elements.hpp"
#include "parquet/thrift_writer.hpp"

namespace pqflow::parquet {
namespace {

constexpr int32_t kFormatVersion = 1;
constexpr int16_t kRowGroupsField = 4;
// "<application> version <x.y.z> (build <hash>)": the form parquet-java parses. A release has no hash of its own; the word keeps equal
// records giving equal files.
constexpr std::string_view kCreatedBy = "pqflow version " PQFLOW_VERSION " (build release)";
constexpr std::string_view kSchemaKey = "pqflow:schema";
constexpr uint8_t kFileMagic[] = {'P', 'A', 'R', '1'};
constexpr uint8_t kTrailerMagic[] = {'P', 'Q', 'T', '1'};
constexpr size_t kMagicBytes = 4;

void append_u32(std::vector<uint8_t>& out, uint32_t value) {
  uint8_t bytes[sizeof(value)];
  encoding::store(bytes, value);
  out.insert(out.end(), bytes, bytes + sizeof(bytes));
}

void append_magic(std::vector<uint8_t>& out, const uint8_t (&magic)[kMagicBytes]) { out.insert(out.end(), magic, magic + kMagicBytes); }

void encode_key_value(std::string_view key, std::string_view value, ThriftWriter& thrift) {
  thrift.begin_struct();
  thrift.field_string(1, key);
  thrift.field_string(2, value);
  thrift.end_struct();
}

std::vector<uint8_t> encode_schema_key_values(const columns::RecordSchema& schema) {
  std::vector<uint8_t> encoded;
  ThriftWriter thrift(encoded);
  if (!schema.schema_json.empty()) {
    encode_key_value(kSchemaKey, schema.schema_json, thrift);
  }
  for (const auto& [key, value] : schema.key_values) {
    encode_key_value(key, value, thrift);
  }
  return encoded;
}

std::vector<uint8_t> encode_elements(const columns::RecordSchema& schema) {
  std::vector<uint8_t> encoded;
  encode_schema_elements(schema, encoded);
  return encoded;
}

void encode_lane_ranges(std::span<const LaneRange> lanes, ThriftWriter& thrift) {
  thrift.field_list(2, ThriftType::kStruct, lanes.size());
  for (const LaneRange& lane : lanes) {
    thrift.begin_struct();
    thrift.field_i32(1, static_cast<int32_t>(lane.lane_index));
    thrift.field_i64(2, static_cast<int64_t>(lane.first_sequence));
    thrift.field_i64(3, static_cast<int64_t>(lane.record_count));
    thrift.end_struct();
  }
}

// A ColumnChunk in the encoded row groups, and the indexes that belong to it.
struct ChunkPlace {
  size_t fields_end;  // Where the fields of its indexes are put in.
  uint32_t column_index_bytes;
  uint32_t offset_index_bytes;
};

// The least that a ColumnChunk takes, roughly.
constexpr size_t kTypicalChunkBytes = 128;
// Fields of both indexes in a ColumnChunk, at most.
constexpr size_t kMaxIndexFieldsBytes = 34;

std::vector<uint8_t> touched_memory(size_t capacity_bytes) {
  std::vector<uint8_t> memory(capacity_bytes);
  memory.clear();
  return memory;
}

// ColumnChunk: offset_index_offset, offset_index_length, column_index_offset, column_index_length. Moves both offsets on.
void encode_index_fields(const ChunkPlace& chunk, uint64_t& column_index_offset, uint64_t& offset_index_offset, std::vector<uint8_t>& out) {
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

struct FileMetadata::State {
  void add_indexes(const EncodedRowGroup& row_group, uint64_t file_offset_bytes);
  void append_row_groups(uint64_t file_offset_bytes, std::vector<uint8_t>& out) const;
  void append_schema(ThriftWriter& thrift) const;
  void append_tail(std::span<const KeyValue> capture, ThriftWriter& thrift) const;

  std::vector<ColumnIdentity> columns;
  std::vector<uint8_t> schema_elements;    // Encoded.
  std::vector<uint8_t> schema_key_values;  // Encoded.
  size_t element_count;
  size_t schema_key_value_count;
  uint64_t layout_fingerprint;
  uint64_t schema_fingerprint;
  pqflow_float_order float_order;
  std::vector<uint8_t> row_groups;      // Encoded, without the places of indexes.
  std::vector<uint8_t> column_indexes;  // Encoded.
  std::vector<uint8_t> offset_indexes;  // Encoded.
  std::vector<ChunkPlace> chunks = {};  // Of all row groups.
  std::vector<size_t> chunk_ends = {};  // Of the row group that is added.
  bool has_sorting = false;
  bool has_page_index = false;  // Whether the footer will: only where a chunk has more than one page.
  size_t last_row_group_start = 0;
  size_t row_group_count = 0;
  size_t unsorted_row_group_count = 0;
  uint64_t row_count = 0;
};

FileMetadata::FileMetadata(const columns::RecordSchema& schema, pqflow_float_order float_order, size_t capacity_bytes)
    : state_(std::make_unique<State>(State{.columns = column_identities(schema),
                                           .schema_elements = encode_elements(schema),
                                           .schema_key_values = encode_schema_key_values(schema),
                                           .element_count = schema.fields.size() + 1,
                                           .schema_key_value_count = schema.key_values.size() + (schema.schema_json.empty() ? 0U : 1U),
                                           .layout_fingerprint = schema.layout_fingerprint,
                                           .schema_fingerprint = schema.schema_fingerprint,
                                           .float_order = float_order,
                                           .row_groups = touched_memory(capacity_bytes),
                                           .column_indexes = touched_memory(capacity_bytes / 2),
                                           .offset_indexes = touched_memory(capacity_bytes / 2),
                                           .has_sorting = !schema.sorting_columns.empty()})) {
  state_->chunks.reserve(capacity_bytes / kTypicalChunkBytes);
  state_->chunk_ends.reserve(state_->columns.size());
}

FileMetadata::~FileMetadata() = default;

void FileMetadata::add(const EncodedRowGroup& row_group, uint64_t file_offset_bytes) {
  ThriftWriter thrift(state_->row_groups);
  state_->last_row_group_start = state_->row_groups.size();
  thrift.begin_struct();
  state_->chunk_ends.clear();
  encode_row_group_fields(state_->columns, row_group, file_offset_bytes, state_->row_group_count, thrift, &state_->chunk_ends);
  thrift.end_struct();
  state_->add_indexes(row_group, file_offset_bytes);
  ++state_->row_group_count;
  state_->unsorted_row_group_count += state_->has_sorting && row_group.sorted_by.empty() ? 1U : 0U;
  state_->row_count += row_group.row_count;
}

void FileMetadata::State::add_indexes(const EncodedRowGroup& row_group, uint64_t file_offset_bytes) {
  for (size_t column = 0; column < columns.size(); ++column) {
    const EncodedChunk& chunk = row_group.chunks[column];
    const size_t column_indexes_before = column_indexes.size();
    const size_t offset_indexes_before = offset_indexes.size();
    if (chunk.page_index != nullptr) {
      has_page_index |= chunk.page_index->pages.size() > 1;
      if (chunk.page_index->has_column_index) {
        encode_column_index(*chunk.page_index, columns[column].is_floating, column_indexes);
      }
      const uint64_t first_page_offset_bytes = file_offset_bytes + chunk.offset_bytes + chunk.dictionary_bytes;
      encode_offset_index(*chunk.page_index, first_page_offset_bytes, columns[column].physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY,
                          offset_indexes);
    }
    chunks.push_back({chunk_ends[column], static_cast<uint32_t>(column_indexes.size() - column_indexes_before),
                      static_cast<uint32_t>(offset_indexes.size() - offset_indexes_before)});
  }
}

// The row groups with the places of their indexes, which lie at `file_offset_bytes`.
void FileMetadata::State::append_row_groups(uint64_t file_offset_bytes, std::vector<uint8_t>& out) const {
  if (!has_page_index) {
    out.insert(out.end(), row_groups.begin(), row_groups.end());
    return;
  }
  uint64_t column_index_offset = file_offset_bytes;
  uint64_t offset_index_offset = file_offset_bytes + column_indexes.size();
  auto from = row_groups.begin();
  for (const ChunkPlace& chunk : chunks) {
    const auto until = row_groups.begin() + static_cast<ptrdiff_t>(chunk.fields_end);
    out.insert(out.end(), from, until);
    encode_index_fields(chunk, column_index_offset, offset_index_offset, out);
    from = until;
  }
  out.insert(out.end(), from, row_groups.end());
}

// FileMetaData: version and schema.
void FileMetadata::State::append_schema(ThriftWriter& thrift) const {
  thrift.field_i32(1, kFormatVersion);
  thrift.field_list(2, ThriftType::kStruct, element_count);
  thrift.encoded_elements(schema_elements);
}

// FileMetaData: what follows the row groups, and its end.
void FileMetadata::State::append_tail(std::span<const KeyValue> capture, ThriftWriter& thrift) const {
  if (const size_t key_value_count = schema_key_value_count + capture.size(); key_value_count != 0) {
    thrift.field_list(5, ThriftType::kStruct, key_value_count);
    thrift.encoded_elements(schema_key_values);
    for (const KeyValue& entry : capture) {
      encode_key_value(entry.key, entry.value, thrift);
    }
  }
  thrift.field_string(6, kCreatedBy);
  thrift.field_list(7, ThriftType::kStruct, columns.size());
  for (const ColumnIdentity& column : columns) {
    thrift.begin_struct();  // union ColumnOrder, of empty structs.
    thrift.field_empty_struct(column.is_floating ? float_order : PQFLOW_FLOAT_ORDER_TYPE_ORDER);
    thrift.end_struct();
  }
  thrift.end_struct();
}

FileFields FileMetadata::fields() const {
  FileFields fields;
  ThriftWriter before(fields.before_row_count);
  before.begin_struct();
  state_->append_schema(before);
  ThriftWriter after(fields.after_row_groups);
  after.resume_struct(kRowGroupsField);
  state_->append_tail({}, after);
  return fields;
}

std::span<const uint8_t> FileMetadata::last_row_group() const noexcept {
  return std::span<const uint8_t>(state_->row_groups).subspan(state_->last_row_group_start);
}

void FileMetadata::encode_trailer(const EncodedRowGroup& row_group, uint64_t file_offset_bytes, std::span<const LaneRange> lanes,
                                  std::vector<uint8_t>& out) const {
  out.assign(kTrailerHeaderBytes, 0);
  ThriftWriter thrift(out);
  thrift.begin_struct();
  thrift.field_struct(1);
  encode_row_group_fields(state_->columns, row_group, file_offset_bytes, state_->row_group_count, thrift);
  thrift.end_struct();
  encode_lane_ranges(lanes, thrift);
  thrift.field_i64(3, static_cast<int64_t>(state_->layout_fingerprint));
  thrift.field_i64(4, static_cast<int64_t>(state_->schema_fingerprint));
  if (state_->float_order != PQFLOW_FLOAT_ORDER_TYPE_ORDER) {
    thrift.field_i32(5, state_->float_order);
  }
  thrift.end_struct();
  const size_t payload_bytes = out.size() - kTrailerHeaderBytes;
  std::memcpy(out.data(), kTrailerMagic, kMagicBytes);
  encoding::store(out.data() + 4, static_cast<uint32_t>(payload_bytes));
  encoding::store(out.data() + 8, encoding::crc32(0, out.data() + kTrailerHeaderBytes, payload_bytes));
  append_u32(out, static_cast<uint32_t>(payload_bytes));
  append_magic(out, kTrailerMagic);
}

void FileMetadata::encode_footer(std::span<const KeyValue> capture, uint64_t file_offset_bytes, std::vector<uint8_t>& out) const {
  out.clear();
  if (state_->has_page_index) {
    out.insert(out.end(), state_->column_indexes.begin(), state_->column_indexes.end());
    out.insert(out.end(), state_->offset_indexes.begin(), state_->offset_indexes.end());
  }
  const size_t indexes_bytes = out.size();
  ThriftWriter thrift(out);
  thrift.begin_struct();
  state_->append_schema(thrift);
  thrift.field_i64(3, static_cast<int64_t>(state_->row_count));
  thrift.field_list(kRowGroupsField, ThriftType::kStruct, state_->row_group_count);
  state_->append_row_groups(file_offset_bytes, out);
  state_->append_tail(capture, thrift);
  append_u32(out, static_cast<uint32_t>(out.size() - indexes_bytes));
  append_magic(out, kFileMagic);
}

uint64_t FileMetadata::row_count() const noexcept { return state_->row_count; }
size_t FileMetadata::row_group_count() const noexcept { return state_->row_group_count; }
size_t FileMetadata::unsorted_row_group_count() const noexcept { return state_->unsorted_row_group_count; }

size_t FileMetadata::footer_bytes() const noexcept {
  // Version, counts, list headers, created_by and the frame take less than this; column orders take three bytes each.
  constexpr size_t kOtherBytes = 128;
  const size_t index_bytes =
      state_->has_page_index ? state_->column_indexes.size() + state_->offset_indexes.size() + state_->chunks.size() * kMaxIndexFieldsBytes
                             : 0;
  return state_->schema_elements.size() + state_->schema_key_values.size() + state_->row_groups.size() + index_bytes +
         3 * state_->columns.size() + kOtherBytes;
}

size_t FileMetadata::memory_bytes() const noexcept {
  return sizeof(State) + state_->schema_elements.capacity() + state_->schema_key_values.capacity() + state_->row_groups.capacity() +
         state_->column_indexes.capacity() + state_->offset_indexes.capacity() + state_->chunks.capacity() * sizeof(ChunkPlace);
}

void FileMetadata::clear() noexcept {
  state_->row_groups.clear();
  state_->column_indexes.clear();
  state_->offset_indexes.clear();
  state_->chunks.clear();
  state_->has_page_index = false;
  state_->row_group_count = 0;
  state_->unsorted_row_group_count = 0;
  state_->row_count = 0;
}

}  // namespace pqflow::parquet
