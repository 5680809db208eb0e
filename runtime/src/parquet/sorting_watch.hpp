// Sees, while a row group is written, whether its rows keep the order that the schema names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/aligned_buffer.hpp"
#include "columns/record_schema.hpp"
#include "columns/value_order.hpp"

namespace pqflow::parquet {

// Values of a flat column's block as they were converted.
struct BlockValues {
  const uint8_t* values;   // PLAIN, those that are present.
  const uint8_t* present;  // One byte a row; null for a required column.
};

// Writer thread; allocates in the constructor only. Every row is compared with the one before it until one comes too early; then nothing
// more is looked at before the next row group.
class SortingWatch {
 public:
  SortingWatch(const columns::RecordSchema& schema, size_t max_block_rows);

  // Whether blocks still have to be shown.
  bool is_watching() const noexcept { return is_sorted_ && !keys_.empty(); }
  size_t key_count() const noexcept { return keys_.size(); }
  size_t column_of(size_t key) const noexcept { return sorting_[key].column_index; }
  // For each key, then compare().
  void take(size_t key, const BlockValues& block, size_t row_count) noexcept;
  void compare(size_t row_count) noexcept;

  // What the row group may say of itself: nothing when a row came too early, or no order is asked for.
  std::span<const pqflow_sorting_column> sorted_by() const noexcept {
    return is_sorted_ ? sorting_ : std::span<const pqflow_sorting_column>();
  }
  void begin_group() noexcept;
  size_t memory_bytes() const noexcept;

 private:
  // Rows of a block by where their values lie, null for a null; before them the last row of the block before.
  struct Key {
    columns::CompareValues compare;
    size_t fixed_bytes;  // 0: a BYTE_ARRAY.
    bool is_descending;
    bool is_nulls_first;
    std::vector<const uint8_t*> rows;
    base::AlignedBuffer last_value;

    size_t size_of(const uint8_t* value) const noexcept;
    std::partial_ordering order_of(size_t row) const noexcept;
    void keep_last(size_t row_count) noexcept;
  };

  bool is_in_order(size_t row) const noexcept;

  std::span<const pqflow_sorting_column> sorting_;  // The schema's.
  std::vector<Key> keys_;
  bool is_sorted_ = true;
  bool has_previous_ = false;
};

}  // namespace pqflow::parquet
