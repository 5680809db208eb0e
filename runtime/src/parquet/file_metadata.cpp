#include "parquet/file_metadata.hpp"

#include <string_view>

#include "parquet/encoded_row_group.hpp"
#include "parquet/index_encoding.hpp"
#include "parquet/schema_elements.hpp"
#include "parquet/thrift_writer.hpp"

namespace pqflow::parquet {
namespace {

// "<application> version <x.y.z> (build <hash>)": the form parquet-java parses. A release has no hash of its own; the word keeps equal
// records giving equal files.
constexpr std::string_view kCreatedBy = "pqflow version " PQFLOW_VERSION " (build release)";
constexpr std::string_view kSchemaKey = "pqflow:schema";
// Of the footer's memory, for one row group.
constexpr size_t kEntryShare = 16;

std::vector<uint8_t> encode_schema_key_values(const columns::RecordSchema& schema) {
  std::vector<uint8_t> encoded;
  ThriftWriter thrift(encoded);
  if (!schema.schema_json.empty()) {
    encode_key_value({std::string(kSchemaKey), schema.schema_json}, thrift);
  }
  for (const auto& [key, value] : schema.key_values) {
    encode_key_value({key, value}, thrift);
  }
  return encoded;
}

// Structs of union ColumnOrder, of empty structs.
std::vector<uint8_t> encode_column_orders(const std::vector<ColumnIdentity>& columns, pqflow_float_order float_order) {
  std::vector<uint8_t> encoded;
  ThriftWriter thrift(encoded);
  for (const ColumnIdentity& column : columns) {
    thrift.begin_struct();
    thrift.field_empty_struct(column.is_floating ? float_order : PQFLOW_FLOAT_ORDER_TYPE_ORDER);
    thrift.end_struct();
  }
  return encoded;
}

FooterFields footer_fields(const columns::RecordSchema& schema, const std::vector<ColumnIdentity>& columns,
                           pqflow_float_order float_order) {
  FooterFields fields;
  encode_schema_elements(schema, fields.schema_elements);
  fields.schema_element_count = schema.fields.size() + 1;
  fields.key_values = encode_schema_key_values(schema);
  fields.key_value_count = schema.key_values.size() + (schema.schema_json.empty() ? 0U : 1U);
  fields.created_by = kCreatedBy;
  fields.column_orders = encode_column_orders(columns, float_order);
  fields.column_count = columns.size();
  return fields;
}

RowGroupEntry entry_with_room(size_t column_count, size_t capacity_bytes) {
  RowGroupEntry entry;
  entry.row_group.reserve(capacity_bytes);
  entry.chunks.reserve(column_count);
  entry.column_indexes.reserve(capacity_bytes);
  entry.offset_indexes.reserve(capacity_bytes);
  return entry;
}

}  // namespace

FileMetadata::FileMetadata(const columns::RecordSchema& schema, pqflow_float_order float_order, size_t capacity_bytes)
    : columns_(column_identities(schema)),
      layout_fingerprint_(schema.layout_fingerprint),
      schema_fingerprint_(schema.schema_fingerprint),
      float_order_(float_order),
      has_sorting_(!schema.sorting_columns.empty()),
      footer_(footer_fields(schema, columns_, float_order), capacity_bytes),
      entry_(entry_with_room(columns_.size(), capacity_bytes / kEntryShare)) {
  footer_.encode_fields(file_metadata_);
  chunk_ends_.reserve(columns_.size());
}

// Into entry_, as the row group of that number in the file.
void FileMetadata::encode_entry(const EncodedRowGroup& row_group, uint64_t file_offset_bytes, size_t ordinal) {
  entry_.row_group.clear();
  chunk_ends_.clear();
  ThriftWriter thrift(entry_.row_group);
  thrift.begin_struct();
  encode_row_group_fields(columns_, row_group, file_offset_bytes, ordinal, thrift, &chunk_ends_);
  thrift.end_struct();
  entry_.row_count = row_group.row_count;
  encode_indexes(row_group, file_offset_bytes);
}

void FileMetadata::encode_indexes(const EncodedRowGroup& row_group, uint64_t file_offset_bytes) {
  entry_.chunks.clear();
  entry_.column_indexes.clear();
  entry_.offset_indexes.clear();
  entry_.has_several_pages = false;
  for (size_t column = 0; column < columns_.size(); ++column) {
    const EncodedChunk& chunk = row_group.chunks[column];
    const size_t column_indexes_before = entry_.column_indexes.size();
    const size_t offset_indexes_before = entry_.offset_indexes.size();
    if (chunk.page_index != nullptr) {
      entry_.has_several_pages |= chunk.page_index->pages.size() > 1;
      if (chunk.page_index->has_column_index) {
        encode_column_index(*chunk.page_index, columns_[column].is_floating, entry_.column_indexes);
      }
      const uint64_t first_page_offset_bytes = file_offset_bytes + chunk.offset_bytes + chunk.dictionary_bytes;
      encode_offset_index(*chunk.page_index, first_page_offset_bytes, columns_[column].physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY,
                          entry_.offset_indexes);
    }
    entry_.chunks.push_back({chunk_ends_[column], static_cast<uint32_t>(entry_.column_indexes.size() - column_indexes_before),
                             static_cast<uint32_t>(entry_.offset_indexes.size() - offset_indexes_before)});
  }
}

void FileMetadata::add(const EncodedRowGroup& row_group, uint64_t file_offset_bytes) {
  encode_entry(row_group, file_offset_bytes, footer_.row_group_count());
  footer_.add(entry_);
  unsorted_row_group_count_ += has_sorting_ && row_group.sorted_by.empty() ? 1U : 0U;
}

void FileMetadata::encode_trailer(const EncodedRowGroup& row_group, uint64_t file_offset_bytes, std::span<const LaneRange> lanes,
                                  std::vector<uint8_t>& out) {
  encode_entry(row_group, file_offset_bytes, footer_.row_group_count());
  TrailerFacts facts{lanes, layout_fingerprint_, schema_fingerprint_, float_order_, {}, false};
  if (footer_.row_group_count() == 0) {
    facts.file_metadata = file_metadata_;
  }
  encode_trailer_record(entry_, facts, out);
}

void FileMetadata::encode_interim(const EncodedRowGroup& row_group, uint64_t file_offset_bytes, size_t interim_count,
                                  std::span<const LaneRange> lanes, std::vector<uint8_t>& out) {
  encode_entry(row_group, file_offset_bytes, footer_.row_group_count() + interim_count);
  encode_trailer_record(entry_, {lanes, layout_fingerprint_, schema_fingerprint_, float_order_, {}, true}, out);
}

size_t FileMetadata::memory_bytes() const noexcept {
  return footer_.memory_bytes() + file_metadata_.capacity() + entry_.row_group.capacity() +
         entry_.chunks.capacity() * sizeof(ChunkIndexes) + entry_.column_indexes.capacity() + entry_.offset_indexes.capacity() +
         chunk_ends_.capacity() * sizeof(size_t);
}

void FileMetadata::clear() noexcept {
  footer_.clear();
  unsorted_row_group_count_ = 0;
}

}  // namespace pqflow::parquet
