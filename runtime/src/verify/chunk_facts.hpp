// What a column chunk really holds, page by page: taken from the decoded values, to be compared with what the metadata says of it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "verify/metadata.hpp"
#include "verify/schema_tree.hpp"
#include "verify/value_order.hpp"

namespace pqflow::verify {

// Smallest and largest value.
class ObservedRange {
 public:
  // Of any value of a column with a defined order; NaNs need the total order.
  void add(const ValueOrder& order, Bytes value);
  void add(const ValueOrder& order, const ObservedRange& other);
  bool has_values() const noexcept { return has_values_; }
  Bytes min() const noexcept { return min_; }
  Bytes max() const noexcept { return max_; }

 private:
  bool has_values_ = false;
  std::vector<uint8_t> min_;
  std::vector<uint8_t> max_;
};

struct ValueFacts {
  uint64_t value_count = 0;  // Nulls included.
  uint64_t null_count = 0;
  uint64_t nan_count = 0;
  uint64_t row_count = 0;
  uint64_t byte_array_bytes = 0;
  ObservedRange range;      // NaNs take no part.
  ObservedRange nan_range;  // Of NaNs, where the column is in total order.
  bool is_all_nans() const noexcept { return nan_count != 0 && nan_count == value_count - null_count; }
  void add_to_range(const ValueOrder& order, Bytes value);
  std::vector<uint64_t> definition_histogram;
  std::vector<uint64_t> repetition_histogram;
};

struct PageFacts {
  uint64_t offset_bytes;  // Of the header.
  uint64_t stored_bytes;  // With the header.
  uint64_t first_row;
  int64_t type;
  int64_t encoding;
  bool begins_row;
  ValueFacts values;
};

struct ChunkFacts {
  ChunkFacts() = default;
  ChunkFacts(ChunkFacts&&) = default;
  ChunkFacts& operator=(ChunkFacts&&) = default;
  ChunkFacts(const ChunkFacts&) = delete;  // `rows` refers to `distinct`.
  ChunkFacts& operator=(const ChunkFacts&) = delete;
  ~ChunkFacts() = default;

  std::vector<PageFacts> data_pages;
  std::optional<uint64_t> dictionary_page_offset;
  uint64_t dictionary_entry_count = 0;
  uint64_t dictionary_bytes = 0;    // Decompressed.
  uint64_t uncompressed_bytes = 0;  // With headers.
  ValueFacts values;
  std::vector<PageEncodingStats> encoding_stats;  // Counted.
  std::vector<int64_t> used_encodings;  // Of the values in data pages: writers differ in whether they name those of levels and dictionary.
  std::unordered_set<std::string> distinct;  // Filled on request: distinct_count, bloom filters and sorting columns.
  std::vector<const std::string*> rows;      // Filled on request: sorting columns. In `distinct`; null for a null.
  // False when some page could not be decoded: what depends on values is then unknown and not checked.
  bool is_complete = true;
};

}  // namespace pqflow::verify
