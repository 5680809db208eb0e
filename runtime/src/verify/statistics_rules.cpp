#include "verify/statistics_rules.hpp"

#include "verify/value_rules.hpp"

namespace pqflow::verify {
namespace {

bool has_form(const Leaf& leaf, Bytes bound) {
  if (leaf.type == PhysicalType::kBoolean) {
    return bound.size() == 1 && bound[0] <= 1;
  }
  return leaf.width_bytes() != 0 ? bound.size() == leaf.width_bytes() : !leaf.is_utf8() || is_utf8(bound);
}

class BoundsCheck {
 public:
  BoundsCheck(const Leaf& leaf, const Statistics& statistics, const ValueFacts& values, uint64_t place, const Reporter& reporter)
      : leaf_(leaf), order_(leaf), statistics_(statistics), values_(values), range_(values.range), place_(place), reporter_(reporter) {}

  void check() const {
    reporter_.require(statistics_.min.has_value() == statistics_.max.has_value(), Rule::kBoundsPair, place_,
                      "one of min_value and max_value is missing");
    if (!statistics_.min || !statistics_.max) {
      return;
    }
    if (!reporter_.require(order_.is_defined(), Rule::kBoundsForbidden, place_, "bounds of a column whose order is not defined")) {
      return;
    }
    const bool is_formed = check_bound_form(leaf_, order_, *statistics_.min, "min_value", place_, reporter_) &&
                           check_bound_form(leaf_, order_, *statistics_.max, "max_value", place_, reporter_);
    if (is_formed &&
        check_nan_bounds(order_, values_, statistics_.nan_count.has_value(), *statistics_.min, *statistics_.max, "", place_, reporter_)) {
      check_order();
      check_zeros();
      check_range();
    }
  }

 private:
  void check_order() const {
    reporter_.require(order_.compare(*statistics_.min, *statistics_.max) <= 0, Rule::kBoundsOrder, place_, "min_value is above max_value");
  }
  void check_zeros() const {
    reporter_.require(
        order_.zero_of(*statistics_.min) != ValueOrder::Zero::kPositive && order_.zero_of(*statistics_.max) != ValueOrder::Zero::kNegative,
        Rule::kBoundsZero, place_, "a zero bound has the sign that leaves out the other zero");
  }
  void check_range() const {
    if (!range_.has_values()) {
      return;
    }
    const bool holds_min = order_.compare(*statistics_.min, range_.min()) <= 0;
    const bool holds_max = order_.compare(*statistics_.max, range_.max()) >= 0;
    reporter_.require(holds_min, Rule::kBoundsHold, place_, "a value is below min_value");
    reporter_.require(holds_max, Rule::kBoundsHold, place_, "a value is above max_value");
    if (holds_min && statistics_.is_min_exact == true) {
      reporter_.require(order_.compare(*statistics_.min, range_.min()) == 0, Rule::kBoundsExact, place_,
                        "min_value is said to be exact, and no value is equal to it");
    }
    if (holds_max && statistics_.is_max_exact == true) {
      reporter_.require(order_.compare(*statistics_.max, range_.max()) == 0, Rule::kBoundsExact, place_,
                        "max_value is said to be exact, and no value is equal to it");
    }
  }

  const Leaf& leaf_;
  ValueOrder order_;
  const Statistics& statistics_;
  const ValueFacts& values_;
  const ObservedRange& range_;
  uint64_t place_;
  const Reporter& reporter_;
};

void check_histogram(const std::vector<int64_t>& said, const std::vector<uint64_t>& found, const char* name, uint64_t place,
                     const Reporter& reporter) {
  if (said.empty()) {
    return;  // May be left out.
  }
  bool is_equal = said.size() == found.size();
  for (size_t level = 0; is_equal && level < said.size(); ++level) {
    is_equal = static_cast<uint64_t>(said[level]) == found[level];
  }
  reporter.require(is_equal, Rule::kSizeStatistics, place, std::string(name) + " does not count the levels as they are");
}

}  // namespace

bool check_bound_form(const Leaf& leaf, const ValueOrder& order, Bytes bound, const char* name, uint64_t place, const Reporter& reporter) {
  const bool is_formed = has_form(leaf, bound);
  reporter.require(is_formed, Rule::kBoundsForm, place,
                   std::string(name) + " of " + std::to_string(bound.size()) + " bytes is no value of the column's type");
  return is_formed && reporter.require(order.is_total() || !order.is_nan(bound), Rule::kBoundsForm, place, std::string(name) + " is a NaN");
}

bool check_nan_bounds(const ValueOrder& order, const ValueFacts& values, bool counts_nans, Bytes min, Bytes max, const std::string& name,
                      uint64_t place, const Reporter& reporter) {
  if (!order.is_total()) {
    return reporter.require(!counts_nans || !values.is_all_nans(), Rule::kBoundsNan, place, name + "bounds where all values are NaNs");
  }
  if (!values.is_all_nans()) {
    return reporter.require(!order.is_nan(min) && !order.is_nan(max), Rule::kBoundsNan, place, name + "a NaN is a bound of numbers");
  }
  return reporter.require(order.is_nan(min) && order.is_nan(max), Rule::kBoundsNan, place, name + "all values are NaNs, a bound is none") &&
         reporter.require(order.compare(min, values.nan_range.min()) <= 0 && order.compare(max, values.nan_range.max()) >= 0,
                          Rule::kBoundsNan, place, name + "a NaN lies outside the bounds");
}

void check_statistics(const Leaf& leaf, const Statistics& statistics, const ValueFacts& values, std::optional<size_t> distinct_count,
                      uint64_t place, const Reporter& reporter) {
  if (statistics.null_count) {
    reporter.require_equal(static_cast<uint64_t>(*statistics.null_count), values.null_count, Rule::kNullCount, place, "null_count");
  }
  reporter.require(statistics.nan_count || !leaf.has_total_order, Rule::kNanCountMissing, place, "no nan_count");
  if (statistics.nan_count) {
    reporter.require_equal(static_cast<uint64_t>(*statistics.nan_count), values.nan_count, Rule::kNanCount, place, "nan_count");
  }
  if (statistics.distinct_count && distinct_count) {
    reporter.require_equal(static_cast<uint64_t>(*statistics.distinct_count), *distinct_count, Rule::kDistinctCount, place,
                           "distinct_count");
  }
  BoundsCheck(leaf, statistics, values, place, reporter).check();
}

void check_sizes(const Leaf& leaf, const SizeStatistics& sizes, const ValueFacts& values, uint64_t place, const Reporter& reporter) {
  if (sizes.byte_array_bytes) {
    const uint64_t expected = leaf.type == PhysicalType::kByteArray ? values.byte_array_bytes : 0;
    reporter.require_equal(static_cast<uint64_t>(*sizes.byte_array_bytes), expected, Rule::kSizeStatistics, place,
                           "unencoded_byte_array_data_bytes");
  }
  check_histogram(sizes.definition_histogram, values.definition_histogram, "definition_level_histogram", place, reporter);
  check_histogram(sizes.repetition_histogram, values.repetition_histogram, "repetition_level_histogram", place, reporter);
}

}  // namespace pqflow::verify
