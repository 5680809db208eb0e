// page_bytes with random nested rows and every codec, against its definition and against what memory was planned.
#include <gtest/gtest.h>

#include <random>

#include "codec/codec.hpp"
#include "columns/nested_model.hpp"
#include "columns/test_schema.hpp"
#include "parquet/page_plan.hpp"
#include "parquet/sized_pages.hpp"
#include "support/malloc_count.hpp"

namespace pqflow::parquet::test {
namespace {

using namespace pqflow::test;

Node int64(const std::string& name = "") { return leaf(name, make_field("", PQFLOW_STORAGE_INT64)); }
Node boolean(const std::string& name = "") { return leaf(name, make_field("", PQFLOW_STORAGE_BOOL)); }
Node text(const std::string& name = "") { return leaf(name, make_field("", PQFLOW_STORAGE_COUNTED_8, 40)); }
Node number(const std::string& name = "") { return leaf(name, make_field("", PQFLOW_STORAGE_DOUBLE)); }

std::vector<Node> nodes() {
  return {int64("time"), boolean("flag"), optional(text("note")),
          optional(list("levels", structure("", {int64("price"), optional(text("note")), optional(boolean("flag"))}), 12)),
          map("by", text(), list("", optional(number()), 30), 3)};
}

class RandomRecords {
 public:
  explicit RandomRecords(size_t row_count) : nested_(nodes()), row_count_(row_count) {}

  columns::RecordSchema schema(uint8_t encoding) {
    for (pqflow_field& field : nested_.fields()) {
      field.encoding = field.child_count == 0 ? encoding : field.encoding;
    }
    return nested_.build();
  }

  std::vector<uint8_t> records(const columns::RecordSchema& schema, unsigned full_percent = 20) {
    Randomness random{.engine = std::mt19937(9), .full_percent = full_percent};
    std::vector<uint8_t> bytes(row_count_ * schema.slot_size_bytes);
    for (size_t row = 0; row < row_count_; ++row) {
      const std::vector<Value> values = random_record(nested_.nodes(), random);
      fill(nested_.nodes(), values, bytes.data() + row * schema.slot_size_bytes);
      rows_.emplace_back(schema.leaf_indices.size());
      shred_by_definition(nested_.nodes(), values, rows_.back());
    }
    return bytes;
  }

  // What one row brings to a column.
  const ExpectedColumn& at(size_t row, size_t column) const { return rows_[row][column]; }

 private:
  NestedSchema nested_;
  size_t row_count_;
  std::vector<std::vector<ExpectedColumn>> rows_;
};

uint64_t size_bits(const pqflow_field& field, const ExpectedColumn& row) {
  const uint64_t values_bits = field.physical_type == PQFLOW_PHYSICAL_BOOLEAN ? row.value_count : row.values.size() * 8;
  return values_bits + row.entries.size() * (level_bits(field.max_definition_level) + level_bits(field.max_repetition_level));
}

// By definition: a page takes the next row unless that makes it larger, and always the first.
Rows expected_page_rows(const RandomRecords& random, const pqflow_field& field, size_t column, size_t row_count,
                        const RowGroupOptions& options) {
  Rows pages;
  uint64_t page_bits = 0;
  for (size_t row = 0; row < row_count; ++row) {
    const uint64_t row_bits = size_bits(field, random.at(row, column));
    if (row % options.page_rows == 0 || page_bits + row_bits > options.page_bytes * 8) {
      pages.push_back(0);
      page_bits = 0;
    }
    ++pages.back();
    page_bits += row_bits;
  }
  return pages;
}

TEST(RandomPageBytes, cut_random_nested_rows_where_the_definition_says_and_lose_nothing) {
  constexpr size_t kRows = 700;
  for (const uint64_t page_bytes : {1U, 100U, 999U, 4'096U, 20'000U}) {
    RandomRecords random(kRows);
    const columns::RecordSchema schema = random.schema(PQFLOW_ENCODING_PLAIN);
    const std::vector<uint8_t> records = random.records(schema);
    RowGroupOptions options = options_of(page_bytes, 300);
    options.data_page_version = 2;
    RowGroupWriter writer(schema, options);
    const EncodedRowGroup& group = write(writer, schema, records.data(), kRows);
    for (size_t column = 0; column < schema.leaf_indices.size(); ++column) {
      const std::string path = columns::dotted(schema.leaf_paths[column]);
      const pqflow_field& field = schema.fields[schema.leaf_indices[column]];
      const Rows page_rows = page_rows_of(group, column);
      ASSERT_EQ(page_rows, expected_page_rows(random, field, column, kRows, options)) << path << " " << page_bytes;
      const std::vector<Page> pages = pages_of(group, column);
      size_t row = 0;
      for (size_t index = 0; index < pages.size(); ++index) {
        std::string values;
        size_t entry_count = 0;
        for (const size_t end = row + page_rows[index]; row < end; ++row) {
          values += random.at(row, column).values;
          entry_count += random.at(row, column).entries.size();
        }
        const ThriftNode& header = pages[index].header.at(8);
        EXPECT_EQ(header.number_at(1), static_cast<int64_t>(entry_count)) << path;
        EXPECT_EQ(header.number_at(3), static_cast<int64_t>(page_rows[index])) << path;
        const auto levels_bytes = static_cast<ptrdiff_t>(header.number_at(5) + header.number_at(6));
        if (field.physical_type != PQFLOW_PHYSICAL_BOOLEAN) {
          ASSERT_EQ(std::string(pages[index].body.begin() + levels_bytes, pages[index].body.end()), values) << path << " " << page_bytes;
        }
      }
    }
  }
}

TEST(RandomPageBytes, give_the_same_bytes_however_records_arrive) {
  RandomRecords random(900);
  const columns::RecordSchema schema = random.schema(PQFLOW_ENCODING_AUTO);
  const std::vector<uint8_t> records = random.records(schema);
  for (const pqflow_codec codec : {PQFLOW_CODEC_UNCOMPRESSED, PQFLOW_CODEC_ZSTD}) {
    for (const uint8_t version : {uint8_t{1}, uint8_t{2}}) {
      RowGroupOptions options = options_of(1'000, 400);
      options.codec = codec;
      options.data_page_version = version;
      RowGroupWriter writer(schema, options);
      const std::vector<uint8_t> at_once = bytes_of(write(writer, schema, records.data(), 900));
      for (const size_t step : {1U, 13U, 250U}) {
        writer.reset();
        EXPECT_EQ(bytes_of(write(writer, schema, records.data(), 900, step)), at_once) << step;
      }
    }
  }
}

// The most pages, whatever the encoding and codec: arena and indexes were made for them.
TEST(RandomPageBytes, stay_in_the_memory_of_the_plan_and_allocate_nothing) {
  for (int codec = PQFLOW_CODEC_UNCOMPRESSED; codec <= PQFLOW_CODEC_LZ4_RAW; ++codec) {
    if (!codec::is_available(static_cast<pqflow_codec>(codec))) {
      continue;
    }
    for (const uint64_t page_bytes : {1U, 64U, 5'000U}) {
      RandomRecords random(120);
      const columns::RecordSchema schema = random.schema(PQFLOW_ENCODING_AUTO);
      const std::vector<uint8_t> records = random.records(schema, 100);
      RowGroupOptions options = options_of(page_bytes, 50);
      options.codec = static_cast<pqflow_codec>(codec);
      options.row_group_rows = 120;
      const PagePlan plan = make_page_plan(schema, options);
      RowGroupWriter writer(schema, options);
      const size_t memory_bytes = writer.memory_bytes();
      write(writer, schema, records.data(), 120);
      writer.reset();
      const uint64_t calls_before = malloc_count();
      const EncodedRowGroup& group = write(writer, schema, records.data(), 120);
      if (codec != PQFLOW_CODEC_SNAPPY) {  // Its library allocates.
        EXPECT_EQ(malloc_count(), calls_before);
      }
      EXPECT_EQ(group.row_count, 120U);
      EXPECT_EQ(writer.memory_bytes(), memory_bytes);
      for (size_t column = 0; column < group.chunks.size(); ++column) {
        EXPECT_LE(group.chunks[column].page_index->pages.size(), plan.columns[column].max_page_count);
      }
      EXPECT_LE(group.compressed_bytes, plan.arena_bytes);
    }
  }
}

// Every way to divide a page set into pages has to fit into what the plan has for it.
TEST(RandomPageBytes, of_values_that_no_codec_makes_smaller_fit_into_the_arena) {
  for (int codec = PQFLOW_CODEC_UNCOMPRESSED; codec <= PQFLOW_CODEC_LZ4_RAW; ++codec) {
    if (!codec::is_available(static_cast<pqflow_codec>(codec))) {
      continue;
    }
    TestSchema test_schema({make_field("number", PQFLOW_STORAGE_INT64), make_field("text", PQFLOW_STORAGE_COUNTED_8, 40)});
    for (pqflow_field& field : test_schema.fields()) {
      field.codec = static_cast<uint8_t>(codec);
      field.codec_level = PQFLOW_CODEC_LEVEL_DEFAULT;
    }
    test_schema.fields()[0].encoding = PQFLOW_ENCODING_DELTA_BINARY_PACKED;
    test_schema.fields()[1].encoding = PQFLOW_ENCODING_DELTA_BYTE_ARRAY;
    const columns::RecordSchema schema = test_schema.build();
    TestRecords records(schema, 2'000);
    std::mt19937_64 random(3);
    for (size_t row = 0; row < 2'000; ++row) {
      records.set<uint64_t>(row, 0, random());
      std::string text(40, '\0');
      std::generate(text.begin(), text.end(), [&] { return static_cast<char>(random() % 128); });
      text[0] = 39;
      records.set_bytes(row, 1, text);
    }
    for (const uint64_t page_bytes : {1U, 43U, 100U, 1'000U}) {
      RowGroupOptions options = options_of(page_bytes, 1'000);
      options.row_group_rows = 2'000;
      RowGroupWriter writer(schema, options);
      const EncodedRowGroup& group = write(writer, schema, records.data(), 2'000);
      EXPECT_EQ(group.row_count, 2'000U) << "the arena was not full before";
      EXPECT_LE(group.compressed_bytes, make_page_plan(schema, options).arena_bytes);
    }
  }
}

}  // namespace
}  // namespace pqflow::parquet::test
