// Data pages of version 2: levels outside of the codec, counts in the header, values as they are where the codec does not make them
// smaller.
#include <gtest/gtest.h>

#include <random>

#include "codec/codec.hpp"
#include "codec/decoders.hpp"
#include "columns/test_schema.hpp"
#include "parquet/encoded_row_group.hpp"
#include "parquet/row_group_pages.hpp"
#include "parquet/row_group_writer.hpp"

namespace pqflow::parquet {
namespace {

using namespace test;

constexpr size_t kRows = 3'000;

// Of field 8 of PageHeader, DataPageHeaderV2.
struct V2Header {
  explicit V2Header(const Page& page) : node(page.header.at(8)), page_bytes(static_cast<size_t>(page.header.number_at(2))) {}
  size_t number(int id) const { return static_cast<size_t>(node.number_at(id)); }
  size_t value_count() const { return number(1); }
  size_t null_count() const { return number(2); }
  size_t row_count() const { return number(3); }
  size_t levels_bytes() const { return number(5) + number(6); }
  bool is_compressed() const { return node.number_at(7) != 0; }
  const ThriftNode& node;
  size_t page_bytes;
};

class PageV2 : public ::testing::Test {
 protected:
  PageV2() : schema_(make_schema()) {}

  static columns::RecordSchema make_schema() {
    TestSchema test_schema({optional_field(make_field("value", PQFLOW_STORAGE_INT64), PQFLOW_NULL_BIT)});
    return test_schema.build();
  }

  RowGroupOptions options_of(pqflow_codec codec) const {
    RowGroupOptions options;
    options.page_rows = 1'000;
    options.row_group_rows = kRows;
    options.codec = codec;
    options.data_page_version = 2;
    return options;
  }

  enum class Values { kFew, kRandom, kRandomFromTheSecondPage, kNull };

  // Every third row is null, or all are.
  std::vector<Page> write(RowGroupWriter& writer, Values values) {
    TestRecords records(schema_, kRows);
    std::mt19937_64 random(1);
    for (size_t row = 0; row < kRows; ++row) {
      const bool is_random = values == Values::kRandom || (values == Values::kRandomFromTheSecondPage && row >= 1'000);
      records.set<int64_t>(row, 0, is_random ? static_cast<int64_t>(random()) : static_cast<int64_t>(row % 7));
      records.set_present(row, 0, values != Values::kNull && row % 3 != 0);
    }
    for (size_t row = 0; row < kRows;) {
      const size_t count = std::min<size_t>(writer.room_rows(), kRows - row);
      writer.append(records.data() + row * schema_.slot_size_bytes, count);
      row += count;
    }
    const EncodedRowGroup& group = writer.finish();
    EXPECT_EQ(group.chunks[0].data_page_version, 2);
    return pages_of(group, 0);
  }

  columns::RecordSchema schema_;
};

TEST_F(PageV2, states_values_nulls_rows_and_the_length_of_its_levels) {
  RowGroupWriter writer(schema_, options_of(PQFLOW_CODEC_UNCOMPRESSED));
  size_t first_row = 0;
  for (const Page& page : write(writer, Values::kRandom)) {
    const V2Header header(page);
    EXPECT_EQ(page.header.number_at(1), 3);
    EXPECT_EQ(header.value_count(), 1'000U);
    EXPECT_EQ(header.row_count(), 1'000U);
    size_t null_count = 0;
    for (size_t row = first_row; row < first_row + 1'000; ++row) {
      null_count += row % 3 == 0 ? 1 : 0;
    }
    EXPECT_EQ(header.null_count(), null_count);
    EXPECT_EQ(header.number(6), 0U);
    EXPECT_GT(header.number(5), 0U);
    EXPECT_FALSE(header.is_compressed());
    EXPECT_EQ(page.body.size(), header.levels_bytes() + (1'000 - null_count) * 8);
    first_row += 1'000;
  }
  EXPECT_EQ(first_row, kRows);
}

TEST_F(PageV2, keeps_levels_out_of_the_codec) {
  if (!codec::is_available(PQFLOW_CODEC_ZSTD)) {
    GTEST_SKIP() << "ZSTD is not in this build";
  }
  RowGroupWriter plain(schema_, options_of(PQFLOW_CODEC_UNCOMPRESSED));
  RowGroupWriter compressed(schema_, options_of(PQFLOW_CODEC_ZSTD));
  const std::vector<Page> expected = write(plain, Values::kFew);
  const std::vector<Page> pages = write(compressed, Values::kFew);
  ASSERT_EQ(pages.size(), expected.size());
  for (size_t index = 0; index < pages.size(); ++index) {
    const V2Header header(pages[index]);
    ASSERT_TRUE(header.is_compressed());
    const auto values = pages[index].body.begin() + static_cast<ptrdiff_t>(header.levels_bytes());
    std::vector<uint8_t> body(pages[index].body.begin(), values);
    const std::vector<uint8_t> stored(values, pages[index].body.end());
    const std::vector<uint8_t> back = codec::test::decompress(PQFLOW_CODEC_ZSTD, stored, header.page_bytes - header.levels_bytes());
    body.insert(body.end(), back.begin(), back.end());
    EXPECT_EQ(body, expected[index].body);
  }
}

TEST_F(PageV2, stays_as_it_is_where_the_codec_does_not_make_it_smaller) {
  if (!codec::is_available(PQFLOW_CODEC_ZSTD)) {
    GTEST_SKIP() << "ZSTD is not in this build";
  }
  RowGroupWriter plain(schema_, options_of(PQFLOW_CODEC_UNCOMPRESSED));
  RowGroupWriter compressed(schema_, options_of(PQFLOW_CODEC_ZSTD));
  const std::vector<Page> expected = write(plain, Values::kRandomFromTheSecondPage);
  const std::vector<Page> pages = write(compressed, Values::kRandomFromTheSecondPage);
  EXPECT_TRUE(V2Header(pages.at(0)).is_compressed());
  for (const size_t index : {size_t{1}, size_t{2}}) {
    EXPECT_FALSE(V2Header(pages.at(index)).is_compressed());
    EXPECT_EQ(pages[index].body, expected.at(index).body);
  }
}

TEST_F(PageV2, of_nothing_but_nulls_has_levels_alone) {
  for (const pqflow_codec codec : {PQFLOW_CODEC_UNCOMPRESSED, PQFLOW_CODEC_SNAPPY, PQFLOW_CODEC_ZSTD}) {
    if (!codec::is_available(codec)) {
      continue;
    }
    RowGroupWriter writer(schema_, options_of(codec));
    for (const Page& page : write(writer, Values::kNull)) {
      const V2Header header(page);
      EXPECT_FALSE(header.is_compressed());
      EXPECT_EQ(header.null_count(), 1'000U);
      EXPECT_EQ(page.body.size(), header.levels_bytes());
    }
  }
}

}  // namespace
}  // namespace pqflow::parquet
