#include "parquet/page_index.hpp"

#include <algorithm>

#include "columns/type_rules.hpp"

namespace pqflow::parquet {
namespace {

constexpr size_t kNoPage = ~size_t{0};

// Fixed values that are too long for bounds cannot be shortened either.
bool has_page_bounds(const pqflow_field& field) {
  return field.statistics == PQFLOW_COLUMN_STATISTICS_PAGE && columns::has_bounds(field) &&
         field.type_length_bytes <= columns::kMaxWholeBoundBytes;
}

// parquet.thrift, SizeStatistics: may be left out when the maximum is 0 (repetition), and when it is 0 or 1 (definition): null_count says
// it.
bool has_repetition_histogram(const pqflow_field& field) { return field.max_repetition_level > 0; }
bool has_definition_histogram(const pqflow_field& field) { return field.max_definition_level > 1; }

void append_histogram(std::span<const uint8_t> levels, uint8_t max_level, std::vector<uint32_t>& histograms) {
  const size_t start = histograms.size();
  histograms.resize(start + max_level + size_t{1}, 0);
  for (const uint8_t level : levels) {
    ++histograms[start + level];
  }
}

}  // namespace

PageIndexBuilder::PageIndexBuilder(const pqflow_field& field, size_t max_page_count, size_t max_value_bytes, pqflow_float_order float_order)
    : field_(field),
      chunk_range_(columns::has_bounds(field) ? columns::make_range_tracker(field, float_order) : nullptr),
      last_bounded_page_(kNoPage) {
  index_.pages.reserve(max_page_count);
  index_.has_column_index = has_page_bounds(field);
  if (index_.has_column_index) {
    page_bounds_.min.reserve(max_value_bytes);
    page_bounds_.max.reserve(max_value_bytes);
    const size_t max_bound_bytes = std::min(max_value_bytes, columns::max_bound_bytes(field));
    index_.bounds.reserve(std::min(kMaxIndexBoundsBytes, max_page_count * 2 * max_bound_bytes));
  }
  if (has_repetition_histogram(field)) {
    index_.repetition_histograms.reserve(max_page_count * (field.max_repetition_level + size_t{1}));
  }
  if (has_definition_histogram(field)) {
    index_.definition_histograms.reserve(max_page_count * (field.max_definition_level + size_t{1}));
  }
}

void PageIndexBuilder::add_page(PageSummary page, const PageLevels& levels, const columns::RangeTracker* range) {
  page.bounds_offset = index_.bounds.size();
  page.min_bytes = 0;
  page.max_bytes = 0;
  const bool has_range = range != nullptr && range->has_range();
  if (has_range) {
    chunk_range_->include(range->range());
  }
  if (index_.has_column_index && has_range) {
    add_bounds(page, *range);
  } else {
    index_.has_column_index &= page.is_null_page();
  }
  index_.pages.push_back(page);
  count_levels(levels);
}

void PageIndexBuilder::add_bounds(PageSummary& page, const columns::RangeTracker& range) {
  columns::set_bounds(field_, range.range(), page_bounds_);
  const size_t bounds_bytes = page_bounds_.min.size() + page_bounds_.max.size();
  index_.has_column_index = page_bounds_.is_present && index_.bounds.size() + bounds_bytes <= kMaxIndexBoundsBytes;
  if (!index_.has_column_index) {
    return;
  }
  page.min_bytes = static_cast<uint32_t>(page_bounds_.min.size());
  page.max_bytes = static_cast<uint32_t>(page_bounds_.max.size());
  index_.bounds.insert(index_.bounds.end(), page_bounds_.min.begin(), page_bounds_.min.end());
  index_.bounds.insert(index_.bounds.end(), page_bounds_.max.begin(), page_bounds_.max.end());
  follow_order(page);
}

// Over the bounds as they are written, shortened ones too; null pages have no place in the order. All equal is ascending.
void PageIndexBuilder::follow_order(const PageSummary& page) {
  if (last_bounded_page_ != kNoPage) {
    const PageSummary& last = index_.pages[last_bounded_page_];
    const int by_min = chunk_range_->compare(index_.min_of(last), index_.min_of(page));
    const int by_max = chunk_range_->compare(index_.max_of(last), index_.max_of(page));
    is_ascending_ = is_ascending_ && by_min <= 0 && by_max <= 0;
    is_descending_ = is_descending_ && by_min >= 0 && by_max >= 0;
    index_.boundary_order = is_ascending_    ? BoundaryOrder::kAscending
                            : is_descending_ ? BoundaryOrder::kDescending
                                             : BoundaryOrder::kUnordered;
  }
  last_bounded_page_ = index_.pages.size();
}

void PageIndexBuilder::count_levels(const PageLevels& levels) {
  if (has_repetition_histogram(field_)) {
    append_histogram(levels.repetition_levels(), field_.max_repetition_level, index_.repetition_histograms);
  }
  if (has_definition_histogram(field_)) {
    append_histogram(levels.definition_levels(), field_.max_definition_level, index_.definition_histograms);
  }
}

void PageIndexBuilder::set_chunk_bounds(columns::Bounds& bounds) const {
  bounds.is_present = false;
  if (chunk_range_ != nullptr && chunk_range_->has_range()) {
    columns::set_bounds(field_, chunk_range_->range(), bounds);
  }
}

void PageIndexBuilder::reset() noexcept {
  if (chunk_range_ != nullptr) {
    chunk_range_->reset();
  }
  index_.pages.clear();
  index_.bounds.clear();
  index_.repetition_histograms.clear();
  index_.definition_histograms.clear();
  index_.boundary_order = BoundaryOrder::kAscending;
  index_.has_column_index = has_page_bounds(field_);
  last_bounded_page_ = kNoPage;
  is_ascending_ = true;
  is_descending_ = true;
}

size_t PageIndexBuilder::memory_bytes() const noexcept {
  return (chunk_range_ == nullptr ? 0 : chunk_range_->memory_bytes()) + page_bounds_.min.capacity() + page_bounds_.max.capacity() +
         index_.pages.capacity() * sizeof(PageSummary) + index_.bounds.capacity() +
         (index_.repetition_histograms.capacity() + index_.definition_histograms.capacity()) * sizeof(uint32_t);
}

}  // namespace pqflow::parquet
