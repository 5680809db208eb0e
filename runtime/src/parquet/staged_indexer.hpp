// Dictionary indices of values as the record holds them. Conversion of a symbol or a named code is a function of its few staged bytes, so
// each distinct one is converted once a chunk, when it is seen first; of all the others only the index is looked up.
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "base/aligned_buffer.hpp"
#include "columns/value_converter.hpp"
#include "encoding/dictionary.hpp"
#include "parquet/page_plan.hpp"
#include "parquet/page_scratch.hpp"

namespace pqflow::parquet {

// What a page of indices holds.
struct IndexedValues {
  size_t values_bytes;                       // PLAIN bytes of all values.
  std::span<const uint8_t> distinct_values;  // PLAIN, each once, for its range; in the scratch's page until that is written to.
  size_t distinct_count;
};

// Writer thread; allocates in the constructor only.
class StagedIndexer {
 public:
  // Whether values of the field are BYTE_ARRAYs made from so few bytes.
  static bool serves(const pqflow_field& field) noexcept;

  // `dictionary`: the chunk's; outlives the indexer.
  StagedIndexer(const pqflow_field& field, const ColumnPlan& plan, encoding::Dictionary& dictionary);

  // Whether pages of this chunk may be indexed: a page that was not ends that, because its values stand in the dictionary alone.
  bool is_usable() const noexcept { return is_usable_; }
  void give_up() noexcept { is_usable_ = false; }
  // More distinct values than it has room for: give_up() for the chunks to come too, until expect_few().
  bool has_overflowed() const noexcept { return has_overflowed_; }
  void expect_few() noexcept { has_overflowed_ = false; }

  // Indices of `count` ≥ 1 staged values to scratch.indices(). Empty, and given up, where one of them cannot be written as it is, or there
  // are too many: then the page is to be converted, and indexed by its values, to the same result. `staged` is readable for 8 bytes beyond
  // the last value.
  std::optional<IndexedValues> index(const uint8_t* staged, size_t count, PageScratch& scratch) noexcept;
  // With the dictionary.
  void begin_chunk() noexcept;

  size_t memory_bytes() const noexcept;

 private:
  bool index_staged(const uint8_t* staged, size_t count, uint32_t* indices) noexcept;
  bool index_widened(const uint8_t* staged, size_t count, uint32_t* indices) noexcept;
  bool enter_new(size_t known_count, PageScratch& scratch) noexcept;
  IndexedValues sum_up(const uint32_t* indices, size_t count, PageScratch& scratch) noexcept;

  size_t width_bytes_;
  size_t word_bytes_;  // Of a key: the width, filled up to 8 where it is neither 4 nor 8.
  encoding::Dictionary& dictionary_;
  std::unique_ptr<columns::ValueConverter> converter_;
  std::unique_ptr<encoding::Dictionary> keys_;  // The staged bytes of the dictionary's entries, in the same order.
  base::AlignedBuffer value_bytes_;             // PLAIN bytes of each entry: a word each.
  base::AlignedBuffer is_used_;                 // A byte each.
  bool is_usable_ = true;
  bool has_overflowed_ = false;
};

}  // namespace pqflow::parquet
