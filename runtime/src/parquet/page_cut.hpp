// Where a page that would get too large ends: page_bytes of the options.
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstdint>

#include "parquet/page_levels.hpp"
#include "parquet/page_plan.hpp"

namespace pqflow::parquet {

// How much a page holds.
struct PageExtent {
  size_t row_count = 0;
  size_t entry_count = 0;    // Of levels: nulls and, in nested columns, empty lists included.
  size_t present_count = 0;  // Values.
  size_t values_bytes = 0;   // Of the values as columns hand them over: BOOLEAN one byte each, everything else PLAIN.

  PageExtent operator-(const PageExtent& first) const noexcept {
    return {row_count - first.row_count, entry_count - first.entry_count, present_count - first.present_count,
            values_bytes - first.values_bytes};
  }
};

// Counts in bits, so that nothing depends on how rows are grouped: of a value its PLAIN bytes, the length before a BYTE_ARRAY included and
// BOOLEAN one bit; of each entry the bits of its levels. Pure; never allocates.
class PageMeasure {
 public:
  PageMeasure(const pqflow_field& field, const ColumnPlan& plan);

  // Whether the page has a row too many: it has several, and they are larger than page_bytes.
  bool is_exceeded(const PageExtent& page) const noexcept { return is_limited_ && page.row_count > 1 && size_bits(page) > max_page_bits_; }
  // The first rows of `page`, as many as fit, one at least. Those of `settled` do. `values`: the page's.
  PageExtent fitting(const PageExtent& settled, const PageExtent& page, const uint8_t* values, const PageLevels& levels) const noexcept;

 private:
  uint64_t size_bits(const PageExtent& page) const noexcept {
    return uint64_t{page.values_bytes} * bits_per_byte_ + uint64_t{page.entry_count} * bits_per_entry_;
  }
  size_t value_bytes(const uint8_t* value) const noexcept;
  void add_row(PageExtent& rows, const PageExtent& page, const uint8_t* values, const PageLevels& levels) const noexcept;

  bool is_limited_;  // A page can get larger at all.
  uint64_t max_page_bits_;
  unsigned bits_per_byte_;  // Of values_bytes: 1 for BOOLEAN, else 8.
  unsigned bits_per_entry_;
  size_t fixed_value_bytes_;  // 0: a BYTE_ARRAY.
};

}  // namespace pqflow::parquet
