// What a descriptor says of the file alone: Bloom filters, and the order of rows.
#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "columns/record_schema.hpp"
#include "columns/refusals.hpp"
#include "columns/test_schema.hpp"

namespace pqflow::columns {
namespace {

using namespace test;

TEST(FileSideChecks, refuses_bloom_filters_that_cannot_be) {
  const auto expect = [](double fpp, uint64_t ndv, const std::string& message) {
    expect_refused(
        price(),
        [&](pqflow_field& it) {
          it.bloom_filter_fpp = fpp;
          it.bloom_filter_ndv = ndv;
        },
        message);
  };
  expect(0.6, 0, "bloom_filter_fpp is not 1e-6 … 0.5");
  expect(1e-7, 0, "bloom_filter_fpp is not 1e-6 … 0.5");
  expect(-0.1, 0, "bloom_filter_fpp is not 1e-6 … 0.5");
  expect(std::numeric_limits<double>::quiet_NaN(), 0, "bloom_filter_fpp is not 1e-6 … 0.5");
  expect(0.01, (uint64_t{1} << 26) + 1, "bloom_filter_ndv is 67108865");
  expect(0, 5, "bloom_filter_ndv without a bloom_filter_fpp");
  expect_refused(
      price(PQFLOW_STORAGE_BOOL), [](pqflow_field& it) { it.bloom_filter_fpp = 0.01; }, "a BOOLEAN column has no bloom filter");
}

TEST(FileSideChecks, refuses_orders_that_cannot_be) {
  static pqflow_sorting_column columns[2];
  const auto expect = [](const pqflow_sorting_column& first, const pqflow_sorting_column& second, const std::string& message) {
    expect_schema_refused(
        [&](pqflow_descriptor& it) {
          columns[0] = first;
          columns[1] = second;
          it.sorting_columns = columns;
          it.sorting_column_count = 2;
        },
        message);
  };
  expect({0, 0, 0, {}}, {2, 0, 0, {}}, "sorting_columns names column 2, which does not exist");
  expect({1, 0, 0, {}}, {1, 1, 0, {}}, "sorting_columns names column 1 twice");
  expect({0, 2, 0, {}}, {1, 0, 0, {}}, "sorting_columns: `price` has a flag that is not 0 or 1");
  expect({0, 0, 0, {}}, {1, 0, 7, {}}, "sorting_columns: `size` has a flag that is not 0 or 1");
  expect_schema_refused([](pqflow_descriptor& it) { it.sorting_column_count = 1; }, "sorting_columns is null, but its count is 1");
  const pqflow_sorting_column by_term = {0, 0, 0, {}};
  TestSchema schema({interval_field("term")});
  schema.descriptor().sorting_columns = &by_term;
  schema.descriptor().sorting_column_count = 1;
  EXPECT_NE(build(schema.descriptor()).message.find("`term` is of a type without an order"), std::string::npos);
}

}  // namespace
}  // namespace pqflow::columns
