#include "verify/metadata.hpp"

namespace pqflow::verify {
namespace {

// Every union of parquet.thrift has one field set; 0 for none.
uint8_t union_member(const ThriftStruct& fields) { return fields.empty() ? uint8_t{0} : static_cast<uint8_t>(fields.begin()->first); }

void read_decimal(const Fields& fields, LogicalType& logical) {
  logical.scale = fields.required(fields.i32(1, "scale"), "scale");
  logical.precision = fields.required(fields.i32(2, "precision"), "precision");
}

void read_time(const Fields& fields, LogicalType& logical) {
  logical.is_adjusted_to_utc = fields.required(fields.boolean(1, "isAdjustedToUTC"), "isAdjustedToUTC");
  const ThriftStruct* const unit = fields.structure(2, "unit");
  if (unit == nullptr) {
    fields.report_missing("unit");
    return;
  }
  logical.unit = union_member(*unit);
}

void read_integer(const Fields& fields, LogicalType& logical) {
  logical.bit_width = fields.required(fields.integer(1, ThriftKind::kI8, "bitWidth"), "bitWidth");
  logical.is_signed = fields.required(fields.boolean(2, "isSigned"), "isSigned");
}

std::optional<LogicalType> read_logical(const Fields& element) {
  const ThriftStruct* const fields = element.structure(10, "logicalType");
  if (fields == nullptr || fields->empty()) {
    return std::nullopt;
  }
  LogicalType logical;
  logical.id = union_member(*fields);
  const ThriftValue& content = fields->begin()->second;
  if (content.kind != ThriftKind::kStruct) {
    return logical;
  }
  const Fields nested = element.nested(content.fields(), "LogicalType");
  if (logical.id == kDecimalLogical) {
    read_decimal(nested, logical);
  } else if (logical.id == kTime || logical.id == kTimestamp) {
    read_time(nested, logical);
  } else if (logical.id == kInteger) {
    read_integer(nested, logical);
  }
  return logical;
}

SchemaElement read_schema_element(const Fields& fields) {
  SchemaElement element;
  element.type = fields.i32(1, "type");
  element.type_length = fields.i32(2, "type_length");
  element.repetition = fields.i32(3, "repetition_type");
  element.name = fields.required(fields.text(4, "name"), "name");
  element.child_count = fields.i32(5, "num_children").value_or(0);
  element.converted = fields.i32(6, "converted_type");
  element.scale = fields.i32(7, "scale");
  element.precision = fields.i32(8, "precision");
  element.field_id = fields.i32(9, "field_id");
  element.logical = read_logical(fields);
  return element;
}

Statistics read_statistics(const Fields& fields) {
  Statistics statistics;
  statistics.old_max = fields.binary(1, "max");
  statistics.old_min = fields.binary(2, "min");
  statistics.null_count = fields.i64(3, "null_count");
  statistics.distinct_count = fields.i64(4, "distinct_count");
  statistics.max = fields.binary(5, "max_value");
  statistics.min = fields.binary(6, "min_value");
  statistics.is_max_exact = fields.boolean(7, "is_max_value_exact");
  statistics.is_min_exact = fields.boolean(8, "is_min_value_exact");
  statistics.nan_count = fields.i64(9, "nan_count");
  return statistics;
}

std::optional<Statistics> read_optional_statistics(const Fields& fields, int16_t id) {
  const ThriftStruct* const statistics = fields.structure(id, "statistics");
  return statistics == nullptr ? std::nullopt : std::optional(read_statistics(fields.nested(*statistics, "Statistics")));
}

std::optional<SizeStatistics> read_sizes(const Fields& fields) {
  const ThriftStruct* const structure = fields.structure(16, "size_statistics");
  if (structure == nullptr) {
    return std::nullopt;
  }
  const Fields nested = fields.nested(*structure, "SizeStatistics");
  return SizeStatistics{nested.i64(1, "unencoded_byte_array_data_bytes"),
                        nested.integers(2, ThriftKind::kI64, "repetition_level_histogram"),
                        nested.integers(3, ThriftKind::kI64, "definition_level_histogram")};
}

std::vector<PageEncodingStats> read_encoding_stats(const Fields& fields) {
  std::vector<PageEncodingStats> all;
  for (const ThriftStruct* structure : fields.structures(13, "encoding_stats")) {
    const Fields nested = fields.nested(*structure, "PageEncodingStats");
    all.push_back({nested.required(nested.i32(1, "page_type"), "page_type"), nested.required(nested.i32(2, "encoding"), "encoding"),
                   nested.required(nested.i32(3, "count"), "count")});
  }
  return all;
}

void read_column_metadata(const Fields& fields, ColumnChunk& chunk) {
  chunk.type = fields.required(fields.i32(1, "type"), "type");
  chunk.encodings = fields.integers(2, ThriftKind::kI32, "encodings");
  for (const Bytes name : fields.binaries(3, "path_in_schema")) {
    chunk.path.emplace_back(name.begin(), name.end());
  }
  chunk.codec = fields.required(fields.i32(4, "codec"), "codec");
  chunk.value_count = fields.required(fields.i64(5, "num_values"), "num_values");
  chunk.uncompressed_bytes = fields.required(fields.i64(6, "total_uncompressed_size"), "total_uncompressed_size");
  chunk.compressed_bytes = fields.required(fields.i64(7, "total_compressed_size"), "total_compressed_size");
  chunk.data_page_offset = fields.required(fields.i64(9, "data_page_offset"), "data_page_offset");
  chunk.dictionary_page_offset = fields.i64(11, "dictionary_page_offset");
  chunk.statistics = read_optional_statistics(fields, 12);
  chunk.encoding_stats = read_encoding_stats(fields);
  chunk.bloom_offset = fields.i64(14, "bloom_filter_offset");
  chunk.bloom_bytes = fields.i32(15, "bloom_filter_length");
  chunk.sizes = read_sizes(fields);
}

std::optional<FileSpan> read_span(const Fields& fields, int16_t offset_id, int16_t length_id, const char* name) {
  const std::optional<int64_t> offset_bytes = fields.i64(offset_id, name);
  const std::optional<int64_t> size_bytes = fields.i32(length_id, name);
  return offset_bytes && size_bytes ? std::optional(FileSpan{*offset_bytes, *size_bytes}) : std::nullopt;
}

ColumnChunk read_column_chunk(const Fields& fields) {
  ColumnChunk chunk;
  chunk.file_path = fields.text(1, "file_path");
  fields.required(fields.i64(2, "file_offset"), "file_offset");
  if (const ThriftStruct* const metadata = fields.structure(3, "meta_data")) {
    read_column_metadata(fields.nested(*metadata, "ColumnMetaData"), chunk);
  } else {
    fields.report_missing("meta_data");
  }
  chunk.offset_index = read_span(fields, 4, 5, "offset_index");
  chunk.column_index = read_span(fields, 6, 7, "column_index");
  return chunk;
}

RowGroup read_row_group(const Fields& fields) {
  RowGroup group;
  for (const ThriftStruct* chunk : fields.structures(1, "columns")) {
    group.columns.push_back(read_column_chunk(fields.nested(*chunk, "ColumnChunk")));
  }
  group.uncompressed_bytes = fields.required(fields.i64(2, "total_byte_size"), "total_byte_size");
  group.row_count = fields.required(fields.i64(3, "num_rows"), "num_rows");
  for (const ThriftStruct* structure : fields.structures(4, "sorting_columns")) {
    const Fields nested = fields.nested(*structure, "SortingColumn");
    group.sorting.push_back({nested.required(nested.i32(1, "column_idx"), "column_idx"),
                             nested.required(nested.boolean(2, "descending"), "descending"),
                             nested.required(nested.boolean(3, "nulls_first"), "nulls_first")});
  }
  group.file_offset = fields.i64(5, "file_offset");
  group.compressed_bytes = fields.i64(6, "total_compressed_size");
  group.ordinal = fields.integer(7, ThriftKind::kI16, "ordinal");
  return group;
}

void read_data_page_v1(const Fields& fields, PageHeader& header) {
  header.value_count = fields.required(fields.i32(1, "num_values"), "num_values");
  header.encoding = fields.required(fields.i32(2, "encoding"), "encoding");
  header.definition_encoding = fields.required(fields.i32(3, "definition_level_encoding"), "definition_level_encoding");
  header.repetition_encoding = fields.required(fields.i32(4, "repetition_level_encoding"), "repetition_level_encoding");
  header.statistics = read_optional_statistics(fields, 5);
}

void read_dictionary_page(const Fields& fields, PageHeader& header) {
  header.value_count = fields.required(fields.i32(1, "num_values"), "num_values");
  header.encoding = fields.required(fields.i32(2, "encoding"), "encoding");
}

void read_data_page_v2(const Fields& fields, PageHeader& header) {
  header.value_count = fields.required(fields.i32(1, "num_values"), "num_values");
  header.null_count = fields.required(fields.i32(2, "num_nulls"), "num_nulls");
  header.row_count = fields.required(fields.i32(3, "num_rows"), "num_rows");
  header.encoding = fields.required(fields.i32(4, "encoding"), "encoding");
  header.definition_bytes = fields.required(fields.i32(5, "definition_levels_byte_length"), "definition_levels_byte_length");
  header.repetition_bytes = fields.required(fields.i32(6, "repetition_levels_byte_length"), "repetition_levels_byte_length");
  header.is_compressed = fields.boolean(7, "is_compressed").value_or(true);
  header.statistics = read_optional_statistics(fields, 8);
}

void read_page_detail(const Fields& fields, int16_t id, const char* name, void (*read)(const Fields&, PageHeader&), PageHeader& header) {
  if (const ThriftStruct* const detail = fields.structure(id, name)) {
    read(fields.nested(*detail, name), header);
  } else {
    fields.report_missing(name);
  }
}

}  // namespace

FileMetadata read_file_metadata(const Fields& fields) {
  FileMetadata file;
  file.version = fields.required(fields.i32(1, "version"), "version");
  for (const ThriftStruct* element : fields.structures(2, "schema")) {
    file.schema.push_back(read_schema_element(fields.nested(*element, "SchemaElement")));
  }
  file.row_count = fields.required(fields.i64(3, "num_rows"), "num_rows");
  if (!fields.has(4)) {
    fields.report_missing("row_groups");
  }
  for (const ThriftStruct* group : fields.structures(4, "row_groups")) {
    file.row_groups.push_back(read_row_group(fields.nested(*group, "RowGroup")));
  }
  for (const ThriftStruct* entry : fields.structures(5, "key_value_metadata")) {
    const Fields nested = fields.nested(*entry, "KeyValue");
    file.key_values.emplace_back(nested.required(nested.text(1, "key"), "key"), nested.text(2, "value").value_or(""));
  }
  file.created_by = fields.text(6, "created_by");
  if (fields.has(7)) {
    for (const ThriftStruct* order : fields.structures(7, "column_orders")) {
      file.column_orders.push_back(union_member(*order));
    }
    file.column_order_count = file.column_orders.size();
  }
  return file;
}

PageHeader read_page_header(const Fields& fields) {
  PageHeader header;
  header.type = fields.required(fields.i32(1, "type"), "type");
  header.uncompressed_bytes = fields.required(fields.i32(2, "uncompressed_page_size"), "uncompressed_page_size");
  header.compressed_bytes = fields.required(fields.i32(3, "compressed_page_size"), "compressed_page_size");
  header.crc = fields.i32(4, "crc");
  if (header.type == kDataPage) {
    read_page_detail(fields, 5, "data_page_header", read_data_page_v1, header);
  } else if (header.type == kDictionaryPage) {
    read_page_detail(fields, 7, "dictionary_page_header", read_dictionary_page, header);
  } else if (header.type == kDataPageV2) {
    read_page_detail(fields, 8, "data_page_header_v2", read_data_page_v2, header);
  }
  return header;
}

OffsetIndex read_offset_index(const Fields& fields) {
  OffsetIndex index;
  for (const ThriftStruct* structure : fields.structures(1, "page_locations")) {
    const Fields nested = fields.nested(*structure, "PageLocation");
    index.pages.push_back({nested.required(nested.i64(1, "offset"), "offset"),
                           nested.required(nested.i32(2, "compressed_page_size"), "compressed_page_size"),
                           nested.required(nested.i64(3, "first_row_index"), "first_row_index")});
  }
  index.byte_array_bytes = fields.integers(2, ThriftKind::kI64, "unencoded_byte_array_data_bytes");
  return index;
}

ColumnIndex read_column_index(const Fields& fields) {
  ColumnIndex index;
  index.null_pages = fields.integers(1, ThriftKind::kBool, "null_pages");
  index.mins = fields.binaries(2, "min_values");
  index.maxes = fields.binaries(3, "max_values");
  index.boundary_order = fields.required(fields.i32(4, "boundary_order"), "boundary_order");
  index.null_counts = fields.integers(5, ThriftKind::kI64, "null_counts");
  index.repetition_histograms = fields.integers(6, ThriftKind::kI64, "repetition_level_histograms");
  index.definition_histograms = fields.integers(7, ThriftKind::kI64, "definition_level_histograms");
  index.nan_counts = fields.integers(8, ThriftKind::kI64, "nan_counts");
  return index;
}

BloomHeader read_bloom_header(const Fields& fields) {
  BloomHeader header;
  header.size_bytes = fields.required(fields.i32(1, "numBytes"), "numBytes");
  const auto is_first = [&](int16_t id, const char* name) {
    const ThriftStruct* const choice = fields.structure(id, name);
    return choice != nullptr && union_member(*choice) == 1;
  };
  header.is_block = is_first(2, "algorithm");
  header.is_xxhash = is_first(3, "hash");
  header.is_uncompressed = is_first(4, "compression");
  return header;
}

}  // namespace pqflow::verify
