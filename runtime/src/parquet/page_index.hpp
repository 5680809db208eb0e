// What the pages of a column chunk hold: gathered as they end, for the chunk's ColumnIndex, OffsetIndex and SizeStatistics
// (parquet-format PageIndex.md).
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "columns/bounds.hpp"
#include "columns/statistics.hpp"
#include "parquet/page_levels.hpp"

namespace pqflow::parquet {

// Parquet's numbers (enum BoundaryOrder).
enum class BoundaryOrder : int32_t { kUnordered = 0, kAscending = 1, kDescending = 2 };

// Bounds of all pages of a chunk: with more, the chunk has no ColumnIndex, whose size counts in the footer's memory.
constexpr size_t kMaxIndexBoundsBytes = size_t{1} << 20;

// Of one data page.
struct PageSummary {
  uint64_t row_count;
  uint64_t value_count;  // Nulls included.
  uint64_t null_count;
  uint64_t nan_count;         // FLOAT, DOUBLE and FLOAT16.
  uint64_t byte_array_bytes;  // BYTE_ARRAY: sum of the lengths.
  size_t stored_bytes;        // As on disk, header included.
  size_t bounds_offset;       // Into PageIndex.bounds: min, then max. No bytes where the page has no bounds.
  uint32_t min_bytes;
  uint32_t max_bytes;

  bool is_null_page() const noexcept { return null_count == value_count; }
};

// Level histograms: of each page one after the other, max level + 1 counts each; empty where the format lets them be left out.
struct PageIndex {
  std::vector<PageSummary> pages;
  std::vector<uint8_t> bounds;
  std::vector<uint32_t> repetition_histograms;
  std::vector<uint32_t> definition_histograms;
  BoundaryOrder boundary_order = BoundaryOrder::kAscending;
  bool has_column_index = false;  // Not where statistics are not of pages, a page of values has no bounds, or they are too many.

  bool has_histograms() const noexcept { return !repetition_histograms.empty() || !definition_histograms.empty(); }
  std::span<const uint8_t> min_of(const PageSummary& page) const noexcept {
    return std::span(bounds).subspan(page.bounds_offset, page.min_bytes);
  }
  std::span<const uint8_t> max_of(const PageSummary& page) const noexcept {
    return std::span(bounds).subspan(page.bounds_offset + page.min_bytes, page.max_bytes);
  }
};

// One per column. Writer thread; allocates in the constructor only.
class PageIndexBuilder {
 public:
  // `max_page_count`: of a chunk. `max_value_bytes`: PLAIN bytes of the column's longest value.
  PageIndexBuilder(const pqflow_field& field, size_t max_page_count, size_t max_value_bytes, pqflow_float_order float_order);

  // `page`: all but the place of its bounds. `range`: what the page's values span; null where the column has no bounds. It may be reset
  // afterwards.
  void add_page(PageSummary page, const PageLevels& levels, const columns::RangeTracker* range);
  // What all pages span together; `bounds` has the room for the longest.
  void set_chunk_bounds(columns::Bounds& bounds) const;
  const PageIndex& index() const noexcept { return index_; }
  void reset() noexcept;
  size_t memory_bytes() const noexcept;

 private:
  void add_bounds(PageSummary& page, const columns::RangeTracker& range);
  void follow_order(const PageSummary& page);
  void count_levels(const PageLevels& levels);

  pqflow_field field_;
  std::unique_ptr<columns::RangeTracker> chunk_range_;  // Null where the column has no bounds.
  columns::Bounds page_bounds_;                         // Of the page that is added.
  PageIndex index_;
  size_t last_bounded_page_;  // Index of the latest page that has bounds, or kNoPage.
  bool is_ascending_ = true;
  bool is_descending_ = true;
};

}  // namespace pqflow::parquet
