// The order that a column's bounds are in (parquet.thrift, ColumnOrder: TYPE_ORDER), and what of its values is a NaN.
#pragma once

#include "verify/schema_tree.hpp"

namespace pqflow::verify {

class ValueOrder {
 public:
  explicit ValueOrder(const Leaf& leaf);

  // False for INT96, INTERVAL and the like: no bounds may be written.
  bool is_defined() const noexcept { return compare_ != nullptr; }
  // < 0, 0, > 0 as left is below, equal to or above right. Neither is a NaN; both have a valid form. Zeros of both signs are equal.
  int compare(Bytes left, Bytes right) const { return compare_(left, right); }
  bool is_nan(Bytes value) const { return is_nan_ != nullptr && is_nan_(value); }
  // For floating point: 0 and its sign; 0 for any other value.
  enum class Zero { kNone, kPositive, kNegative };
  Zero zero_of(Bytes value) const;

 private:
  int (*compare_)(Bytes left, Bytes right) = nullptr;
  bool (*is_nan_)(Bytes value) = nullptr;
};

}  // namespace pqflow::verify
