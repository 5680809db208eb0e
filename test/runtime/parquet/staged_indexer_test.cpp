// Pages of dictionary indices made from values as they are staged: the same bytes as by way of the values.
#include "parquet/staged_indexer.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "columns/test_schema.hpp"
#include "parquet/encoded_row_group.hpp"
#include "parquet/row_group_pages.hpp"
#include "parquet/row_group_writer.hpp"
#include "parquet/sized_pages.hpp"

namespace pqflow::parquet {
namespace {

using namespace test;
using namespace pqflow::test;

constexpr size_t kPageRows = 1'000;
constexpr size_t kGroupRows = 4 * kPageRows;
constexpr size_t kPrefixBytes = 4;

// ---- By itself ----

class StagedIndices : public ::testing::Test {
 protected:
  explicit StagedIndices(pqflow_field field = make_field("symbol", PQFLOW_STORAGE_PADDED_TEXT, 4), size_t max_rows = 20'000)
      : field_(field), scratch_({max_rows, 64, 16 * max_rows, 0}) {
    plan_.max_dictionary_entries = max_rows;
    dictionary_ = encoding::make_bytes_dictionary(0, {max_rows, 16 * max_rows});
    indexer_ = std::make_unique<StagedIndexer>(field_, plan_, *dictionary_);
  }

  std::optional<IndexedValues> index(const std::string& staged) {
    std::string readable = staged;
    readable.append(64, '?');
    return indexer_->index(reinterpret_cast<const uint8_t*>(readable.data()), staged.size() / field_.width_bytes, scratch_);
  }
  std::vector<uint32_t> indices(size_t count) { return {scratch_.indices(), scratch_.indices() + count}; }
  std::string entries() {
    const std::span<uint8_t> plain = dictionary_->plain_values();
    return {plain.begin(), plain.end()};
  }

  pqflow_field field_;
  ColumnPlan plan_ = {};
  PageScratch scratch_;
  std::unique_ptr<encoding::Dictionary> dictionary_;
  std::unique_ptr<StagedIndexer> indexer_;
};

std::string plain(const std::string& text) { return std::string{static_cast<char>(text.size()), 0, 0, 0} + text; }

TEST_F(StagedIndices, count_values_and_list_those_of_the_page_once) {
  const auto first = index("ABC AB  ABC ");
  ASSERT_TRUE(first);
  EXPECT_EQ(indices(3), (std::vector<uint32_t>{0, 1, 0}));
  EXPECT_EQ(first->values_bytes, 3 * kPrefixBytes + 3 + 2 + 3);
  const auto second = index("X   AB  ");
  ASSERT_TRUE(second);
  EXPECT_EQ(indices(2), (std::vector<uint32_t>{2, 1}));
  EXPECT_EQ(second->values_bytes, 2 * kPrefixBytes + 1 + 2);
  EXPECT_EQ(second->distinct_count, 2U);
  EXPECT_EQ(std::string(second->distinct_values.begin(), second->distinct_values.end()), plain("AB") + plain("X"));
  EXPECT_EQ(entries(), plain("ABC") + plain("AB") + plain("X"));
}

TEST_F(StagedIndices, begin_anew_with_the_chunk) {
  ASSERT_TRUE(index("ABC AB  "));
  dictionary_->reset();
  indexer_->begin_chunk();
  ASSERT_TRUE(index("X   ABC "));
  EXPECT_EQ(indices(2), (std::vector<uint32_t>{0, 1}));
  EXPECT_EQ(entries(), plain("X") + plain("ABC"));
}

TEST_F(StagedIndices, give_up_at_a_value_that_must_be_repaired_and_counted) {
  EXPECT_FALSE(index("ABC \xff\xff\xff\xff"));
  EXPECT_FALSE(indexer_->is_usable());
  EXPECT_FALSE(indexer_->has_overflowed());
}

TEST_F(StagedIndices, are_made_again_in_the_chunk_after_one_with_such_a_value) {
  ASSERT_FALSE(index("ABC \xff\xff\xff\xff"));
  dictionary_->reset();
  indexer_->begin_chunk();
  EXPECT_TRUE(index("ABC AB  "));
  EXPECT_TRUE(indexer_->is_usable());
}

TEST_F(StagedIndices, give_up_where_the_dictionary_has_entries_of_its_own) {
  const std::string value = plain("Q") + std::string(16, '?');
  uint32_t index_of_value = 7;
  ASSERT_EQ(dictionary_->index_values(reinterpret_cast<const uint8_t*>(value.data()), 1, &index_of_value), 1U);
  EXPECT_FALSE(index("ABC "));
  EXPECT_FALSE(indexer_->is_usable());
}

TEST_F(StagedIndices, say_when_there_are_too_many_distinct_values) {
  std::string staged;
  for (size_t value = 0; value < 8193; ++value) {
    staged += std::to_string(10'000 + value).substr(1);
  }
  EXPECT_TRUE(index(staged.substr(0, 8192 * 4)));
  EXPECT_FALSE(indexer_->has_overflowed());
  EXPECT_FALSE(index(staged));
  EXPECT_TRUE(indexer_->has_overflowed());
  indexer_->begin_chunk();
  EXPECT_TRUE(indexer_->has_overflowed());
  indexer_->expect_few();
  EXPECT_FALSE(indexer_->has_overflowed());
}

TEST(StagedIndexer, serves_byte_arrays_of_up_to_eight_staged_bytes) {
  const std::vector<pqflow_enum_value> sides = {enum_value(0, "buy"), enum_value(1, "sell")};
  const std::string constant = "replay";
  EXPECT_TRUE(StagedIndexer::serves(make_field("a", PQFLOW_STORAGE_PADDED_TEXT, 8)));
  EXPECT_TRUE(StagedIndexer::serves(enum_field("a", PQFLOW_STORAGE_UINT8, sides)));
  EXPECT_FALSE(StagedIndexer::serves(make_field("a", PQFLOW_STORAGE_PADDED_TEXT, 9)));
  EXPECT_FALSE(StagedIndexer::serves(make_field("a", PQFLOW_STORAGE_INT64)));
  EXPECT_FALSE(StagedIndexer::serves(constant_field("a", PQFLOW_PHYSICAL_BYTE_ARRAY, constant)));
}

// ---- In row groups ----

// A column of texts or codes written twice: with pages that may stay staged, and with pages that might be cut by their bytes and so may
// not.
struct Written {
  std::vector<std::vector<uint8_t>> groups;
  std::vector<uint64_t> facts;  // Of every page and chunk, whatever the metadata say.
  uint64_t invalid_values;
};

void note_facts(const EncodedChunk& chunk, std::vector<uint64_t>& facts) {
  facts.insert(facts.end(), {chunk.value_count, chunk.null_count, chunk.byte_array_bytes, chunk.distinct_count, chunk.dictionary_bytes});
  for (const std::vector<uint8_t>* const bound : {&chunk.bounds.min, &chunk.bounds.max}) {
    facts.push_back(bound->size());
    facts.insert(facts.end(), bound->begin(), bound->end());
  }
  for (const PageSummary& page : chunk.page_index->pages) {
    facts.insert(facts.end(), {page.row_count, page.null_count, page.byte_array_bytes, page.stored_bytes});
  }
}

Written write_groups(const columns::RecordSchema& schema, const TestRecords& records, uint64_t page_bytes) {
  RowGroupOptions options = options_of(page_bytes, kPageRows);
  options.row_group_rows = kGroupRows;
  RowGroupWriter writer(schema, options);
  Written written = {};
  for (size_t row = 0; row < records.count(); row += kGroupRows) {
    const EncodedRowGroup& group =
        write(writer, schema, records.data() + row * schema.slot_size_bytes, std::min(kGroupRows, records.count() - row), 333);
    written.groups.push_back(bytes_of(group));
    note_facts(group.chunks[0], written.facts);
    writer.reset();
  }
  written.invalid_values = writer.invalid_values();
  return written;
}

struct Texts {
  const char* name;
  uint32_t width_bytes;
  char pad;
  size_t distinct_count;
  unsigned odd_per_thousand;  // Values with bytes that are not UTF-8, zeros at the end, or pads within.
  bool is_optional;
};

std::string text_at(const Texts& texts, std::mt19937& random) {
  std::string text = random() % 16 == 0 ? "" : std::to_string(random() % texts.distinct_count);  // Some short: no page is of full size.
  text.resize(std::min<size_t>(text.size(), texts.width_bytes));
  if (random() % 1000 < texts.odd_per_thousand) {
    const std::string odds[] = {"\xff", "\xc3\xa9", std::string("a\0", 2), std::string(1, texts.pad) + "b"};
    text = odds[random() % 4].substr(0, texts.width_bytes);
  }
  text.resize(texts.width_bytes, texts.pad);
  return text;
}

class StagedPages : public ::testing::TestWithParam<Texts> {};

TEST_P(StagedPages, have_the_bytes_and_statistics_of_converted_ones) {
  const Texts& texts = GetParam();
  pqflow_field field = make_field("symbol", PQFLOW_STORAGE_PADDED_TEXT, texts.width_bytes);
  field.pad_byte = static_cast<uint8_t>(texts.pad);
  field.encoding = PQFLOW_ENCODING_AUTO;
  TestSchema test_schema({texts.is_optional ? optional_field(field, PQFLOW_NULL_BIT) : field});
  const columns::RecordSchema schema = test_schema.build();
  TestRecords records(schema, 7 * kGroupRows / 2 + 77);
  std::mt19937 random(20'261'123);
  for (size_t row = 0; row < records.count(); ++row) {
    records.set_bytes(row, 0, text_at(texts, random));
    if (texts.is_optional) {
      records.set_present(row, 0, random() % 3 != 0);
    }
  }
  const uint64_t max_page_bytes = (kPrefixBytes + texts.width_bytes) * kPageRows;
  const Written staged = write_groups(schema, records, 2 * max_page_bytes);
  const Written converted = write_groups(schema, records, max_page_bytes - 1);
  EXPECT_EQ(staged.groups, converted.groups);
  EXPECT_EQ(staged.facts, converted.facts);
  EXPECT_EQ(staged.invalid_values, converted.invalid_values);
  EXPECT_EQ(staged.invalid_values != 0, texts.odd_per_thousand != 0);
}

INSTANTIATE_TEST_SUITE_P(Texts, StagedPages,
                         ::testing::Values(Texts{"words", 8, ' ', 500, 0, false}, Texts{"four_bytes", 4, ' ', 500, 0, false},
                                           Texts{"three_bytes_padded_with_zeros", 3, '\0', 500, 0, false},
                                           Texts{"one_byte", 1, ' ', 10, 0, false}, Texts{"optional", 8, ' ', 90, 0, true},
                                           Texts{"some_odd", 8, ' ', 100, 2, false}, Texts{"some_odd_and_optional", 7, '\0', 100, 1, true},
                                           Texts{"many_odd", 5, ' ', 20, 300, false}, Texts{"many_distinct", 8, ' ', 100'000, 0, false}),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(StagedPages, of_named_codes_have_the_bytes_of_converted_ones) {
  const std::vector<pqflow_enum_value> sides = {enum_value(-1, "buy"), enum_value(1, "sell"), enum_value(7, "sell short")};
  TestSchema test_schema({enum_field("side", PQFLOW_STORAGE_INT8, sides)});
  test_schema.fields()[0].encoding = PQFLOW_ENCODING_RLE_DICTIONARY;
  const columns::RecordSchema schema = test_schema.build();
  TestRecords records(schema, 3 * kGroupRows);
  std::mt19937 random(7);
  for (size_t row = 0; row < records.count(); ++row) {
    const bool is_unknown = row > 2 * kGroupRows && random() % 500 == 0;
    records.set<int8_t>(row, 0, is_unknown ? int8_t{3} : static_cast<int8_t>(sides[random() % 3].code));
  }
  const uint64_t max_page_bytes = (kPrefixBytes + 10) * kPageRows;
  const Written staged = write_groups(schema, records, 2 * max_page_bytes);
  const Written converted = write_groups(schema, records, max_page_bytes - 1);
  EXPECT_EQ(staged.groups, converted.groups);
  EXPECT_EQ(staged.facts, converted.facts);
  EXPECT_EQ(staged.invalid_values, converted.invalid_values);
  EXPECT_GT(staged.invalid_values, 0U);
}

}  // namespace
}  // namespace pqflow::parquet
