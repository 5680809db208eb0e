// Pages that end early because of their size: page_bytes.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "columns/test_schema.hpp"
#include "encoding/bytes.hpp"
#include "parquet/sized_pages.hpp"

namespace pqflow::parquet::test {
namespace {

using namespace pqflow::test;

pqflow_field plain(pqflow_field field) {
  field.encoding = PQFLOW_ENCODING_PLAIN;
  return field;
}

// One column, `row_count` zeros or nulls.
Rows page_rows_of_zeros(pqflow_field field, uint64_t page_bytes, size_t row_count, uint32_t page_rows = 1'000) {
  TestSchema test_schema({plain(field)});
  const columns::RecordSchema schema = test_schema.build();
  const TestRecords records(schema, row_count);
  RowGroupWriter writer(schema, options_of(page_bytes, page_rows));
  return page_rows_of(write(writer, schema, records.data(), row_count), 0);
}

TEST(PageBytes, end_a_page_before_the_row_that_would_make_it_larger) {
  const pqflow_field eight_bytes = make_field("a", PQFLOW_STORAGE_INT64);
  EXPECT_EQ(page_rows_of_zeros(eight_bytes, 4'000, 1'000), (Rows{500, 500}));
  EXPECT_EQ(page_rows_of_zeros(eight_bytes, 3'999, 1'000), (Rows{499, 499, 2}));
  EXPECT_EQ(page_rows_of_zeros(eight_bytes, 8'000, 1'000), (Rows{1'000})) << "exactly as large as allowed";
  EXPECT_EQ(page_rows_of_zeros(eight_bytes, 7'999, 1'000), (Rows{999, 1}));
}

TEST(PageBytes, count_again_after_page_rows) {
  EXPECT_EQ(page_rows_of_zeros(make_field("a", PQFLOW_STORAGE_INT64), 4'800, 2'500), (Rows{600, 400, 600, 400, 500}));
}

TEST(PageBytes, count_the_length_of_a_byte_array_a_bit_for_a_boolean_and_the_bits_of_levels) {
  EXPECT_EQ(page_rows_of_zeros(make_field("a", PQFLOW_STORAGE_COUNTED_8, 20), 40, 25), (Rows{10, 10, 5})) << "4 bytes each";
  EXPECT_EQ(page_rows_of_zeros(make_field("a", PQFLOW_STORAGE_BOOL), 10, 200), (Rows{80, 80, 40}));
  EXPECT_EQ(page_rows_of_zeros(optional_field(make_field("a", PQFLOW_STORAGE_BOOL), PQFLOW_NULL_SENTINEL, 0xff), 10, 100),
            (Rows{40, 40, 20}))
      << "a bit of its level and one of its value";
  EXPECT_EQ(page_rows_of_zeros(optional_field(make_field("a", PQFLOW_STORAGE_INT64), PQFLOW_NULL_BIT), 10, 200), (Rows{80, 80, 40}))
      << "nulls have a level alone";
}

TEST(PageBytes, leave_a_page_to_each_row_that_is_larger) {
  EXPECT_EQ(page_rows_of_zeros(make_field("a", PQFLOW_STORAGE_FIXED_BYTES, 100), 50, 4), (Rows{1, 1, 1, 1}));
  EXPECT_EQ(page_rows_of_zeros(make_field("a", PQFLOW_STORAGE_FIXED_BYTES, 100), 1, 4), (Rows{1, 1, 1, 1}));
}

TEST(PageBytes, cut_each_column_by_itself) {
  TestSchema test_schema({make_field("narrow", PQFLOW_STORAGE_INT32), make_field("wide", PQFLOW_STORAGE_FIXED_BYTES, 64)});
  const columns::RecordSchema schema = test_schema.build();
  const TestRecords records(schema, 1'500);
  RowGroupWriter writer(schema, options_of(32'000));
  const EncodedRowGroup& group = write(writer, schema, records.data(), 1'500);
  EXPECT_EQ(page_rows_of(group, 0), (Rows{1'000, 500}));
  EXPECT_EQ(page_rows_of(group, 1), (Rows{500, 500, 500}));
}

TEST(PageBytes, change_nothing_where_no_page_gets_so_large) {
  TestSchema test_schema({make_field("a", PQFLOW_STORAGE_INT64), make_field("b", PQFLOW_STORAGE_COUNTED_8, 250),
                          optional_field(make_field("c", PQFLOW_STORAGE_DOUBLE), PQFLOW_NULL_NAN)});
  for (pqflow_field& field : test_schema.fields()) {
    field.encoding = PQFLOW_ENCODING_AUTO;
  }
  const columns::RecordSchema schema = test_schema.build();
  TestRecords records(schema, 3'000);
  for (size_t row = 0; row < 3'000; ++row) {
    records.set<int64_t>(row, 0, static_cast<int64_t>(row * row));
    records.set_bytes(row, 1, std::string(1, static_cast<char>(row % 7)) + "abcdefg");
    records.set<double>(row, 2, row % 5 == 0 ? std::numeric_limits<double>::quiet_NaN() : static_cast<double>(row));
  }
  // Texts of 250 bytes could make pages of the second column larger, those of 6 do not.
  RowGroupWriter limited(schema, options_of(10'000));
  RowGroupWriter unlimited(schema, options_of(uint64_t{1} << 30));
  const std::vector<uint8_t> bytes = bytes_of(write(limited, schema, records.data(), 3'000));
  EXPECT_EQ(bytes, bytes_of(write(unlimited, schema, records.data(), 3'000)));
}

TEST(PageBytes, give_each_page_its_own_bounds_nulls_and_NaNs) {
  TestSchema test_schema({plain(make_field("number", PQFLOW_STORAGE_DOUBLE)),
                          plain(optional_field(make_field("text", PQFLOW_STORAGE_COUNTED_8, 30), PQFLOW_NULL_BIT))});
  const columns::RecordSchema schema = test_schema.build();
  TestRecords records(schema, 1'000);
  std::mt19937 random(5);
  std::vector<double> numbers;
  std::vector<std::string> texts;  // Empty: null.
  for (size_t row = 0; row < 1'000; ++row) {
    numbers.push_back(random() % 9 == 0 ? std::numeric_limits<double>::quiet_NaN() : static_cast<double>(random() % 100'000) - 50'000);
    texts.push_back(random() % 4 == 0 ? "" : std::string(1 + random() % 29, static_cast<char>('a' + random() % 26)));
    records.set<double>(row, 0, numbers.back());
    records.set_bytes(row, 1, std::string(1, static_cast<char>(texts.back().size())) + texts.back());
    records.set_present(row, 1, !texts.back().empty());
  }
  RowGroupWriter writer(schema, options_of(700));
  const EncodedRowGroup& group = write(writer, schema, records.data(), 1'000, 333);
  const PageIndex& by_number = *group.chunks[0].page_index;
  size_t row = 0;
  for (const PageSummary& page : by_number.pages) {
    double min = std::numeric_limits<double>::infinity();
    double max = -min;
    uint64_t nan_count = 0;
    for (const size_t end = row + page.row_count; row < end; ++row) {
      nan_count += std::isnan(numbers[row]) ? 1 : 0;
      min = std::fmin(min, numbers[row]);
      max = std::fmax(max, numbers[row]);
    }
    EXPECT_EQ(page.nan_count, nan_count);
    EXPECT_EQ(encoding::load<double>(by_number.min_of(page).data()), min);
    EXPECT_EQ(encoding::load<double>(by_number.max_of(page).data()), max);
  }
  EXPECT_GT(by_number.pages.size(), 10U);
  const PageIndex& by_text = *group.chunks[1].page_index;
  row = 0;
  for (const PageSummary& page : by_text.pages) {
    std::string min = "~";
    std::string max;
    uint64_t null_count = 0;
    uint64_t byte_array_bytes = 0;
    for (const size_t end = row + page.row_count; row < end; ++row) {
      null_count += texts[row].empty() ? 1 : 0;
      byte_array_bytes += texts[row].size();
      min = texts[row].empty() ? min : std::min(min, texts[row]);
      max = std::max(max, texts[row]);
    }
    EXPECT_EQ(page.null_count, null_count);
    EXPECT_EQ(page.byte_array_bytes, byte_array_bytes);
    const auto text_of = [](std::span<const uint8_t> bytes) { return std::string(bytes.begin(), bytes.end()); };
    EXPECT_EQ(text_of(by_text.min_of(page)), min);
    EXPECT_EQ(text_of(by_text.max_of(page)), max);
  }
}

TEST(PageBytes, keep_the_order_of_rows_known) {
  TestSchema test_schema({plain(make_field("at", PQFLOW_STORAGE_INT64))});
  columns::RecordSchema schema = test_schema.build();
  schema.sorting_columns = {{.column_index = 0, .is_descending = 0, .is_nulls_first = 0, .reserved = {}}};
  TestRecords records(schema, 5'000);
  for (size_t row = 0; row < 5'000; ++row) {
    records.set<int64_t>(row, 0, static_cast<int64_t>(row));
  }
  RowGroupWriter writer(schema, options_of(100, 5'000));
  EXPECT_FALSE(write(writer, schema, records.data(), 5'000).sorted_by.empty());
  writer.reset();
  records.set<int64_t>(4'321, 0, 0);
  EXPECT_TRUE(write(writer, schema, records.data(), 5'000).sorted_by.empty());
}

// Two of three values are new: a dictionary pays for the first page, and would overflow before the chunk ends.
TEST(PageBytes, let_the_first_page_speak_for_as_many_as_the_chunk_has_of_its_size) {
  pqflow_field field = make_field("number", PQFLOW_STORAGE_INT64);
  field.encoding = PQFLOW_ENCODING_AUTO;
  TestSchema test_schema({field});
  const columns::RecordSchema schema = test_schema.build();
  TestRecords records(schema, 10'000);
  std::mt19937_64 random(8);
  uint64_t number = 0;
  for (size_t row = 0; row < 10'000; ++row) {
    number = row % 3 == 2 ? number : random();
    records.set<uint64_t>(row, 0, number);
  }
  RowGroupWriter writer(schema, options_of(8'192, 10'000));
  const EncodedChunk& chunk = write(writer, schema, records.data(), 10'000).chunks[0];
  EXPECT_EQ(chunk.page_index->pages.size(), 10U);
  EXPECT_EQ(chunk.pages_by_encoding[PQFLOW_ENCODING_RLE_DICTIONARY], 0U);
}

}  // namespace
}  // namespace pqflow::parquet::test
