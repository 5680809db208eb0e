#include "parquet/sorting_watch.hpp"

#include <compare>
#include <cstring>

#include "columns/type_rules.hpp"
#include "columns/value_converter.hpp"
#include "encoding/bytes.hpp"
#include "encoding/plain.hpp"

namespace pqflow::parquet {
namespace {

std::partial_ordering reversed(std::partial_ordering order) noexcept {
  if (std::is_lt(order)) {
    return std::partial_ordering::greater;
  }
  return std::is_gt(order) ? std::partial_ordering::less : order;
}

}  // namespace

SortingWatch::SortingWatch(const columns::RecordSchema& schema, size_t max_block_rows) : sorting_(schema.sorting_columns) {
  for (const pqflow_sorting_column& sorting : sorting_) {
    const pqflow_field& field = schema.fields[schema.leaf_indices[sorting.column_index]];
    keys_.push_back({columns::compare_function(field), columns::physical_bytes(field), sorting.is_descending != 0,
                     sorting.is_nulls_first != 0, std::vector<const uint8_t*>(max_block_rows + 1),
                     base::AlignedBuffer(columns::max_plain_bytes(field))});
  }
}

size_t SortingWatch::Key::size_of(const uint8_t* value) const noexcept {
  return fixed_bytes != 0 ? fixed_bytes : encoding::kByteArrayPrefixBytes + encoding::load<uint32_t>(value);
}

// Of a row and the one before it, in the order asked for.
std::partial_ordering SortingWatch::Key::order_of(size_t row) const noexcept {
  const uint8_t* const before = rows[row];
  const uint8_t* const value = rows[row + 1];
  if (before == nullptr || value == nullptr) {
    const std::partial_ordering nulls_last = (before == nullptr) <=> (value == nullptr);
    return is_nulls_first ? reversed(nulls_last) : nulls_last;
  }
  const std::partial_ordering order = compare(before, value, fixed_bytes);
  return is_descending ? reversed(order) : order;
}

void SortingWatch::Key::keep_last(size_t row_count) noexcept {
  const uint8_t* const last = rows[row_count];
  if (last != nullptr) {
    std::memcpy(last_value.data(), last, size_of(last));
  }
  rows[0] = last == nullptr ? nullptr : last_value.data();
}

void SortingWatch::take(size_t key, const BlockValues& block, size_t row_count) noexcept {
  Key& taker = keys_[key];
  const uint8_t* value = block.values;
  for (size_t row = 0; row < row_count; ++row) {
    if (block.present != nullptr && block.present[row] == 0) {
      taker.rows[row + 1] = nullptr;
      continue;
    }
    taker.rows[row + 1] = value;
    value += taker.size_of(value);
  }
}

bool SortingWatch::is_in_order(size_t row) const noexcept {
  for (const Key& key : keys_) {
    const std::partial_ordering order = key.order_of(row);
    if (order != std::partial_ordering::equivalent) {
      return order == std::partial_ordering::less;
    }
  }
  return true;
}

void SortingWatch::compare(size_t row_count) noexcept {
  for (size_t row = has_previous_ ? 0 : 1; row < row_count; ++row) {
    if (!is_in_order(row)) {
      is_sorted_ = false;
      return;
    }
  }
  for (Key& key : keys_) {
    key.keep_last(row_count);
  }
  has_previous_ = true;
}

void SortingWatch::begin_group() noexcept {
  is_sorted_ = true;
  has_previous_ = false;
}

size_t SortingWatch::memory_bytes() const noexcept {
  size_t total_bytes = keys_.capacity() * sizeof(Key);
  for (const Key& key : keys_) {
    total_bytes += key.rows.capacity() * sizeof(const uint8_t*) + key.last_value.memory_bytes();
  }
  return total_bytes;
}

}  // namespace pqflow::parquet
