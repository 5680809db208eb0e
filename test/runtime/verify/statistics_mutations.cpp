// Damages to statistics of chunks and pages.
#include <cmath>

#include "verify/mutation.hpp"

namespace pqflow::verify_test {
namespace {

using verify::Rule;

Damaging min_is(size_t column, const ByteVector& bound) {
  return in_statistics(column, [=](Node& statistics) { statistics.set(6, binary(bound)).set(8, boolean(false)); });
}
Damaging max_is(size_t column, const ByteVector& bound) {
  return in_statistics(column, [=](Node& statistics) { statistics.set(5, binary(bound)).set(7, boolean(false)); });
}

std::vector<Mutation> bounds_mutations() {
  return {
      {Rule::kBoundsPair, "no min_value", "level", at_chunk(kLevel), "min_value and max_value",
       in_statistics(kLevel, [](Node& statistics) { statistics.erase(6); })},
      {Rule::kBoundsForm, "a bound of three bytes", "level", at_chunk(kLevel), "max_value of 3 bytes", max_is(kLevel, {7, 0, 0})},
      {Rule::kBoundsForm, "a NaN as bound", "price", at_chunk(kPrice), "max_value is a NaN",
       max_is(kPrice, {0, 0, 0, 0, 0, 0, 0xf8, 0x7f})},
      {Rule::kBoundsForm, "half a letter as bound", "name", at_chunk(kName), "max_value of 3 bytes", max_is(kName, {'c', 'd', 0xc3})},
      {Rule::kBoundsOrder, "bounds of no value, the wrong way round", "amount", at_chunk(kAmount), "min_value is above max_value",
       in_statistics(kAmount,
                     [](Node& statistics) {
                       statistics.set(6, binary({0, 0, 0, 2})).set(5, binary({0, 0, 0, 1}));
                     })},
      {Rule::kBoundsHold, "a max too small", "level", at_chunk(kLevel), "a value is above max_value", max_is(kLevel, plain_i32({6}))},
      {Rule::kBoundsHold, "a min too large", "level", at_chunk(kLevel), "a value is below min_value", min_is(kLevel, plain_i32({-2}))},
      {Rule::kBoundsHold, "a max too small in a page's header", "level", at_page(kLevel, 0), "a value is above max_value",
       in_page_header(kLevel, 0,
                      [](Node& header) {
                        header.at(5).set(5, structure({{5, binary(plain_i32({6}))}, {6, binary(plain_i32({-3}))}}));
                      })},
      {Rule::kBoundsExact, "a max that no value has", "level", at_chunk(kLevel), "max_value is said to be exact",
       in_statistics(kLevel, [](Node& statistics) { statistics.set(5, binary(plain_i32({8}))); })},
      {Rule::kBoundsExact, "a min that no value has", "level", at_chunk(kLevel), "min_value is said to be exact",
       in_statistics(kLevel, [](Node& statistics) { statistics.set(6, binary(plain_i32({-4}))); })},
      {Rule::kBoundsZero, "a lower bound of +0.0", "price", at_chunk(kPrice), "a zero bound has the sign",
       min_is(kPrice, plain_f64({0.0}))},
      {Rule::kBoundsForbidden, "bounds of INT96", "old", at_chunk(kOld), "order is not defined",
       in_statistics(kOld, [](Node& statistics) { statistics.set(5, binary(ByteVector(12))).set(6, binary(ByteVector(12))); })},
  };
}

std::vector<Mutation> total_order_mutations() {
  const auto statistics_are = [](const Editing& edit) -> Damaging {
    return [=](FileSpec& file) { edit(file.columns[kPrice].statistics); };
  };
  const ByteVector nan = plain_f64({std::nan("")});
  return {
      {Rule::kBoundsHold, "a total order that -0.0 breaks", "price", at_chunk(kPrice), "a value is below min_value",
       [](FileSpec& file) {
         put_in_total_order(file, {-0.0, 1.0, 2.5}, -0.0, 2.5);
         file.columns[kPrice].statistics.set(6, binary(plain_f64({0.0})));
       }},
      {Rule::kColumnIndexBounds, "a page's total order that -0.0 breaks", "price", at_column_index(kPrice),
       "page 0: a value lies outside its bounds",
       [](FileSpec& file) {
         put_in_total_order(file, {-0.0, 1.0, 2.5}, -0.0, 2.5);
         file.columns[kPrice].pages[0].min = plain_f64({0.0});
       }},
      {Rule::kColumnOrderType, "a total order of integers", "id", at_footer(), "not floating point", in_footer([](Node& footer) {
         footer.at(7).item(kId) = structure({{2, structure({})}});
       })},
      {Rule::kNanCountMissing, "NaNs of a chunk not counted", "price", at_chunk(kPrice), "no nan_count",
       [=](FileSpec& file) {
         put_in_total_order(file, {0.0, 1.0, 2.5}, 0.0, 2.5);
         statistics_are([](Node& statistics) { statistics.erase(9); })(file);
       }},
      {Rule::kNanCountMissing, "NaNs of pages not counted", "price", at_column_index(kPrice), "no nan_counts",
       [](FileSpec& file) {
         put_in_total_order(file, {0.0, 1.0, 2.5}, 0.0, 2.5);
         file.on_column_index = {};
       }},
      {Rule::kBoundsNan, "a NaN as bound of numbers", "price", at_chunk(kPrice), "a NaN is a bound of numbers",
       [=](FileSpec& file) {
         put_in_total_order(file, {0.0, std::nan(""), 2.5}, 0.0, 2.5);
         statistics_are([=](Node& statistics) { statistics.set(5, binary(nan)); })(file);
       }},
      {Rule::kBoundsNan, "a NaN as a page's bound of numbers", "price", at_column_index(kPrice), "page 0: a NaN is a bound of numbers",
       [=](FileSpec& file) {
         put_in_total_order(file, {0.0, std::nan(""), 2.5}, 0.0, 2.5);
         file.columns[kPrice].pages[0].max = nan;
       }},
      {Rule::kBoundsNan, "a number as bound of NaNs", "price", at_chunk(kPrice), "all values are NaNs, a bound is none",
       [=](FileSpec& file) {
         put_in_total_order(file, {std::nan(""), std::nan(""), std::nan("")}, std::nan(""), std::nan(""));
         statistics_are([](Node& statistics) { statistics.set(6, binary(plain_f64({0.0}))); })(file);
       }},
      {Rule::kBoundsNan, "a NaN outside the bounds", "price", at_chunk(kPrice), "a NaN lies outside the bounds",
       [=](FileSpec& file) {
         put_in_total_order(file, {-std::nan(""), std::nan(""), std::nan("")}, -std::nan(""), std::nan(""));
         statistics_are([=](Node& statistics) { statistics.set(6, binary(nan)); })(file);
       }},
      {Rule::kBoundsNan, "bounds of NaNs in TYPE_ORDER", "price", at_chunk(kPrice), "bounds where all values are NaNs",
       [](FileSpec& file) {
         PageSpec& page = file.columns[kPrice].pages[0];
         page.values = plain_f64({std::nan(""), std::nan(""), std::nan("")});
         file.columns[kPrice].statistics.set(9, i64(3));
         file.columns[kPrice].has_column_index = false;
       }},
      {Rule::kBoundsNan, "a page's bounds of NaNs in TYPE_ORDER", "price", at_column_index(kPrice),
       "page 0: bounds where all values are NaNs",
       [](FileSpec& file) {
         PageSpec& page = file.columns[kPrice].pages[0];
         page.values = plain_f64({std::nan(""), std::nan(""), std::nan("")});
         file.columns[kPrice].statistics.erase(5).erase(6).erase(7).erase(8).set(9, i64(3));
         in_column_index(kPrice, [](Node& index) { index.set(8, i64_list({3})); })(file);
       }},
  };
}

std::vector<Mutation> count_mutations() {
  return {
      {Rule::kNullCount, "a null too many", "name", at_chunk(kName), "null_count is 2, not 1",
       in_statistics(kName, [](Node& statistics) { statistics.set(3, i64(2)); })},
      {Rule::kNanCount, "no NaN", "price", at_chunk(kPrice), "nan_count is 0, not 1",
       in_statistics(kPrice, [](Node& statistics) { statistics.set(9, i64(0)); })},
      {Rule::kDistinctCount, "a value too many", "name", at_chunk(kName), "distinct_count is 3, not 2",
       in_statistics(kName, [](Node& statistics) { statistics.set(4, i64(3)); })},
      {Rule::kSizeStatistics, "a byte too many", "name", at_chunk(kName), "unencoded_byte_array_data_bytes is 7, not 6",
       in_sizes(kName, [](Node& sizes) { sizes.set(1, i64(7)); })},
      {Rule::kSizeStatistics, "definition levels of another column", "name", at_chunk(kName), "definition_level_histogram",
       in_sizes(kName,
                [](Node& sizes) {
                  sizes.set(3, i64_list({2, 2}));
                })},
      {Rule::kSizeStatistics, "repetition levels of another column", "tags.list.element", at_chunk(kTags), "repetition_level_histogram",
       in_sizes(kTags,
                [](Node& sizes) {
                  sizes.set(2, i64_list({5, 1}));
                })},
  };
}

}  // namespace

std::vector<Mutation> statistics_mutations() {
  std::vector<Mutation> all = bounds_mutations();
  for (const auto part : {total_order_mutations, count_mutations}) {
    for (Mutation& mutation : part()) {
      all.push_back(std::move(mutation));
    }
  }
  return all;
}

}  // namespace pqflow::verify_test
