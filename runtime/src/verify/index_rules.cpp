#include "verify/index_rules.hpp"

#include "verify/statistics_rules.hpp"

namespace pqflow::verify {
namespace {

// Memory of an index and the structure read from it.
struct IndexBytes {
  std::vector<uint8_t> bytes;
  ThriftDocument document;
};

bool load(const FileReader& file, uint64_t data_end_bytes, const FileSpan& span, const char* name, const Reporter& reporter,
          IndexBytes& index) {
  const auto offset_bytes = static_cast<uint64_t>(span.offset_bytes);
  const auto size_bytes = static_cast<uint64_t>(span.size_bytes);
  const bool is_inside =
      span.offset_bytes > 0 && span.size_bytes > 0 && offset_bytes <= data_end_bytes && size_bytes <= data_end_bytes - offset_bytes;
  if (!reporter.require(is_inside, Rule::kIndexPlace, offset_bytes, std::string(name) + " lies outside the file")) {
    return false;
  }
  index.bytes = file.read(offset_bytes, size_bytes);
  try {
    index.document = read_thrift(index.bytes);
  } catch (const Malformed& damage) {
    reporter.add(Rule::kThrift, offset_bytes + damage.position_bytes, std::string(name) + ": " + damage.what());
    return false;
  }
  return reporter.require_equal(size_bytes, index.document.size_bytes, Rule::kIndexPlace, offset_bytes, std::string(name) + "'s length");
}

void check_locations(const OffsetIndex& index, const ChunkFacts& facts, uint64_t place, const Reporter& reporter) {
  if (!reporter.require_equal(index.pages.size(), facts.data_pages.size(), Rule::kOffsetIndexPages, place,
                              "the number of page_locations")) {
    return;
  }
  const bool has_byte_array_bytes = !index.byte_array_bytes.empty();
  if (has_byte_array_bytes && !reporter.require_equal(index.byte_array_bytes.size(), index.pages.size(), Rule::kOffsetIndexPages, place,
                                                      "the number of unencoded_byte_array_data_bytes")) {
    return;
  }
  for (size_t position = 0; position < index.pages.size(); ++position) {
    const PageLocation& said = index.pages[position];
    const PageFacts& page = facts.data_pages[position];
    const std::string name = "page " + std::to_string(position);
    reporter.require_equal(static_cast<uint64_t>(said.offset_bytes), page.offset_bytes, Rule::kOffsetIndexPages, place, name + ": offset");
    reporter.require_equal(static_cast<uint64_t>(said.size_bytes), page.stored_bytes, Rule::kOffsetIndexPages, place,
                           name + ": compressed_page_size");
    reporter.require_equal(static_cast<uint64_t>(said.first_row), page.first_row, Rule::kOffsetIndexRows, place,
                           name + ": first_row_index");
    reporter.require(page.begins_row, Rule::kRowBoundary, page.offset_bytes, name + " begins in the middle of a row");
    if (has_byte_array_bytes) {
      reporter.require_equal(static_cast<uint64_t>(index.byte_array_bytes[position]), page.values.byte_array_bytes, Rule::kSizeStatistics,
                             place, name + ": unencoded_byte_array_data_bytes");
    }
  }
}

class ColumnIndexCheck {
 public:
  ColumnIndexCheck(const Leaf& leaf, const ColumnIndex& index, const ChunkFacts& facts, uint64_t place, const Reporter& reporter)
      : leaf_(leaf), order_(leaf), index_(index), facts_(facts), place_(place), reporter_(reporter) {}

  void check() const {
    if (!has_shape() ||
        !reporter_.require(order_.is_defined(), Rule::kBoundsForbidden, place_, "a column index of a column whose order is not defined")) {
      return;
    }
    reporter_.require(!index_.nan_counts.empty() || !order_.is_total() || facts_.data_pages.empty(), Rule::kNanCountMissing, place_,
                      "no nan_counts");
    bool is_formed = true;
    for (size_t position = 0; position < facts_.data_pages.size(); ++position) {
      is_formed &= check_page(position);
    }
    if (is_formed) {
      check_boundary_order();
    }
    check_histograms(index_.repetition_histograms, &ValueFacts::repetition_histogram, "repetition_level_histograms");
    check_histograms(index_.definition_histograms, &ValueFacts::definition_histogram, "definition_level_histograms");
  }

 private:
  void check_histograms(const std::vector<int64_t>& said, std::vector<uint64_t> ValueFacts::*histogram, const char* name) const {
    if (said.empty()) {
      return;  // May be left out.
    }
    std::vector<int64_t> found;
    for (const PageFacts& page : facts_.data_pages) {
      const std::vector<uint64_t>& levels = page.values.*histogram;
      found.insert(found.end(), levels.begin(), levels.end());
    }
    reporter_.require(said == found, Rule::kSizeStatistics, place_, std::string(name) + " do not count the levels as they are");
  }
  bool has_shape() const {
    const size_t page_count = facts_.data_pages.size();
    const auto fits = [&](size_t count, bool may_be_absent) { return count == page_count || (may_be_absent && count == 0); };
    return reporter_.require(fits(index_.null_pages.size(), false) && fits(index_.mins.size(), false) && fits(index_.maxes.size(), false) &&
                                 fits(index_.null_counts.size(), true) && fits(index_.nan_counts.size(), true),
                             Rule::kColumnIndexShape, place_, "lists of other lengths than the " + std::to_string(page_count) + " pages");
  }

  bool check_page(size_t position) const {
    const ValueFacts& values = facts_.data_pages[position].values;
    const std::string name = "page " + std::to_string(position);
    const bool is_null_page = values.null_count == values.value_count;
    reporter_.require((index_.null_pages[position] != 0) == is_null_page, Rule::kColumnIndexNulls, place_, name + ": null_pages is wrong");
    if (!index_.null_counts.empty()) {
      reporter_.require_equal(static_cast<uint64_t>(index_.null_counts[position]), values.null_count, Rule::kColumnIndexNulls, place_,
                              name + ": null_counts");
    }
    if (!index_.nan_counts.empty()) {
      reporter_.require_equal(static_cast<uint64_t>(index_.nan_counts[position]), values.nan_count, Rule::kNanCount, place_,
                              name + ": nan_counts");
    }
    if (is_null_page) {
      reporter_.require(index_.mins[position].empty() && index_.maxes[position].empty(), Rule::kColumnIndexNulls, place_,
                        name + ": a null page has bounds");
    }
    return is_null_page || index_.null_pages[position] != 0 || check_bounds(position, values, name);
  }

  bool check_bounds(size_t position, const ValueFacts& values, const std::string& name) const {
    const bool is_formed = check_bound_form(leaf_, order_, index_.mins[position], (name + ": min_values").c_str(), place_, reporter_) &&
                           check_bound_form(leaf_, order_, index_.maxes[position], (name + ": max_values").c_str(), place_, reporter_);
    if (is_formed && !check_nan_bounds(order_, values, !index_.nan_counts.empty(), index_.mins[position], index_.maxes[position],
                                       name + ": ", place_, reporter_)) {
      return false;
    }
    if (is_formed && values.range.has_values()) {
      reporter_.require(
          order_.compare(index_.mins[position], values.range.min()) <= 0 && order_.compare(index_.maxes[position], values.range.max()) >= 0,
          Rule::kColumnIndexBounds, place_, name + ": a value lies outside its bounds");
    }
    return is_formed;
  }

  // 0 UNORDERED, 1 ASCENDING, 2 DESCENDING.
  void check_boundary_order() const {
    if (!reporter_.require(index_.boundary_order >= 0 && index_.boundary_order <= 2, Rule::kBoundaryOrder, place_,
                           "boundary_order is unknown") ||
        index_.boundary_order == 0) {
      return;
    }
    const int direction = index_.boundary_order == 1 ? 1 : -1;
    std::optional<size_t> previous;
    for (size_t position = 0; position < index_.mins.size(); ++position) {
      if (index_.null_pages[position] != 0) {
        continue;
      }
      const bool holds = !previous || (order_.compare(index_.mins[*previous], index_.mins[position]) * direction <= 0 &&
                                       order_.compare(index_.maxes[*previous], index_.maxes[position]) * direction <= 0);
      if (!reporter_.require(holds, Rule::kBoundaryOrder, place_, "page " + std::to_string(position) + " breaks the boundary_order")) {
        return;
      }
      previous = position;
    }
  }

  const Leaf& leaf_;
  ValueOrder order_;
  const ColumnIndex& index_;
  const ChunkFacts& facts_;
  uint64_t place_;
  const Reporter& reporter_;
};

}  // namespace

void check_indexes(const FileReader& file, uint64_t data_end_bytes, const Leaf& leaf, const ColumnChunk& chunk, const ChunkFacts& facts,
                   const Reporter& reporter) {
  reporter.require(!chunk.column_index || chunk.offset_index, Rule::kIndexPlace, static_cast<uint64_t>(chunk.first_page_offset()),
                   "a column index without an offset index");
  IndexBytes bytes;
  if (chunk.offset_index && load(file, data_end_bytes, *chunk.offset_index, "offset index", reporter, bytes) && facts.is_complete) {
    const auto place = static_cast<uint64_t>(chunk.offset_index->offset_bytes);
    check_locations(read_offset_index(Fields(bytes.document.fields, reporter, place, "OffsetIndex")), facts, place, reporter);
  }
  if (chunk.column_index && load(file, data_end_bytes, *chunk.column_index, "column index", reporter, bytes) && facts.is_complete) {
    const auto place = static_cast<uint64_t>(chunk.column_index->offset_bytes);
    ColumnIndexCheck(leaf, read_column_index(Fields(bytes.document.fields, reporter, place, "ColumnIndex")), facts, place, reporter)
        .check();
  }
}

}  // namespace pqflow::verify
