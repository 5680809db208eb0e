// Nested columns through the row group writer: pages, memory, statistics.
#include <gtest/gtest.h>

#include <numeric>

#include "columns/nested_model.hpp"
#include "parquet/encoded_row_group.hpp"
#include "parquet/page_plan.hpp"
#include "parquet/row_group_pages.hpp"
#include "parquet/row_group_writer.hpp"
#include "support/malloc_count.hpp"

namespace pqflow::parquet {
namespace {

using namespace test;

Node int64(const std::string& name = "") { return leaf(name, make_field("", PQFLOW_STORAGE_INT64)); }
Node text(const std::string& name = "") { return leaf(name, make_field("", PQFLOW_STORAGE_COUNTED_8, 40)); }

std::vector<Node> book() {
  return {int64("time"), optional(list("levels", structure("", {int64("price"), optional(text("note"))}), 12)),
          map("by", text(), list("", int64(), 300), 2)};
}

std::vector<uint8_t> records_of(const NestedSchema& nested, const columns::RecordSchema& schema, size_t count, Randomness random) {
  std::vector<uint8_t> records(count * schema.slot_size_bytes);
  for (size_t row = 0; row < count; ++row) {
    fill(nested.nodes(), random_record(nested.nodes(), random), records.data() + row * schema.slot_size_bytes);
  }
  return records;
}

void append_all(RowGroupWriter& writer, const columns::RecordSchema& schema, const std::vector<uint8_t>& records, size_t step_rows) {
  const size_t count = records.size() / schema.slot_size_bytes;
  for (size_t row = 0; row < count && writer.room_rows() != 0;) {
    const size_t rows = std::min<size_t>({step_rows, count - row, writer.room_rows()});
    writer.append(records.data() + row * schema.slot_size_bytes, rows);
    row += rows;
  }
}

TEST(NestedRowGroups, are_the_same_bytes_however_the_records_come) {
  NestedSchema nested(book());
  const columns::RecordSchema schema = nested.build();
  const std::vector<uint8_t> records = records_of(nested, schema, 700, {.engine = std::mt19937(3)});
  RowGroupOptions options;
  options.page_rows = 100;
  RowGroupWriter at_once(schema, options);
  RowGroupWriter in_steps(schema, options);
  append_all(at_once, schema, records, 700);
  append_all(in_steps, schema, records, 13);
  EXPECT_EQ(bytes_of(at_once.finish()), bytes_of(in_steps.finish()));
}

TEST(NestedRowGroups, count_entries_and_nulls_of_each_column) {
  NestedSchema nested(book());
  const columns::RecordSchema schema = nested.build();
  Randomness random{.engine = std::mt19937(4)};
  const std::vector<uint8_t> records = records_of(nested, schema, 300, random);
  std::vector<ExpectedColumn> expected(schema.leaf_indices.size());
  for (int row = 0; row < 300; ++row) {
    shred_by_definition(nested.nodes(), random_record(nested.nodes(), random), expected);
  }
  RowGroupOptions options;
  options.page_rows = 64;
  RowGroupWriter writer(schema, options);
  append_all(writer, schema, records, 300);
  const EncodedRowGroup& group = writer.finish();
  EXPECT_EQ(group.row_count, 300U);
  for (size_t index = 0; index < expected.size(); ++index) {
    const std::string path = columns::dotted(schema.leaf_paths[index]);
    EXPECT_EQ(group.chunks[index].value_count, expected[index].entries.size()) << path;
    EXPECT_EQ(group.chunks[index].null_count, expected[index].entries.size() - expected[index].value_count) << path;
    const auto& pages = group.chunks[index].pages_by_encoding;
    EXPECT_EQ(std::accumulate(pages.begin(), pages.end(), 0U), 5U) << path << ": pages are cut at rows";
    if (schema.fields[schema.leaf_indices[index]].physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY) {
      EXPECT_EQ(group.chunks[index].byte_array_bytes, expected[index].values.size() - 4 * expected[index].value_count) << path;
    }
  }
}

TEST(NestedRowGroups, of_full_lists_stay_in_their_memory_and_allocate_nothing) {
  NestedSchema nested(book());
  const columns::RecordSchema schema = nested.build();
  const Randomness full{.engine = std::mt19937(6), .null_percent = 0, .empty_percent = 0, .full_percent = 100};
  const std::vector<uint8_t> records = records_of(nested, schema, 500, full);
  for (const pqflow_codec codec : {PQFLOW_CODEC_UNCOMPRESSED, PQFLOW_CODEC_ZSTD}) {
    RowGroupOptions options;
    options.codec = codec;
    options.row_group_bytes = 1 << 20;
    RowGroupWriter writer(schema, options);
    const size_t memory_bytes = writer.memory_bytes();
    append_all(writer, schema, records, 500);
    EXPECT_EQ(writer.room_rows(), 0U) << "full by bytes";
    EXPECT_LT(writer.row_count(), 500U);
    writer.finish();
    writer.reset();
    const uint64_t calls_before = malloc_count();
    append_all(writer, schema, records, 77);
    writer.finish();
    EXPECT_EQ(malloc_count(), calls_before);
    EXPECT_EQ(writer.memory_bytes(), memory_bytes);
  }
}

TEST(NestedRowGroups, count_cut_lists_in_the_first_column_below) {
  NestedSchema nested({int64("time"), list("levels", structure("", {int64("price"), text("note")}), 2)});
  const columns::RecordSchema schema = nested.build();
  RowGroupWriter writer(schema, {});
  std::vector<uint8_t> record(schema.slot_size_bytes);
  record[nested.at("levels.list").offset_bytes] = 3;
  writer.append(record.data(), 1);
  EXPECT_EQ(writer.invalid_values(0), 0U);
  EXPECT_EQ(writer.invalid_values(1), 1U);
  EXPECT_EQ(writer.invalid_values(2), 0U);
  EXPECT_EQ(writer.invalid_values(), 1U);
  EXPECT_EQ(writer.finish().chunks[1].value_count, 2U);
}

TEST(NestedPagePlan, bounds_a_page_by_the_most_elements_that_rows_can_have) {
  NestedSchema nested({list("many", list("", int64(), 100), 50)});
  const columns::RecordSchema schema = nested.build();
  RowGroupOptions options;
  options.row_group_bytes = 64 << 20;
  const PagePlan plan = make_page_plan(schema, options);
  EXPECT_EQ(plan.columns[0].max_page_entries, plan.page_rows * 5000);
  EXPECT_LE(plan.columns[0].max_values_bytes, options.row_group_bytes / 4);
  EXPECT_GT(plan.page_rows, 200U);
}

TEST(LevelBits, are_those_of_the_largest_level) {
  EXPECT_EQ(level_bits(0), 0U);
  EXPECT_EQ(level_bits(1), 1U);
  EXPECT_EQ(level_bits(2), 2U);
  EXPECT_EQ(level_bits(3), 2U);
  EXPECT_EQ(level_bits(4), 3U);
}

}  // namespace
}  // namespace pqflow::parquet
