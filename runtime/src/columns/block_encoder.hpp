// One column of a staged block → presence and PLAIN values, with NaNs and invalid values counted on the way, and the values' range.
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/aligned_buffer.hpp"
#include "columns/statistics.hpp"
#include "columns/value_converter.hpp"

namespace pqflow::columns {

// One per column. Writer thread; allocates in the constructor only.
class BlockEncoder {
 public:
  // Values that are there, one behind the other as they were staged.
  struct Present {
    const uint8_t* values;
    size_t count;
  };

  BlockEncoder(const pqflow_field& field, size_t max_block_values, pqflow_float_order float_order);

  // `count`: values staged, one a row of a flat column. `present`: room for `count` bytes, written for an optional leaf (1 where there is a
  // value, the definition level of a flat column), else null. The result is valid until the next call, and as long as what is staged.
  Present take_present(const pqflow_staging_column& staged, size_t count, uint8_t* present);
  // Whether values may be staged where they are converted to: none are left out, and each keeps its place.
  bool converts_in_place() const noexcept { return field_.repetition == PQFLOW_REPETITION_REQUIRED && converter_->converts_in_place(); }
  // Staged values → PLAIN; returns their bytes. `target`: room for count × max_plain_bytes(field), and 64 bytes more for a BYTE_ARRAY
  // column.
  size_t convert(const uint8_t* values, size_t count, uint8_t* target) { return converter_->convert(target, values, count); }
  // Widens the range to `count` values that convert() wrote. A call of its own: a page may be cut within a block.
  void include(const uint8_t* values, size_t count);

  // Null when the column has no statistics beyond counts, or its type no order.
  const RangeTracker* range() const noexcept { return range_.get(); }
  void reset_range() noexcept;
  uint64_t take_nan_count() noexcept { return converter_->take_nan_count(); }
  uint64_t invalid_values() const noexcept { return converter_->invalid_values(); }
  size_t memory_bytes() const noexcept {
    return compacted_.memory_bytes() + converter_->memory_bytes() + (range_ == nullptr ? 0 : range_->memory_bytes());
  }

 private:
  pqflow_field field_;
  std::unique_ptr<ValueConverter> converter_;
  std::unique_ptr<RangeTracker> range_;
  base::AlignedBuffer compacted_;
};

}  // namespace pqflow::columns
