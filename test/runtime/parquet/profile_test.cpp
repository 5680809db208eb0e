// What a profile makes of a column chunk: which encodings it takes, and whether its pages go through the codec.
#include <gtest/gtest.h>

#include <functional>
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

constexpr size_t kRows = 20'000;
constexpr uint32_t kPageRows = 5'000;

class Profile : public ::testing::Test {
 protected:
  Profile() : schema_(make_schema()) {}

  void SetUp() override {
    if (!codec::is_available(PQFLOW_CODEC_ZSTD)) {
      GTEST_SKIP() << "ZSTD is not in this build";
    }
  }

  static columns::RecordSchema make_schema() {
    TestSchema test_schema({optional_field(make_field("value", PQFLOW_STORAGE_INT64), PQFLOW_NULL_BIT)});
    test_schema.fields()[0].encoding = PQFLOW_ENCODING_AUTO;
    return test_schema.build();
  }

  std::unique_ptr<RowGroupWriter> writer_of(pqflow_profile profile) const {
    RowGroupOptions options;
    options.row_group_rows = kRows;
    options.page_rows = kPageRows;
    options.codec = PQFLOW_CODEC_ZSTD;
    options.profile = profile;
    return std::make_unique<RowGroupWriter>(schema_, options);
  }

  // Rows before `first_present` are null.
  const EncodedRowGroup& write(RowGroupWriter& writer, const std::function<int64_t(size_t)>& value_at, size_t first_present = 0) const {
    TestRecords records(schema_, kRows);
    for (size_t row = 0; row < kRows; ++row) {
      records.set<int64_t>(row, 0, value_at(row));
      records.set_present(row, 0, row >= first_present);
    }
    for (size_t row = 0; row < kRows;) {
      const size_t count = std::min<size_t>(writer.room_rows(), kRows - row);
      writer.append(records.data() + row * schema_.slot_size_bytes, count);
      row += count;
    }
    return writer.finish();
  }

  columns::RecordSchema schema_;
};

std::function<int64_t(size_t)> noise() {
  return [random = std::mt19937_64(1)](size_t) mutable { return static_cast<int64_t>(random()); };
}

int64_t rising(size_t row) { return 1'767'623'400'000'000'000 + static_cast<int64_t>(row * row % 1000) + static_cast<int64_t>(row) * 1000; }

// 200 equally likely values: 8 bits each, of which a codec saves about a twentieth.
std::function<int64_t(size_t)> hardly_compressible() {
  return [random = std::mt19937(2)](size_t) mutable { return static_cast<int64_t>(random() % 200) << 33; };
}

TEST_F(Profile, small_takes_a_codec_that_saves_a_twentieth_and_fast_does_not) {
  EXPECT_EQ(write(*writer_of(PQFLOW_PROFILE_SMALL), hardly_compressible()).chunks[0].codec, PQFLOW_CODEC_ZSTD);
  EXPECT_EQ(write(*writer_of(PQFLOW_PROFILE_FAST), hardly_compressible()).chunks[0].codec, PQFLOW_CODEC_UNCOMPRESSED);
}

TEST_F(Profile, none_takes_a_codec_that_saves_nothing) {
  for (const pqflow_profile profile : {PQFLOW_PROFILE_SMALL, PQFLOW_PROFILE_FAST, PQFLOW_PROFILE_WIDEST}) {
    const auto writer = writer_of(profile);
    const EncodedChunk& chunk = write(*writer, noise()).chunks[0];
    EXPECT_EQ(chunk.codec, PQFLOW_CODEC_UNCOMPRESSED);
    EXPECT_EQ(chunk.compressed_bytes, chunk.uncompressed_bytes);
  }
}

TEST_F(Profile, widest_knows_plain_and_dictionaries_alone) {
  const auto small = writer_of(PQFLOW_PROFILE_SMALL);
  EXPECT_NE(write(*small, rising).chunks[0].pages_by_encoding[PQFLOW_ENCODING_DELTA_BINARY_PACKED], 0U);
  const auto widest = writer_of(PQFLOW_PROFILE_WIDEST);
  const auto& pages = write(*widest, rising).chunks[0].pages_by_encoding;
  EXPECT_EQ(pages[PQFLOW_ENCODING_PLAIN] + pages[PQFLOW_ENCODING_RLE_DICTIONARY], kRows / kPageRows);
}

// Every page of the chunk must be what the chunk's one codec makes of it.
void expect_pages_of_codec(const EncodedRowGroup& group) {
  const EncodedChunk& chunk = group.chunks[0];
  for (const Page& page : pages_of(group, 0)) {
    const auto plain_bytes = static_cast<size_t>(page.header.number_at(2));
    if (chunk.codec == PQFLOW_CODEC_UNCOMPRESSED) {
      EXPECT_EQ(page.body.size(), plain_bytes);
    } else {
      EXPECT_EQ(codec::test::decompress(chunk.codec, page.body, plain_bytes).size(), plain_bytes);
    }
  }
}

TEST_F(Profile, keeps_the_codec_of_a_chunk_whose_first_page_has_nothing_but_nulls) {
  const auto writer = writer_of(PQFLOW_PROFILE_SMALL);
  const EncodedRowGroup& before_any_choice = write(*writer, noise(), kPageRows);
  EXPECT_EQ(before_any_choice.chunks[0].codec, PQFLOW_CODEC_ZSTD);
  expect_pages_of_codec(before_any_choice);
  writer->reset();
  const auto fresh = writer_of(PQFLOW_PROFILE_SMALL);
  expect_pages_of_codec(write(*fresh, noise()));
  fresh->reset();
  const EncodedRowGroup& after_a_choice = write(*fresh, rising, kPageRows);
  EXPECT_EQ(after_a_choice.chunks[0].codec, PQFLOW_CODEC_UNCOMPRESSED);
  expect_pages_of_codec(after_a_choice);
}

TEST_F(Profile, looks_for_everything_in_pages_behind_a_full_dictionary) {
  // Few values, frequent ones among them, make the choice; then so many others that the dictionary overflows; then the same again and
  // again.
  std::mt19937_64 random(3);
  std::vector<int64_t> cycle(100);
  for (int64_t& value : cycle) {
    value = static_cast<int64_t>(random());
  }
  const auto values = [&](size_t row) {
    if (row < kPageRows) {
      return random() % 2 == 0 ? int64_t{0} : static_cast<int64_t>(random() % 40) << 40;
    }
    return row < 3 * kPageRows ? static_cast<int64_t>(random()) : cycle[row % cycle.size()];
  };
  const auto writer = writer_of(PQFLOW_PROFILE_SMALL);
  const EncodedRowGroup& group = write(*writer, values);
  ASSERT_EQ(group.chunks[0].codec, PQFLOW_CODEC_ZSTD);
  ASSERT_EQ(group.chunks[0].pages_by_encoding[PQFLOW_ENCODING_RLE_DICTIONARY], 2U);
  EXPECT_LT(group.pieces.back().size(), kPageRows * sizeof(int64_t) / 10);
}

}  // namespace
}  // namespace pqflow::parquet
