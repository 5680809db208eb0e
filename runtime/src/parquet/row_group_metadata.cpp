#include "parquet/row_group_metadata.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "columns/type_rules.hpp"
#include "parquet/page_header.hpp"

namespace pqflow::parquet {
namespace {

// The deprecated fields 1 and 2 (min and max by signed comparison) are not written.
void encode_statistics(const ColumnIdentity& column, const EncodedChunk& chunk, ThriftWriter& thrift) {
  thrift.field_struct(12);
  thrift.field_i64(3, signed_of(chunk.null_count));
  if (chunk.distinct_count != 0) {
    thrift.field_i64(4, signed_of(chunk.distinct_count));
  }
  if (chunk.bounds.is_present) {
    thrift.field_binary(5, chunk.bounds.max);
    thrift.field_binary(6, chunk.bounds.min);
    thrift.field_bool(7, chunk.bounds.is_max_exact);
    thrift.field_bool(8, chunk.bounds.is_min_exact);
  }
  if (column.is_floating) {
    // parquet-format 2.13, ColumnOrder, of either order: "The nan_count field must be set for floating point types, even if it is zero."
    thrift.field_i64(9, signed_of(chunk.nan_count));
  }
  thrift.end_struct();
}

void encode_page_count(int32_t page_type, int32_t encoding, uint32_t count, ThriftWriter& thrift) {
  thrift.begin_struct();
  thrift.field_i32(1, page_type);
  thrift.field_i32(2, encoding);
  thrift.field_i32(3, static_cast<int32_t>(count));
  thrift.end_struct();
}

size_t count_used(const EncodedChunk& chunk) {
  return static_cast<size_t>(std::ranges::count_if(chunk.pages_by_encoding, [](uint32_t count) { return count != 0; }));
}

void encode_encoding_stats(const EncodedChunk& chunk, ThriftWriter& thrift) {
  const bool has_dictionary = chunk.dictionary_bytes != 0;
  const int32_t data_page = chunk.data_page_version == 2 ? kDataPageV2 : kDataPage;
  thrift.field_list(13, ThriftType::kStruct, count_used(chunk) + (has_dictionary ? 1 : 0));
  if (has_dictionary) {
    encode_page_count(kDictionaryPage, PQFLOW_ENCODING_PLAIN, 1, thrift);
  }
  for (size_t encoding = 0; encoding < chunk.pages_by_encoding.size(); ++encoding) {
    if (chunk.pages_by_encoding[encoding] != 0) {
      encode_page_count(data_page, static_cast<int32_t>(encoding), chunk.pages_by_encoding[encoding], thrift);
    }
  }
}

// Every encoding in the chunk: of the values, of the dictionary's entries, and of the levels; page headers name RLE for required columns
// too.
void encode_encodings(const EncodedChunk& chunk, ThriftWriter& thrift) {
  std::array<bool, kEncodingCount> is_used = {};
  for (size_t encoding = 0; encoding < kEncodingCount; ++encoding) {
    is_used[encoding] = chunk.pages_by_encoding[encoding] != 0;
  }
  is_used[PQFLOW_ENCODING_PLAIN] |= chunk.dictionary_bytes != 0;
  is_used[PQFLOW_ENCODING_RLE] = true;
  thrift.field_list(2, ThriftType::kI32, static_cast<size_t>(std::ranges::count(is_used, true)));
  for (size_t encoding = 0; encoding < kEncodingCount; ++encoding) {
    if (is_used[encoding]) {
      thrift.element_i32(static_cast<int32_t>(encoding));
    }
  }
}

void encode_path(const ColumnIdentity& column, ThriftWriter& thrift) {
  thrift.field_list(3, ThriftType::kBinary, column.path.size());
  for (const std::string& name : column.path) {
    thrift.element_string(name);
  }
}

// Of all pages together.
void encode_histogram(int16_t id, const std::vector<uint32_t>& histograms, size_t page_count, ThriftWriter& thrift) {
  if (histograms.empty()) {
    return;
  }
  const size_t level_count = histograms.size() / page_count;
  thrift.field_list(id, ThriftType::kI64, level_count);
  for (size_t level = 0; level < level_count; ++level) {
    int64_t total = 0;
    for (size_t index = level; index < histograms.size(); index += level_count) {
      total += histograms[index];
    }
    thrift.element_i64(total);
  }
}

void encode_size_statistics(const ColumnIdentity& column, const EncodedChunk& chunk, ThriftWriter& thrift) {
  const bool is_byte_array = column.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY;
  const bool has_histograms = chunk.page_index != nullptr && chunk.page_index->has_histograms();
  if (!is_byte_array && !has_histograms) {
    return;
  }
  thrift.field_struct(16);
  if (is_byte_array) {
    thrift.field_i64(1, signed_of(chunk.byte_array_bytes));
  }
  if (has_histograms) {
    encode_histogram(2, chunk.page_index->repetition_histograms, chunk.page_index->pages.size(), thrift);
    encode_histogram(3, chunk.page_index->definition_histograms, chunk.page_index->pages.size(), thrift);
  }
  thrift.end_struct();
}

void encode_column_metadata(const ColumnIdentity& column, const EncodedChunk& chunk, uint64_t file_offset_bytes, ThriftWriter& thrift) {
  thrift.field_struct(3);
  thrift.field_i32(1, column.physical_type);
  encode_encodings(chunk, thrift);
  encode_path(column, thrift);
  thrift.field_i32(4, chunk.codec);
  thrift.field_i64(5, signed_of(chunk.value_count));
  thrift.field_i64(6, signed_of(chunk.uncompressed_bytes));
  thrift.field_i64(7, signed_of(chunk.compressed_bytes));
  const uint64_t first_page_offset_bytes = file_offset_bytes + chunk.offset_bytes;
  thrift.field_i64(9, signed_of(first_page_offset_bytes + chunk.dictionary_bytes));
  if (chunk.dictionary_bytes != 0) {
    thrift.field_i64(11, signed_of(first_page_offset_bytes));
  }
  encode_statistics(column, chunk, thrift);
  encode_encoding_stats(chunk, thrift);
  if (chunk.bloom_bytes != 0) {
    thrift.field_i64(14, signed_of(file_offset_bytes + chunk.bloom_offset_bytes));
    thrift.field_i32(15, static_cast<int32_t>(chunk.bloom_bytes));
  }
  encode_size_statistics(column, chunk, thrift);
  thrift.end_struct();
}

// Answers where its fields end.
size_t encode_column_chunk(const ColumnIdentity& column, const EncodedChunk& chunk, uint64_t file_offset_bytes, ThriftWriter& thrift) {
  thrift.begin_struct();
  thrift.field_i64(2, 0);  // ColumnChunk.file_offset: deprecated, 0 when no metadata lies outside the footer.
  encode_column_metadata(column, chunk, file_offset_bytes, thrift);
  const size_t end = thrift.position();
  thrift.end_struct();
  return end;
}

void encode_sorting(std::span<const pqflow_sorting_column> sorting, ThriftWriter& thrift) {
  if (sorting.empty()) {
    return;
  }
  thrift.field_list(4, ThriftType::kStruct, sorting.size());
  for (const pqflow_sorting_column& column : sorting) {
    thrift.begin_struct();
    thrift.field_i32(1, static_cast<int32_t>(column.column_index));
    thrift.field_bool(2, column.is_descending != 0);
    thrift.field_bool(3, column.is_nulls_first != 0);
    thrift.end_struct();
  }
}

}  // namespace

std::vector<ColumnIdentity> column_identities(const columns::RecordSchema& schema) {
  std::vector<ColumnIdentity> identities;
  for (size_t index = 0; index < schema.leaf_indices.size(); ++index) {
    const pqflow_field& field = schema.fields[schema.leaf_indices[index]];
    identities.push_back({schema.leaf_paths[index], field.physical_type, columns::is_floating_column(field)});
  }
  return identities;
}

void encode_row_group_fields(const std::vector<ColumnIdentity>& columns, const EncodedRowGroup& row_group, uint64_t file_offset_bytes,
                             size_t ordinal, ThriftWriter& thrift, std::vector<size_t>* chunk_ends) {
  thrift.field_list(1, ThriftType::kStruct, columns.size());
  for (size_t index = 0; index < columns.size(); ++index) {
    const size_t end = encode_column_chunk(columns[index], row_group.chunks[index], file_offset_bytes, thrift);
    if (chunk_ends != nullptr) {
      chunk_ends->push_back(end);
    }
  }
  thrift.field_i64(2, signed_of(row_group.uncompressed_bytes));
  thrift.field_i64(3, signed_of(row_group.row_count));
  encode_sorting(row_group.sorted_by, thrift);
  thrift.field_i64(5, signed_of(file_offset_bytes));
  thrift.field_i64(6, signed_of(row_group.compressed_bytes));
  if (ordinal <= static_cast<size_t>(std::numeric_limits<int16_t>::max())) {
    thrift.field_i16(7, static_cast<int16_t>(ordinal));  // The field is no wider; readers need it for encrypted files alone.
  }
}

}  // namespace pqflow::parquet
