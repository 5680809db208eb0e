// What a file holds, as `pqflow inspect` tells it: taken from the pages themselves where the metadata might say something else.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "inspect/encoding_costs.hpp"
#include "verify/chunk_facts.hpp"
#include "verify/file_reader.hpp"

namespace pqflow::inspect {

struct PageReport {
  size_t row_group;
  verify::PageFacts facts;
};

// One column, all row groups together.
struct ColumnReport {
  verify::Leaf leaf;
  std::set<std::string> codecs;
  std::map<std::pair<int64_t, int64_t>, int64_t> page_counts;  // Page type and encoding → pages.
  uint64_t value_count = 0;                                    // Nulls included.
  uint64_t null_count = 0;
  uint64_t nan_count = 0;
  uint64_t row_count = 0;
  uint64_t compressed_bytes = 0;  // With page headers, as are uncompressed_bytes.
  uint64_t uncompressed_bytes = 0;
  std::optional<std::string> min;  // Of the values; absent where there are none, or no order.
  std::optional<std::string> max;
  uint64_t dictionary_entry_count = 0;  // The largest of its dictionaries.
  uint64_t dictionary_bytes = 0;        // All of them, decompressed.
  uint64_t bloom_bytes = 0;
  bool has_bounds = false;  // In the statistics of each row group that has values.
  bool has_column_index = false;
  bool has_offset_index = false;
  // Of the first data page that has values: what it is in, and what others would have taken.
  int64_t first_encoding = 0;
  size_t first_value_count = 0;
  std::vector<EncodingCost> first_costs;
  std::vector<PageReport> pages;
  bool is_complete = true;  // False when some page could not be read.
};

struct FileReport {
  uint64_t size_bytes = 0;
  uint64_t row_count = 0;
  int64_t version = 0;
  std::vector<uint64_t> row_group_rows;
  std::string created_by;
  std::vector<std::pair<std::string, std::string>> key_values;
  std::vector<std::string> sorting;  // "price DESC NULLS FIRST", of the first row group.
  std::vector<ColumnReport> columns;
  size_t finding_count = 0;  // Of what was read: `pqflow verify` tells them.
};

// Reads every page. Empty when the file has no footer or schema that can be read. Throws std::system_error. `max_text_length`: of bounds.
std::optional<FileReport> inspect_file(const verify::FileReader& file, size_t max_text_length);

// Why the first page is in its encoding: the bits a value takes in it and would take in others.
std::string reason_of(const ColumnReport& column);

}  // namespace pqflow::inspect
