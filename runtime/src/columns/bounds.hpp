// What of a chunk's range goes into its Statistics: long values are shortened to bounds (PARQUET.md 1.7; parquet.thrift, Statistics).
#pragma once

#include <pqflow/descriptor.h>

#include <cstdint>
#include <span>
#include <vector>

#include "columns/statistics.hpp"

namespace pqflow::columns {

constexpr size_t kMaxBoundBytes = 64;         // Longer BYTE_ARRAY bounds are shortened to this.
constexpr size_t kMaxWholeBoundBytes = 4096;  // A bound that cannot be shortened and is longer is left out, and the other one with it.

// Both bounds or none.
struct Bounds {
  std::vector<uint8_t> min;
  std::vector<uint8_t> max;
  bool is_present = false;
  bool is_min_exact = true;
  bool is_max_exact = true;
};

// Whether statistics of the column have bounds at all: they are wanted, and its type has an order.
bool has_bounds(const pqflow_field& field) noexcept;
// The longest bound that a column's values usually get; a BYTE_ARRAY upper bound that cannot be shortened may be longer.
size_t max_bound_bytes(const pqflow_field& field) noexcept;

// Fills `bounds`. BYTE_ARRAY alone is shortened: a shorter value would not be of a FIXED_LEN_BYTE_ARRAY's type, and DECIMAL must not be.
// Does not allocate when both vectors have the room.
void set_bounds(const pqflow_field& field, const ValueRange& range, Bounds& bounds);

// The parts. Lower bound: the longest prefix of at most kMaxBoundBytes; for UTF-8 it ends between two code points.
std::span<const uint8_t> lower_bound_prefix(std::span<const uint8_t> value, bool is_utf8) noexcept;
// Upper bound: such a prefix with its last byte (UTF-8: code point, keeping its length) raised by one, after dropping those that cannot be
// raised. False when there is none; `bound` is then undefined.
bool raise_upper_bound(std::span<const uint8_t> value, bool is_utf8, std::vector<uint8_t>& bound);

}  // namespace pqflow::columns
