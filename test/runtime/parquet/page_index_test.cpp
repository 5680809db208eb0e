#include "parquet/page_index.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "columns/test_schema.hpp"
#include "encoding/bytes.hpp"
#include "parquet/encoded_row_group.hpp"
#include "parquet/file_metadata.hpp"
#include "parquet/row_group_pages.hpp"
#include "parquet/row_group_writer.hpp"

namespace pqflow::parquet {
namespace {

using namespace test;

RowGroupOptions pages_of_two_rows() {
  RowGroupOptions options;
  options.row_group_rows = 1000;
  options.page_rows = 2;
  options.codec = PQFLOW_CODEC_UNCOMPRESSED;
  return options;
}

std::string text_of_span(std::span<const uint8_t> bytes) { return {bytes.begin(), bytes.end()}; }

// One column, pages of two rows.
template <typename T>
class Column {
 public:
  Column(const pqflow_field& field, const std::vector<T>& values, const std::vector<bool>& present = {},
         const RowGroupOptions& options = pages_of_two_rows())
      : test_schema_({field}), schema_(test_schema_.build()), writer_(schema_, options) {
    TestRecords records(schema_, values.size());
    for (size_t row = 0; row < values.size(); ++row) {
      records.set<T>(row, 0, values[row]);
      if (!present.empty()) {
        records.set_present(row, 0, present[row]);
      }
    }
    for (size_t row = 0; row < values.size(); row += 2) {
      writer_.append(records.data() + row * schema_.slot_size_bytes, std::min<size_t>(2, values.size() - row));
    }
    writer_.finish();
  }
  const EncodedChunk& chunk() { return writer_.finish().chunks[0]; }
  const PageIndex& index() { return *chunk().page_index; }
  const EncodedRowGroup& row_group() { return writer_.finish(); }
  RowGroupWriter& writer() { return writer_; }
  const columns::RecordSchema& schema() const { return schema_; }
  T min(size_t page) { return encoding::load<T>(index().min_of(index().pages[page]).data()); }
  T max(size_t page) { return encoding::load<T>(index().max_of(index().pages[page]).data()); }

 private:
  TestSchema test_schema_;
  columns::RecordSchema schema_;
  RowGroupWriter writer_;
};

pqflow_field int32_field() { return make_field("a", PQFLOW_STORAGE_INT32); }
pqflow_field optional_int32_field() { return optional_field(int32_field(), PQFLOW_NULL_BIT); }

TEST(PageIndex, has_the_bounds_of_each_page_and_the_chunk_those_of_all) {
  Column<int32_t> column(int32_field(), {5, 3, 9, 9, -7, 100, 4});
  ASSERT_TRUE(column.index().has_column_index);
  ASSERT_EQ(column.index().pages.size(), 4U);
  const int32_t mins[] = {3, 9, -7, 4};
  const int32_t maxes[] = {5, 9, 100, 4};
  for (size_t page = 0; page < 4; ++page) {
    EXPECT_EQ(column.min(page), mins[page]);
    EXPECT_EQ(column.max(page), maxes[page]);
  }
  EXPECT_EQ(encoding::load<int32_t>(column.chunk().bounds.min.data()), -7);
  EXPECT_EQ(encoding::load<int32_t>(column.chunk().bounds.max.data()), 100);
}

TEST(PageIndex, counts_rows_nulls_and_bytes_of_each_page) {
  Column<int32_t> column(optional_int32_field(), {1, 2, 3, 4, 5}, {true, false, false, false, true});
  const PageIndex& index = column.index();
  ASSERT_EQ(index.pages.size(), 3U);
  const uint64_t nulls[] = {1, 2, 0};
  const uint64_t rows[] = {2, 2, 1};
  const std::vector<Page> pages = pages_of(column.row_group(), 0);
  for (size_t page = 0; page < 3; ++page) {
    EXPECT_EQ(index.pages[page].null_count, nulls[page]);
    EXPECT_EQ(index.pages[page].row_count, rows[page]);
    EXPECT_EQ(index.pages[page].stored_bytes, pages[page].header_bytes + pages[page].body.size());
  }
}

TEST(PageIndex, has_no_bounds_for_a_page_of_nulls_and_leaves_it_out_of_the_order) {
  Column<int32_t> column(optional_int32_field(), {1, 2, 0, 0, 3, 3}, {true, true, false, false, true, true});
  const PageIndex& index = column.index();
  EXPECT_TRUE(index.has_column_index);
  EXPECT_TRUE(index.pages[1].is_null_page());
  EXPECT_TRUE(index.min_of(index.pages[1]).empty());
  EXPECT_TRUE(index.max_of(index.pages[1]).empty());
  EXPECT_EQ(index.boundary_order, BoundaryOrder::kAscending);
}

TEST(PageIndex, says_in_which_order_pages_are) {
  const auto order_of = [](const std::vector<int32_t>& values) { return Column<int32_t>(int32_field(), values).index().boundary_order; };
  EXPECT_EQ(order_of({1, 2, 2, 3, 3, 4}), BoundaryOrder::kAscending);
  EXPECT_EQ(order_of({4, 3, 3, 2, 2, 1}), BoundaryOrder::kDescending);
  EXPECT_EQ(order_of({1, 1, 1, 1}), BoundaryOrder::kAscending) << "all alike are both";
  EXPECT_EQ(order_of({1, 2}), BoundaryOrder::kAscending) << "a single page";
  EXPECT_EQ(order_of({1, 2, 3, 4, 2, 3}), BoundaryOrder::kUnordered);
  EXPECT_EQ(order_of({1, 9, 2, 3}), BoundaryOrder::kUnordered) << "minima rise, maxima fall";
  EXPECT_EQ(order_of({5, 6, 1, 9}), BoundaryOrder::kUnordered) << "minima fall, maxima rise";
  EXPECT_EQ(order_of({-1, -1, 1, 1}), BoundaryOrder::kAscending) << "signed";
  EXPECT_EQ(Column<uint32_t>(make_field("a", PQFLOW_STORAGE_UINT32), {1, 1, 0x80000000U, 0x80000000U}).index().boundary_order,
            BoundaryOrder::kAscending)
      << "unsigned";
}

struct Text {
  char bytes[100];
};

Text text(const std::string& value) {
  Text result;
  std::memset(result.bytes, ' ', sizeof result.bytes);
  std::memcpy(result.bytes, value.data(), value.size());
  return result;
}

TEST(PageIndex, shortens_the_bounds_of_long_texts_and_orders_pages_by_what_is_written) {
  const std::string head(64, 'a');
  // Whole, the second page's maximum is below the first's; shortened, both are alike.
  Column<Text> column(make_field("a", PQFLOW_STORAGE_PADDED_TEXT, 100),
                      {text(head + "b"), text(head + "z"), text(head + "c"), text(head + "d")});
  const PageIndex& index = column.index();
  const std::string raised = std::string(63, 'a') + "b";
  for (const PageSummary& page : index.pages) {
    EXPECT_EQ(text_of_span(index.min_of(page)), head);
    EXPECT_EQ(text_of_span(index.max_of(page)), raised);
    EXPECT_EQ(page.byte_array_bytes, 130U);
  }
  EXPECT_EQ(index.boundary_order, BoundaryOrder::kAscending);
  EXPECT_FALSE(column.chunk().bounds.is_max_exact);
}

TEST(PageIndex, orders_byte_strings_decimals_and_halves_as_their_types_do) {
  using Bytes12 = std::array<uint8_t, 12>;
  const auto bytes = [](uint8_t first, uint8_t last) {
    Bytes12 value = {};
    value[0] = first;
    value[11] = last;
    return value;
  };
  pqflow_field fixed = make_field("a", PQFLOW_STORAGE_FIXED_BYTES, 12);
  const std::vector<Bytes12> rising = {bytes(1, 0), bytes(1, 0), bytes(1, 5), bytes(1, 5), bytes(0xff, 0), bytes(0xff, 0)};
  EXPECT_EQ(Column<Bytes12>(fixed, rising).index().boundary_order, BoundaryOrder::kAscending);
  EXPECT_EQ(Column<Bytes12>(decimal_field(fixed, 20, 2), rising).index().boundary_order, BoundaryOrder::kUnordered) << "0xff is below 0";
  const pqflow_field as_bytes = written_as(decimal_field(make_field("a", PQFLOW_STORAGE_INT64), 18, 2), PQFLOW_PHYSICAL_BYTE_ARRAY);
  EXPECT_EQ(Column<int64_t>(as_bytes, {-1000, -1000, -1, -1, 0, 0, 1, 1, 300, 300}).index().boundary_order, BoundaryOrder::kAscending);
  const pqflow_field half = make_field("a", PQFLOW_STORAGE_FLOAT16);
  EXPECT_EQ(Column<uint16_t>(half, {0xbc00, 0xbc00, 0x3c00, 0x3c00}).index().boundary_order, BoundaryOrder::kAscending) << "-1, 1";
  const pqflow_field symbol = make_field("a", PQFLOW_STORAGE_PADDED_TEXT, 4);
  EXPECT_EQ(Column<uint32_t>(symbol, {0x20202041, 0x20202041, 0x20202042, 0x20202042}).index().boundary_order, BoundaryOrder::kAscending);
}

TEST(PageIndex, has_no_column_index_where_a_page_has_only_NaNs) {
  const double nan = std::nan("");
  Column<double> column(make_field("a", PQFLOW_STORAGE_DOUBLE), {1, nan, nan, nan, 2, 2});
  EXPECT_FALSE(column.index().has_column_index);
  EXPECT_EQ(column.index().pages.size(), 3U) << "its offset index stays";
  EXPECT_EQ(column.index().pages[0].nan_count, 1U);
  EXPECT_EQ(column.index().pages[1].nan_count, 2U);
  EXPECT_EQ(column.chunk().nan_count, 3U);
  EXPECT_TRUE(column.chunk().bounds.is_present);
  column.writer().reset();
  TestRecords records(column.schema(), 1);
  column.writer().append(records.data(), 1);
  column.writer().finish();
  EXPECT_TRUE(column.index().has_column_index) << "the next chunk has one again";
  EXPECT_EQ(column.chunk().nan_count, 0U);
}

RowGroupOptions in_total_order() {
  RowGroupOptions options = pages_of_two_rows();
  options.float_order = PQFLOW_FLOAT_ORDER_IEEE_754_TOTAL_ORDER;
  return options;
}

TEST(PageIndex, in_total_order_has_NaNs_as_bounds_of_a_page_of_NaNs_and_the_chunk_those_of_its_numbers) {
  const double nan = std::nan("");
  Column<double> column(make_field("a", PQFLOW_STORAGE_DOUBLE), {1, nan, 5, 2, -nan, nan}, {}, in_total_order());
  const PageIndex& index = column.index();
  ASSERT_TRUE(index.has_column_index);
  EXPECT_EQ(column.min(0), 1.0);
  EXPECT_EQ(column.max(0), 1.0);
  EXPECT_TRUE(std::isnan(column.min(2)));
  EXPECT_TRUE(std::isnan(column.max(2)));
  EXPECT_EQ(index.boundary_order, BoundaryOrder::kAscending) << "NaNs are above all numbers";
  EXPECT_EQ(index.pages[2].nan_count, 2U);
  EXPECT_EQ(encoding::load<double>(column.chunk().bounds.min.data()), 1.0);
  EXPECT_EQ(encoding::load<double>(column.chunk().bounds.max.data()), 5.0);
}

TEST(PageIndex, in_total_order_has_bounds_of_NaNs_alone) {
  Column<float> column(make_field("a", PQFLOW_STORAGE_FLOAT), {std::nanf(""), std::nanf("1")}, {}, in_total_order());
  ASSERT_TRUE(column.index().has_column_index);
  const columns::Bounds& bounds = column.chunk().bounds;
  ASSERT_TRUE(bounds.is_present);
  EXPECT_EQ(encoding::load<uint32_t>(bounds.min.data()), 0x7fc00000U) << "the NaN that is written";
  EXPECT_EQ(encoding::load<uint32_t>(bounds.max.data()), 0x7fc00000U);
  EXPECT_TRUE(bounds.is_min_exact);
}

TEST(PageIndex, in_total_order_keeps_the_signs_of_zeros_and_orders_pages_by_them) {
  const auto order_of = [](const std::vector<double>& values) {
    Column<double> column(make_field("a", PQFLOW_STORAGE_DOUBLE), values, {}, in_total_order());
    EXPECT_EQ(std::signbit(column.min(0)), std::signbit(values[0]));
    return column.index().boundary_order;
  };
  EXPECT_EQ(order_of({-0.0, -0.0, 0.0, 0.0}), BoundaryOrder::kAscending);
  EXPECT_EQ(order_of({0.0, 0.0, -0.0, -0.0}), BoundaryOrder::kDescending);
  EXPECT_EQ(order_of({0.0, 0.0, -0.0, -0.0, 0.0, 0.0}), BoundaryOrder::kUnordered);
}

TEST(PageIndex, has_no_column_index_where_statistics_or_an_order_are_missing) {
  const auto has_column_index = [](pqflow_field field, uint8_t statistics) {
    field.statistics = statistics;
    Column<std::array<uint8_t, 12>> column(field, {{1}, {2}, {3}});
    EXPECT_EQ(column.index().pages.size(), 2U);
    return column.index().has_column_index;
  };
  const pqflow_field fixed = make_field("a", PQFLOW_STORAGE_FIXED_BYTES, 12);
  EXPECT_TRUE(has_column_index(fixed, PQFLOW_COLUMN_STATISTICS_PAGE));
  EXPECT_FALSE(has_column_index(fixed, PQFLOW_COLUMN_STATISTICS_CHUNK));
  EXPECT_FALSE(has_column_index(fixed, PQFLOW_COLUMN_STATISTICS_NONE));
  EXPECT_FALSE(has_column_index(interval_field("a"), PQFLOW_COLUMN_STATISTICS_PAGE));
}

TEST(PageIndex, of_nulls_alone_in_a_column_without_an_order_is_none) {
  Column<std::array<uint8_t, 12>> column(optional_field(interval_field("a"), PQFLOW_NULL_BIT), {{1}, {2}}, {false, false});
  EXPECT_FALSE(column.index().has_column_index);
}

TEST(PageIndex, leaves_out_bounds_that_take_more_than_a_mebibyte) {
  using Bytes4096 = std::array<uint8_t, 4096>;
  const pqflow_field field = make_field("a", PQFLOW_STORAGE_FIXED_BYTES, 4096);
  EXPECT_TRUE(Column<Bytes4096>(field, std::vector<Bytes4096>(256)).index().has_column_index) << "128 pages, 8 KiB each";
  Column<Bytes4096> column(field, std::vector<Bytes4096>(258));
  EXPECT_FALSE(column.index().has_column_index);
  EXPECT_LE(column.index().bounds.size(), kMaxIndexBoundsBytes);
  EXPECT_TRUE(column.chunk().bounds.is_present);
}

TEST(PageIndex, grows_nowhere_once_the_writer_is_made) {
  Column<int32_t> column(optional_int32_field(), std::vector<int32_t>(1000, 7), std::vector<bool>(1000, true));
  const size_t memory_bytes = column.writer().memory_bytes();
  EXPECT_EQ(column.index().pages.size(), 500U);
  EXPECT_EQ(memory_bytes, RowGroupWriter(column.schema(), pages_of_two_rows()).memory_bytes());
}

TEST(PageIndex, says_how_many_values_a_dictionary_tells_apart) {
  const auto distinct_count = [](pqflow_field field, uint8_t encoding) {
    field.encoding = encoding;
    return Column<int32_t>(field, {7, 8, 7, 9}, {true, true, true, true}).chunk().distinct_count;
  };
  EXPECT_EQ(distinct_count(optional_int32_field(), PQFLOW_ENCODING_RLE_DICTIONARY), 3U);
  EXPECT_EQ(distinct_count(optional_int32_field(), PQFLOW_ENCODING_DELTA_BINARY_PACKED), 0U) << "not known";
  pqflow_field number = make_field("a", PQFLOW_STORAGE_FLOAT);
  number.encoding = PQFLOW_ENCODING_RLE_DICTIONARY;
  EXPECT_EQ(Column<float>(number, {0.0F, -0.0F}).chunk().distinct_count, 0U) << "two values or one";
}

}  // namespace
}  // namespace pqflow::parquet
