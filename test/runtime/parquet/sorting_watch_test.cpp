#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <vector>

#include "columns/test_schema.hpp"
#include "parquet/encoded_row_group.hpp"
#include "parquet/file_metadata.hpp"
#include "parquet/row_group_pages.hpp"
#include "parquet/row_group_writer.hpp"

namespace pqflow::parquet {
namespace {

using namespace test;

constexpr size_t kRows = 3000;
constexpr uint32_t kPageRows = 1000;

struct Row {
  int64_t at;
  int32_t price;  // Null where `has_price` is not set.
  bool has_price = true;
};

class Sorting : public ::testing::Test {
 protected:
  Sorting()
      : test_schema_({make_field("at", PQFLOW_STORAGE_INT64), optional_field(make_field("price", PQFLOW_STORAGE_INT32), PQFLOW_NULL_BIT)}) {
  }

  const EncodedRowGroup& write(const std::vector<pqflow_sorting_column>& sorting, const std::function<Row(size_t)>& row_at) {
    schema_ = test_schema_.build();
    schema_.sorting_columns = sorting;
    TestRecords records(schema_, kRows);
    for (size_t row = 0; row < kRows; ++row) {
      const Row values = row_at(row);
      records.set<int64_t>(row, 0, values.at);
      records.set<int32_t>(row, 1, values.price);
      records.set_present(row, 1, values.has_price);
    }
    RowGroupOptions options;
    options.row_group_rows = kRows;
    options.page_rows = kPageRows;
    options.codec = PQFLOW_CODEC_UNCOMPRESSED;
    writer_ = std::make_unique<RowGroupWriter>(schema_, options);
    for (size_t row = 0; row < kRows;) {
      const size_t count = std::min<size_t>({writer_->room_rows(), kRows - row, 700});  // Blocks end in the middle of pages, too.
      writer_->append(records.data() + row * schema_.slot_size_bytes, count);
      row += count;
    }
    return writer_->finish();
  }

  bool is_sorted(const std::vector<pqflow_sorting_column>& sorting, const std::function<Row(size_t)>& row_at) {
    return !write(sorting, row_at).sorted_by.empty();
  }

  TestSchema test_schema_;
  columns::RecordSchema schema_;
  std::unique_ptr<RowGroupWriter> writer_;
};

constexpr pqflow_sorting_column kByAt = {0, 0, 0, {}};
constexpr pqflow_sorting_column kByAtFalling = {0, 1, 0, {}};
constexpr pqflow_sorting_column kByPriceNullsLast = {1, 0, 0, {}};
constexpr pqflow_sorting_column kByPriceNullsFirst = {1, 0, 1, {}};

Row rising(size_t row) { return {static_cast<int64_t>(row / 2), 0}; }

TEST_F(Sorting, is_stated_where_rows_rise_and_equals_may_repeat) {
  const EncodedRowGroup& group = write({kByAt}, rising);
  ASSERT_EQ(group.sorted_by.size(), 1U);
  EXPECT_EQ(group.sorted_by[0].column_index, 0U);
  EXPECT_FALSE(is_sorted({kByAtFalling}, rising));
  EXPECT_TRUE(is_sorted({kByAtFalling}, [](size_t row) { return Row{-static_cast<int64_t>(row), 0}; }));
  EXPECT_FALSE(is_sorted({}, rising)) << "no order is asked for";
}

TEST_F(Sorting, is_not_stated_where_one_row_comes_too_early_wherever_it_is) {
  for (const size_t early : {size_t{1}, size_t{700}, size_t{1000}, size_t{2100}, kRows - 1}) {
    const auto with_one_early = [&](size_t row) {
      return row == early ? Row{static_cast<int64_t>(row) - 2, 0} : Row{static_cast<int64_t>(row), 0};
    };
    EXPECT_FALSE(is_sorted({kByAt}, with_one_early)) << early;
  }
}

TEST_F(Sorting, by_two_columns_looks_at_the_second_among_equals_of_the_first_alone) {
  const auto second_rises = [](size_t row) { return Row{static_cast<int64_t>(row / 10), static_cast<int32_t>(row % 10)}; };
  EXPECT_TRUE(is_sorted({kByAt, kByPriceNullsLast}, second_rises));
  EXPECT_FALSE(is_sorted({kByPriceNullsLast, kByAt}, second_rises));
  const auto second_falls = [](size_t row) { return Row{static_cast<int64_t>(row / 10), -static_cast<int32_t>(row % 10)}; };
  EXPECT_FALSE(is_sorted({kByAt, kByPriceNullsLast}, second_falls));
}

TEST_F(Sorting, has_nulls_where_they_were_asked_for) {
  const auto nulls_last = [](size_t row) { return Row{0, static_cast<int32_t>(row), row < 2500}; };
  const auto nulls_first = [](size_t row) { return Row{0, static_cast<int32_t>(row), row >= 500}; };
  EXPECT_TRUE(is_sorted({kByPriceNullsLast}, nulls_last));
  EXPECT_FALSE(is_sorted({kByPriceNullsFirst}, nulls_last));
  EXPECT_TRUE(is_sorted({kByPriceNullsFirst}, nulls_first));
  EXPECT_FALSE(is_sorted({kByPriceNullsLast}, nulls_first));
}

TEST_F(Sorting, is_judged_anew_for_every_row_group_and_the_others_are_counted) {
  FileMetadata metadata(test_schema_.build());
  EXPECT_FALSE(is_sorted({kByAt}, [](size_t row) { return Row{-static_cast<int64_t>(row), 0}; }));
  FileMetadata watched(schema_);
  watched.add(writer_->finish(), 4);
  EXPECT_EQ(watched.unsorted_row_group_count(), 1U);
  writer_->reset();
  TestRecords records(schema_, 1);
  writer_->append(records.data(), 1);
  EXPECT_EQ(writer_->finish().sorted_by.size(), 1U) << "the row before belongs to another row group";
  watched.add(writer_->finish(), 4);
  EXPECT_EQ(watched.unsorted_row_group_count(), 1U);
  metadata.add(writer_->finish(), 4);
  EXPECT_EQ(metadata.unsorted_row_group_count(), 0U) << "the schema names no order";
}

TEST(Bloom, filters_stand_behind_the_chunks_and_are_as_large_as_their_distinct_values_need) {
  TestSchema test_schema({make_field("id", PQFLOW_STORAGE_INT64), make_field("few", PQFLOW_STORAGE_INT64)});
  for (pqflow_field& field : test_schema.fields()) {
    field.encoding = PQFLOW_ENCODING_AUTO;
    field.bloom_filter_fpp = 0.01;
  }
  const columns::RecordSchema schema = test_schema.build();
  TestRecords records(schema, kRows);
  for (size_t row = 0; row < kRows; ++row) {
    records.set<int64_t>(row, 0, static_cast<int64_t>(row * 7919));
    records.set<int64_t>(row, 1, static_cast<int64_t>(row % 5) << 40);
  }
  RowGroupOptions options;
  options.codec = PQFLOW_CODEC_UNCOMPRESSED;
  RowGroupWriter writer(schema, options);
  writer.append(records.data(), kRows);
  const EncodedRowGroup& group = writer.finish();
  EXPECT_EQ(group.chunks[0].bloom_offset_bytes, group.compressed_bytes);
  EXPECT_EQ(group.chunks[1].bloom_offset_bytes, group.compressed_bytes + group.chunks[0].bloom_bytes);
  EXPECT_GT(group.chunks[0].bloom_bytes, 3000U);
  EXPECT_LT(group.chunks[0].bloom_bytes, 4200U) << "4 KiB of bits and a header";
  EXPECT_LT(group.chunks[1].bloom_bytes, 64U + 32U);
  uint64_t total_bytes = 0;
  for (const auto& piece : group.pieces) {
    total_bytes += piece.size();
  }
  EXPECT_EQ(total_bytes, group.compressed_bytes + group.chunks[0].bloom_bytes + group.chunks[1].bloom_bytes);
}

}  // namespace
}  // namespace pqflow::parquet
