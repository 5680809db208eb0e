#include "parquet/row_group_writer.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "codec/codec.hpp"
#include "columns/test_schema.hpp"
#include "parquet/encoded_row_group.hpp"
#include "parquet/row_group_pages.hpp"

namespace pqflow::parquet {
namespace {

using namespace test;

RowGroupOptions options_of(uint64_t row_group_rows, uint32_t page_rows, pqflow_codec codec = PQFLOW_CODEC_UNCOMPRESSED) {
  RowGroupOptions options;
  options.row_group_rows = row_group_rows;
  options.page_rows = page_rows;
  options.codec = codec;
  return options;
}

// Appends up to `count` records, as many at a time as there is room for; returns how many the group took.
size_t append_while_room(RowGroupWriter& writer, const TestRecords& records, size_t slot_size_bytes, size_t step) {
  size_t taken = 0;
  while (taken < records.count() && writer.room_rows() != 0) {
    const size_t count = std::min<size_t>({step, records.count() - taken, writer.room_rows()});
    writer.append(records.data() + taken * slot_size_bytes, count);
    taken += count;
  }
  return taken;
}

class TwoColumns : public ::testing::Test {
 protected:
  TwoColumns()
      : test_schema_({make_field("id", PQFLOW_STORAGE_INT64), optional_field(make_field("price", PQFLOW_STORAGE_INT32), PQFLOW_NULL_BIT)}),
        schema_(test_schema_.build()) {}

  TestRecords records(size_t count) const {
    TestRecords result(schema_, count);
    for (size_t row = 0; row < count; ++row) {
      result.set<int64_t>(row, 0, static_cast<int64_t>(row));
      result.set<int32_t>(row, 1, static_cast<int32_t>(row * 10));
      result.set_present(row, 1, row % 3 != 0);
    }
    return result;
  }

  TestSchema test_schema_;
  columns::RecordSchema schema_;
};

TEST_F(TwoColumns, writes_the_values_of_a_required_column_as_they_are) {
  RowGroupWriter writer(schema_, options_of(100, 100));
  writer.append(records(3).data(), 3);
  const std::vector<Page> pages = pages_of(writer.finish(), 0);
  ASSERT_EQ(pages.size(), 1U);
  EXPECT_EQ(pages[0].body, (std::vector<uint8_t>{0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(pages[0].header.number_at(2), 24);
}

TEST_F(TwoColumns, writes_levels_before_the_present_values_of_an_optional_column) {
  RowGroupWriter writer(schema_, options_of(100, 100));
  writer.append(records(5).data(), 5);
  const EncodedRowGroup& row_group = writer.finish();
  const std::vector<Page> pages = pages_of(row_group, 1);
  ASSERT_EQ(pages.size(), 1U);
  // 2 bytes of levels: one bit-packed group with rows 1, 2 and 4 present; then 10, 20, 40.
  EXPECT_EQ(pages[0].body, (std::vector<uint8_t>{2, 0, 0, 0, 0x03, 0x16, 10, 0, 0, 0, 20, 0, 0, 0, 40, 0, 0, 0}));
  EXPECT_EQ(pages[0].header.at(5).number_at(1), 5) << "num_values counts nulls";
  EXPECT_EQ(row_group.chunks[1].null_count, 2U);
  EXPECT_EQ(row_group.chunks[0].null_count, 0U);
}

TEST_F(TwoColumns, cuts_pages_at_fixed_rows_however_records_arrive) {
  for (const size_t step : {1U, 7U, 64U, 1000U}) {
    RowGroupWriter writer(schema_, options_of(250, 100));
    const TestRecords all = records(250);
    EXPECT_EQ(append_while_room(writer, all, schema_.slot_size_bytes, step), 250U);
    const EncodedRowGroup& row_group = writer.finish();
    for (size_t column = 0; column < 2; ++column) {
      std::vector<int64_t> counts;
      for (const Page& page : pages_of(row_group, column)) {
        counts.push_back(page.header.at(5).number_at(1));
      }
      EXPECT_EQ(counts, (std::vector<int64_t>{100, 100, 50})) << step;
    }
  }
}

TEST_F(TwoColumns, gives_the_same_bytes_however_records_arrive) {
  for (const pqflow_codec codec : {PQFLOW_CODEC_UNCOMPRESSED, PQFLOW_CODEC_ZSTD}) {
    std::vector<std::vector<uint8_t>> results;
    for (const size_t step : {1U, 13U, 4096U}) {
      RowGroupWriter writer(schema_, options_of(6000, 2500, codec));
      const TestRecords all = records(6000);
      append_while_room(writer, all, schema_.slot_size_bytes, step);
      results.push_back(bytes_of(writer.finish()));
    }
    EXPECT_EQ(results[0], results[1]);
    EXPECT_EQ(results[0], results[2]);
  }
}

TEST_F(TwoColumns, is_full_at_its_rows_and_empty_again_after_reset) {
  RowGroupWriter writer(schema_, options_of(10, 4));
  EXPECT_EQ(writer.room_rows(), 4U);
  const TestRecords all = records(20);
  EXPECT_EQ(append_while_room(writer, all, schema_.slot_size_bytes, 100), 10U);
  EXPECT_EQ(writer.room_rows(), 0U);
  EXPECT_EQ(writer.row_count(), 10U);
  const std::vector<uint8_t> first = bytes_of(writer.finish());
  EXPECT_EQ(bytes_of(writer.finish()), first) << "a second finish gives the same";
  writer.reset();
  EXPECT_EQ(writer.row_count(), 0U);
  EXPECT_EQ(writer.room_rows(), 4U);
  EXPECT_EQ(append_while_room(writer, all, schema_.slot_size_bytes, 3), 10U);
  EXPECT_EQ(bytes_of(writer.finish()), first) << "nothing of the last group is left";
}

TEST_F(TwoColumns, has_no_room_once_finished) {
  RowGroupWriter writer(schema_, options_of(10, 4));
  writer.append(records(1).data(), 1);
  writer.finish();
  EXPECT_EQ(writer.room_rows(), 0U);
}

TEST_F(TwoColumns, gives_no_pieces_without_a_record) {
  RowGroupWriter writer(schema_, options_of(10, 4));
  EXPECT_TRUE(writer.finish().pieces.empty());
  EXPECT_EQ(writer.finish().row_count, 0U);
  writer.reset();
  EXPECT_EQ(writer.room_rows(), 4U);
}

TEST_F(TwoColumns, is_full_at_its_bytes_when_a_page_is_cut) {
  RowGroupOptions options = options_of(1 << 20, 100);
  options.row_group_bytes = 10000;  // A page of both columns takes 800 to 1,300 bytes.
  RowGroupWriter writer(schema_, options);
  const TestRecords all = records(5000);
  const size_t taken = append_while_room(writer, all, schema_.slot_size_bytes, 64);
  EXPECT_EQ(taken % 100, 0U);
  EXPECT_LT(taken, 1500U);
  const EncodedRowGroup& row_group = writer.finish();
  EXPECT_GE(row_group.uncompressed_bytes, 10000U);
  EXPECT_LT(row_group.uncompressed_bytes, 10000U + 1400U);
}

TEST_F(TwoColumns, compresses_pages_and_counts_both_sizes) {
  RowGroupWriter writer(schema_, options_of(4000, 1000, PQFLOW_CODEC_ZSTD));
  const TestRecords all = records(4000);
  append_while_room(writer, all, schema_.slot_size_bytes, 4000);
  const EncodedRowGroup& row_group = writer.finish();
  EXPECT_EQ(row_group.chunks[0].codec, PQFLOW_CODEC_ZSTD);
  EXPECT_LT(row_group.chunks[0].compressed_bytes, row_group.chunks[0].uncompressed_bytes / 2);
  EXPECT_EQ(pages_of(row_group, 0)[0].header.number_at(2), 8000);
  pages_of(row_group, 1);
}

TEST_F(TwoColumns, uses_the_codec_of_a_column_that_has_its_own) {
  test_schema_.fields()[0].codec = PQFLOW_CODEC_UNCOMPRESSED;
  const columns::RecordSchema schema = test_schema_.build();
  RowGroupWriter writer(schema, options_of(1000, 1000, PQFLOW_CODEC_ZSTD));
  append_while_room(writer, records(1000), schema.slot_size_bytes, 1000);
  EXPECT_EQ(writer.finish().chunks[0].codec, PQFLOW_CODEC_UNCOMPRESSED);
  EXPECT_EQ(writer.finish().chunks[1].codec, PQFLOW_CODEC_ZSTD);
}

TEST_F(TwoColumns, takes_the_codec_s_own_level_where_a_column_names_a_codec_without_one) {
  const auto stored_bytes = [&](pqflow_codec codec, int32_t level) {
    test_schema_.fields()[0].codec = static_cast<uint8_t>(codec);
    test_schema_.fields()[0].codec_level = level;
    const columns::RecordSchema schema = test_schema_.build();
    RowGroupOptions options = options_of(4000, 4000);
    options.codec_level = 8;
    RowGroupWriter writer(schema, options);
    append_while_room(writer, records(4000), schema.slot_size_bytes, 4000);
    return writer.finish().chunks[0].compressed_bytes;
  };
  struct LevelCase {
    pqflow_codec codec;
    int32_t default_level;
    int32_t other_level;
  };
  for (const LevelCase& level_case : {LevelCase{PQFLOW_CODEC_GZIP, 6, 1}, LevelCase{PQFLOW_CODEC_BROTLI, 4, 1}}) {
    if (codec::is_available(level_case.codec)) {
      const size_t default_bytes = stored_bytes(level_case.codec, PQFLOW_CODEC_LEVEL_DEFAULT);
      EXPECT_EQ(default_bytes, stored_bytes(level_case.codec, level_case.default_level)) << codec::name(level_case.codec);
      EXPECT_NE(default_bytes, stored_bytes(level_case.codec, level_case.other_level)) << codec::name(level_case.codec);
    }
  }
}

TEST_F(TwoColumns, refuses_codecs_and_levels_that_are_not_there) {
  EXPECT_TRUE(check_options(schema_, options_of(10, 10)).is_ok());
  EXPECT_EQ(check_options(schema_, options_of(10, 10, PQFLOW_CODEC_LZO)).status, PQFLOW_STATUS_CODEC_UNAVAILABLE);
  RowGroupOptions level = options_of(10, 10, PQFLOW_CODEC_ZSTD);
  level.codec_level = 99;
  EXPECT_EQ(check_options(schema_, level).status, PQFLOW_STATUS_INVALID_ARGUMENT);
  for (const auto& [rows, page_rows, bytes] : {std::tuple{0U, 1U, 1U}, {1U, 0U, 1U}, {1U, 1U, 0U}}) {
    RowGroupOptions zero = options_of(rows, page_rows);
    zero.row_group_bytes = bytes;
    EXPECT_EQ(check_options(schema_, zero).status, PQFLOW_STATUS_INVALID_ARGUMENT);
  }
  test_schema_.fields()[1].codec = PQFLOW_CODEC_LZO;
  const base::Result result = check_options(test_schema_.build(), options_of(10, 10));
  EXPECT_EQ(result.status, PQFLOW_STATUS_CODEC_UNAVAILABLE);
  EXPECT_NE(result.message.find("field `price`: codec LZO"), std::string::npos) << result.message;
}

TEST_F(TwoColumns, keeps_bounds_and_counts_of_the_chunk_over_its_pages) {
  RowGroupWriter writer(schema_, options_of(1000, 100));
  append_while_room(writer, records(1000), schema_.slot_size_bytes, 77);
  const EncodedChunk& chunk = writer.finish().chunks[1];
  EXPECT_TRUE(chunk.bounds.is_present);
  EXPECT_EQ(chunk.bounds.min, (std::vector<uint8_t>{10, 0, 0, 0}));
  EXPECT_EQ(chunk.bounds.max, (std::vector<uint8_t>{0xfc, 0x26, 0, 0}));  // Row 998.
  EXPECT_EQ(chunk.null_count, 334U);
  EXPECT_EQ(chunk.value_count, 1000U);
}

TEST(RowGroupWriter, counts_invalid_values_of_all_columns_over_all_groups) {
  TestSchema test_schema({make_field("a", PQFLOW_STORAGE_BOOL), make_field("b", PQFLOW_STORAGE_COUNTED_8, 2)});
  const columns::RecordSchema schema = test_schema.build();
  TestRecords records(schema, 2);
  records.set<uint8_t>(0, 0, 9);
  records.set_bytes(0, 1,
                    "\xff"
                    "a");
  records.set_bytes(1, 1,
                    "\x01"
                    "b");
  RowGroupWriter writer(schema, options_of(2, 2));
  EXPECT_EQ(writer.invalid_values(), 0U);
  writer.append(records.data(), 2);
  EXPECT_EQ(writer.invalid_values(), 2U);
  writer.finish();
  writer.reset();
  writer.append(records.data(), 2);
  EXPECT_EQ(writer.invalid_values(), 4U);
}

TEST(RowGroupWriter, writes_unknown_codes_of_an_optional_enumeration_as_nulls) {
  const std::vector<pqflow_enum_value> values = {enum_value(1, "buy")};
  TestSchema test_schema({optional_field(enum_field("a", PQFLOW_STORAGE_UINT8, values), PQFLOW_NULL_SENTINEL, 0)});
  const columns::RecordSchema schema = test_schema.build();
  TestRecords records(schema, 4);
  for (size_t row = 0; row < 4; ++row) {
    records.set<uint8_t>(row, 0, static_cast<uint8_t>(row));  // Null, "buy", and two codes without a name.
  }
  RowGroupWriter writer(schema, options_of(4, 4));
  writer.append(records.data(), 4);
  const EncodedRowGroup& row_group = writer.finish();
  EXPECT_EQ(row_group.chunks[0].null_count, 3U);
  EXPECT_EQ(writer.invalid_values(), 2U);
  EXPECT_EQ(pages_of(row_group, 0)[0].body, (std::vector<uint8_t>{2, 0, 0, 0, 0x03, 0x02, 3, 0, 0, 0, 'b', 'u', 'y'}));
}

TEST(RowGroupWriter, packs_booleans_over_block_borders) {
  TestSchema test_schema({make_field("a", PQFLOW_STORAGE_BOOL)});
  const columns::RecordSchema schema = test_schema.build();
  TestRecords records(schema, 11);
  for (size_t row = 0; row < 11; ++row) {
    records.set<uint8_t>(row, 0, row % 3 == 0 ? 1 : 0);
  }
  RowGroupWriter writer(schema, options_of(11, 11));
  for (size_t row = 0; row < 11; ++row) {
    writer.append(records.at(row), 1);
  }
  EXPECT_EQ(pages_of(writer.finish(), 0)[0].body, (std::vector<uint8_t>{0x49, 0x02}));
}

TEST(RowGroupWriter, gives_a_column_without_statistics_counts_alone) {
  TestSchema test_schema({make_field("a", PQFLOW_STORAGE_DOUBLE)});
  test_schema.fields()[0].statistics = PQFLOW_COLUMN_STATISTICS_NONE;
  const columns::RecordSchema schema = test_schema.build();
  TestRecords records(schema, 2);
  records.set<uint64_t>(0, 0, 0x7ff8000000000001);
  RowGroupWriter writer(schema, options_of(2, 2));
  writer.append(records.data(), 2);
  EXPECT_FALSE(writer.finish().chunks[0].bounds.is_present);
  EXPECT_EQ(writer.finish().chunks[0].nan_count, 1U);
}

TEST(RowGroupWriter, forgets_bounds_and_NaNs_at_reset) {
  TestSchema test_schema({make_field("a", PQFLOW_STORAGE_DOUBLE)});
  const columns::RecordSchema schema = test_schema.build();
  TestRecords records(schema, 2);
  records.set<double>(0, 0, 7.0);
  records.set<uint64_t>(1, 0, 0x7ff8000000000001);
  RowGroupWriter writer(schema, options_of(2, 2));
  writer.append(records.at(0), 1);
  writer.append(records.at(1), 1);
  EXPECT_TRUE(writer.finish().chunks[0].bounds.is_present);
  writer.reset();
  writer.append(records.at(1), 1);
  EXPECT_EQ(writer.finish().chunks[0].nan_count, 1U);
  EXPECT_FALSE(writer.finish().chunks[0].bounds.is_present) << "NaNs alone have no bounds";
}

TEST(RowGroupWriter, sums_the_bytes_of_byte_arrays_without_their_lengths) {
  TestSchema test_schema({make_field("a", PQFLOW_STORAGE_PADDED_TEXT, 4)});
  const columns::RecordSchema schema = test_schema.build();
  TestRecords records(schema, 2);
  records.set_bytes(0, 0, "ab  ");
  records.set_bytes(1, 0, "abcd");
  RowGroupWriter writer(schema, options_of(2, 1));
  writer.append(records.at(0), 1);
  writer.append(records.at(1), 1);
  EXPECT_EQ(writer.finish().chunks[0].byte_array_bytes, 6U);
}

TEST(RowGroupWriter, bounds_pages_of_wide_records_by_bytes) {
  TestSchema test_schema({make_field("a", PQFLOW_STORAGE_FIXED_BYTES, 100000)});
  const columns::RecordSchema schema = test_schema.build();
  RowGroupOptions options = options_of(65536, 16384);
  options.row_group_bytes = 4 << 20;
  RowGroupWriter writer(schema, options);
  EXPECT_EQ(writer.room_rows(), 10U) << "a quarter of row_group_bytes";
  EXPECT_LT(writer.memory_bytes(), 8U << 20);
  const TestRecords records(schema, 100);
  const size_t taken = append_while_room(writer, records, schema.slot_size_bytes, 100);
  EXPECT_EQ(taken, 50U);
  EXPECT_EQ(pages_of(writer.finish(), 0).size(), 5U);
}

TEST(RowGroupWriter, takes_records_wider_than_a_whole_row_group_one_by_one) {
  TestSchema test_schema({make_field("a", PQFLOW_STORAGE_FIXED_BYTES, 1 << 20)});
  const columns::RecordSchema schema = test_schema.build();
  RowGroupOptions options = options_of(65536, 16384, PQFLOW_CODEC_ZSTD);
  options.row_group_bytes = 65536;
  RowGroupWriter writer(schema, options);
  const TestRecords records(schema, 2);
  EXPECT_EQ(append_while_room(writer, records, schema.slot_size_bytes, 2), 1U);
  EXPECT_EQ(writer.finish().row_count, 1U);
}

}  // namespace
}  // namespace pqflow::parquet
