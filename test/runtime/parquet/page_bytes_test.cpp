// Pages that end early because of their size: page_bytes.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include "codec/codec.hpp"
#include "columns/nested_model.hpp"
#include "columns/test_schema.hpp"
#include "encoding/bytes.hpp"
#include "parquet/encoded_row_group.hpp"
#include "parquet/page_plan.hpp"
#include "parquet/row_group_pages.hpp"
#include "parquet/row_group_writer.hpp"
#include "support/malloc_count.hpp"

namespace pqflow::parquet {
namespace {

using namespace test;

RowGroupOptions options_of(uint64_t page_bytes, uint32_t page_rows = 1'000) {
  RowGroupOptions options;
  options.row_group_rows = 10'000;
  options.page_rows = page_rows;
  options.page_bytes = page_bytes;
  options.codec = PQFLOW_CODEC_UNCOMPRESSED;
  return options;
}

pqflow_field plain(pqflow_field field) {
  field.encoding = PQFLOW_ENCODING_PLAIN;
  return field;
}

// At most `step_rows` at a time; stops when the group is full.
const EncodedRowGroup& write(RowGroupWriter& writer, const columns::RecordSchema& schema, const uint8_t* records, size_t row_count,
                             size_t step_rows = 10'000) {
  for (size_t row = 0; row < row_count && writer.room_rows() != 0;) {
    const size_t rows = std::min<size_t>({step_rows, row_count - row, writer.room_rows()});
    writer.append(records + row * schema.slot_size_bytes, rows);
    row += rows;
  }
  return writer.finish();
}

std::vector<uint64_t> page_rows_of(const EncodedRowGroup& group, size_t column) {
  std::vector<uint64_t> rows;
  for (const PageSummary& page : group.chunks[column].page_index->pages) {
    rows.push_back(page.row_count);
  }
  EXPECT_EQ(pages_of(group, column).size(), rows.size());
  return rows;
}

using Rows = std::vector<uint64_t>;

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
  TestSchema test_schema({make_field("number", PQFLOW_STORAGE_INT64)});
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

TEST(PageBytes, cut_random_nested_rows_where_the_definition_says_and_lose_nothing) {
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

TEST(PageBytes, give_the_same_bytes_however_records_arrive) {
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
TEST(PageBytes, stay_in_the_memory_of_the_plan_and_allocate_nothing) {
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
TEST(PageBytes, of_values_that_no_codec_makes_smaller_fit_into_the_arena) {
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
}  // namespace pqflow::parquet
