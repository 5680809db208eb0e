// A tiny Parquet file from plain structures. Everything derived (sizes, offsets, sums, checksums, indexes) is computed from what stands in
// the file, front to back; a hook sees each structure just before it is written and may change it. So one change of the specification or
// of one structure damages one thing, and everything after it is true of the damaged file.
#pragma once

#include <functional>
#include <optional>

#include "verify/thrift_node.hpp"

namespace pqflow::verify_test {

enum : int64_t { kDataPageType = 0, kDictionaryPageType = 2, kDataPageV2Type = 3 };
enum : int64_t { kUncompressedCodec = 0, kGzipCodec = 2 };

struct PageSpec {
  int64_t type = kDataPageType;
  int64_t encoding = 0;
  int64_t value_count = 0;  // Nulls included; entries of a dictionary page.
  int64_t null_count = 0;
  int64_t row_count = 0;
  ByteVector repetition_levels;  // Encoded, without V1's length; empty where the column's maximum is 0.
  ByteVector definition_levels;
  ByteVector values;  // Encoded.
  // Said by the indexes.
  ByteVector min;  // Both empty in a null page.
  ByteVector max;
  int64_t byte_array_bytes = 0;
  std::vector<int64_t> repetition_histogram;
  std::vector<int64_t> definition_histogram;
};

struct ColumnSpec {
  std::vector<std::string> path;
  int64_t type = 0;
  int64_t codec = kUncompressedCodec;
  std::vector<PageSpec> pages;  // A dictionary page first, where there is one.
  Node statistics;
  int64_t boundary_order = 0;
  bool has_column_index = true;
  bool is_byte_array = false;
  std::vector<ByteVector> bloom_values;  // Empty: no filter.
};

struct FileSpec {
  std::vector<Node> schema;
  std::vector<ColumnSpec> columns;
  int64_t row_count = 0;
  std::vector<Node> sorting;

  // Hooks. Pages and columns count from 0.
  std::function<void(size_t column, size_t page, Node& header)> on_page_header;
  std::function<void(size_t column, size_t page, ByteVector& stored)> on_page_body;  // Compressed; before its checksum.
  std::function<void(size_t column, Node& header)> on_bloom_header;
  std::function<void(size_t column, ByteVector& bits)> on_bloom_bits;
  std::function<void(size_t column, Node& index)> on_column_index;
  std::function<void(size_t column, Node& index)> on_offset_index;
  std::function<void(Node& footer)> on_footer;
  std::function<void(ByteVector& footer)> on_footer_bytes;
  std::function<void(ByteVector& file)> on_file;
};

// Where things are.
struct ColumnPlaces {
  std::vector<uint64_t> page_offsets;
  std::optional<uint64_t> bloom_offset;
  uint64_t column_index_offset = 0;
  uint64_t offset_index_offset = 0;
};

struct BuiltFile {
  ByteVector bytes;
  std::vector<ColumnPlaces> columns;
  uint64_t footer_offset = 0;
};

BuiltFile build_file(const FileSpec& spec);

// Of the only row group.
Node& group_of(Node& footer);
Node& chunk_of(Node& footer, size_t column);
Node& metadata_of(Node& footer, size_t column);  // ColumnMetaData

}  // namespace pqflow::verify_test
