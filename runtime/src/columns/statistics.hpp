// Smallest and largest value of a page or column chunk, kept up to date block by block while the values are hot.
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace pqflow::columns {

// PLAIN bytes, a BYTE_ARRAY without its length prefix. Valid until the next update or reset.
struct ValueRange {
  std::span<const uint8_t> min;
  std::span<const uint8_t> max;
};

// One per column. Writer thread; allocates in the constructor only. Order is the one of Parquet's TYPE_ORDER for the column's logical, else
// physical type, or IEEE_754_TOTAL_ORDER (parquet.thrift, ColumnOrder).
class RangeTracker {
 public:
  virtual ~RangeTracker() = default;
  // `values`: `count` PLAIN values as ValueConverter wrote them (BOOLEAN one byte each). Readable for 8 bytes beyond the last.
  virtual void update(const uint8_t* values, size_t count) = 0;
  virtual void reset() noexcept = 0;
  // False while there was no value that has a place in the order: none at all, or in TYPE_ORDER NaNs only.
  virtual bool has_range() const noexcept = 0;
  // Needs has_range(). In TYPE_ORDER a zero smallest FLOAT, DOUBLE or FLOAT16 is -0.0, a zero largest one +0.0; in the total order both
  // are as they came, and are NaNs where there is nothing else.
  virtual ValueRange range() const noexcept = 0;
  // Widens the range to hold that of another tracker of the same column.
  virtual void include(const ValueRange& other) = 0;
  // Negative, 0, positive as left orders below, with or above right: values of the column, or bounds made of them.
  virtual int compare(std::span<const uint8_t> left, std::span<const uint8_t> right) const noexcept = 0;
  // Memory behind the object.
  virtual size_t memory_bytes() const noexcept { return 0; }
};

// The tracker for a validated leaf field whose type has an order (type_rules.hpp); `float_order` is that of FLOAT, DOUBLE and FLOAT16.
// Allocates.
std::unique_ptr<RangeTracker> make_range_tracker(const pqflow_field& field, pqflow_float_order float_order);

}  // namespace pqflow::columns
