// The order that a column's bounds are in (parquet.thrift, ColumnOrder: TYPE_ORDER or IEEE_754_TOTAL_ORDER), and what of its values is a
// NaN.
#pragma once

#include "verify/schema_tree.hpp"

namespace pqflow::verify {

class ValueOrder {
 public:
  explicit ValueOrder(const Leaf& leaf);

  // False for INT96, INTERVAL and the like: no bounds may be written.
  bool is_defined() const noexcept { return compare_ != nullptr; }
  // In the total order zeros have an order too, and a column of nothing but NaNs has NaNs as bounds.
  bool is_total() const noexcept { return has_total_order_; }
  // < 0, 0, > 0 as left is below, equal to or above right; both have a valid form. In TYPE_ORDER neither is a NaN, and zeros of both signs
  // are equal.
  int compare(Bytes left, Bytes right) const { return compare_(left, right); }
  bool is_nan(Bytes value) const { return is_nan_ != nullptr && is_nan_(value); }
  // For floating point in TYPE_ORDER: a zero and its sign; kNone for any other value.
  enum class Zero { kNone, kPositive, kNegative };
  Zero zero_of(Bytes value) const;

 private:
  int (*compare_)(Bytes left, Bytes right) = nullptr;
  bool (*is_nan_)(Bytes value) = nullptr;
  bool has_total_order_ = false;
};

}  // namespace pqflow::verify
