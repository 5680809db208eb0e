#include "codec/codec.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#ifdef PQFLOW_WITH_ZSTD
#include <zstd.h>
#endif

namespace pqflow::codec {
namespace {

TEST(Codec, knows_the_names_of_Parquet) {
  EXPECT_STREQ(name(PQFLOW_CODEC_UNCOMPRESSED), "UNCOMPRESSED");
  EXPECT_STREQ(name(PQFLOW_CODEC_ZSTD), "ZSTD");
  EXPECT_STREQ(name(PQFLOW_CODEC_LZ4_RAW), "LZ4_RAW");
  EXPECT_EQ(name(PQFLOW_CODEC_FROM_FILE), nullptr);
  EXPECT_EQ(name(static_cast<pqflow_codec>(5)), nullptr);
}

TEST(Codec, refuses_a_codec_that_was_not_built_and_names_those_that_were) {
  for (const pqflow_codec codec : {PQFLOW_CODEC_SNAPPY, PQFLOW_CODEC_GZIP, PQFLOW_CODEC_LZO, PQFLOW_CODEC_BROTLI, PQFLOW_CODEC_LZ4_RAW}) {
    const base::Result result = check(codec, 1);
    EXPECT_EQ(result.status, PQFLOW_STATUS_CODEC_UNAVAILABLE);
    EXPECT_NE(result.message.find(name(codec)), std::string::npos) << result.message;
    EXPECT_NE(result.message.find(available_names()), std::string::npos) << result.message;
    EXPECT_FALSE(is_available(codec));
  }
}

TEST(Codec, refuses_the_number_of_the_deprecated_LZ4_framing) {
  const base::Result result = check(static_cast<pqflow_codec>(5), 1);
  EXPECT_EQ(result.status, PQFLOW_STATUS_CODEC_UNAVAILABLE);
  EXPECT_NE(result.message.find("number 5"), std::string::npos) << result.message;
}

TEST(Codec, takes_any_level_for_uncompressed_pages_and_copies_them) {
  EXPECT_TRUE(check(PQFLOW_CODEC_UNCOMPRESSED, 12345).is_ok());
  Compressor compressor(PQFLOW_CODEC_UNCOMPRESSED, 0, 100);
  const std::vector<uint8_t> source = {1, 2, 3};
  std::vector<uint8_t> target(3);
  EXPECT_EQ(Compressor::max_compressed_bytes(PQFLOW_CODEC_UNCOMPRESSED, 3), 3U);
  EXPECT_EQ(compressor.compress(target.data(), target.size(), source.data(), source.size()), 3U);
  EXPECT_EQ(target, source);
}

TEST(Codec, cannot_make_a_compressor_that_check_would_refuse) {
  EXPECT_THROW(Compressor(PQFLOW_CODEC_SNAPPY, 1, 100), std::invalid_argument);
}

#ifdef PQFLOW_WITH_ZSTD

std::vector<uint8_t> half_random(size_t size_bytes) {
  std::mt19937 random(7);
  std::vector<uint8_t> bytes(size_bytes);
  for (size_t index = 0; index < size_bytes; ++index) {
    bytes[index] = static_cast<uint8_t>(index % 3 == 0 ? random() : index / 64);
  }
  return bytes;
}

TEST(ZstdCodec, checks_levels_against_the_limits_of_the_library) {
  EXPECT_TRUE(check(PQFLOW_CODEC_ZSTD, 22).is_ok());
  EXPECT_TRUE(check(PQFLOW_CODEC_ZSTD, -131072).is_ok());
  for (const int32_t level : {23, -131073}) {
    const base::Result result = check(PQFLOW_CODEC_ZSTD, level);
    EXPECT_EQ(result.status, PQFLOW_STATUS_INVALID_ARGUMENT);
    EXPECT_NE(result.message.find("-131072 … 22"), std::string::npos) << result.message;
  }
}

TEST(ZstdCodec, gives_back_pages_of_every_size_at_every_kind_of_level) {
  const size_t max_bytes = size_t{1} << 20;
  const std::vector<uint8_t> source = half_random(max_bytes);
  for (const int32_t level : {-50, -1, 0, 1, 3, 6, 12, 16, 19}) {
    Compressor compressor(PQFLOW_CODEC_ZSTD, level, max_bytes);
    for (const size_t size_bytes :
         {size_t{0}, size_t{1}, size_t{1000}, size_t{16384}, size_t{16385}, size_t{131072}, size_t{131073}, size_t{262145}, max_bytes}) {
      std::vector<uint8_t> target(Compressor::max_compressed_bytes(PQFLOW_CODEC_ZSTD, size_bytes));
      const size_t compressed_bytes = compressor.compress(target.data(), target.size(), source.data(), size_bytes);
      std::vector<uint8_t> back(size_bytes + 1);
      ASSERT_EQ(ZSTD_decompress(back.data(), back.size(), target.data(), compressed_bytes), size_bytes) << level << " " << size_bytes;
      back.resize(size_bytes);
      ASSERT_TRUE(std::equal(back.begin(), back.end(), source.begin()));
    }
  }
}

TEST(ZstdCodec, works_in_memory_of_a_size_that_is_known_at_open) {
  for (const size_t max_bytes : {size_t{1}, size_t{500}, size_t{20000}, size_t{131072}, size_t{1} << 22}) {
    Compressor compressor(PQFLOW_CODEC_ZSTD, 1, max_bytes);
    const size_t memory_bytes = compressor.memory_bytes();
    const std::vector<uint8_t> source = half_random(max_bytes);
    std::vector<uint8_t> target(Compressor::max_compressed_bytes(PQFLOW_CODEC_ZSTD, max_bytes));
    for (size_t size_bytes = max_bytes; size_bytes != 0; size_bytes /= 2) {
      ASSERT_GT(compressor.compress(target.data(), target.size(), source.data(), size_bytes), 0U);
    }
    EXPECT_EQ(compressor.memory_bytes(), memory_bytes);
  }
}

TEST(ZstdCodec, reports_a_page_beyond_its_room_as_a_defect) {
  Compressor compressor(PQFLOW_CODEC_ZSTD, 1, 1000);
  const std::vector<uint8_t> source = half_random(1000);
  uint8_t target[4];
  EXPECT_THROW(compressor.compress(target, sizeof(target), source.data(), source.size()), std::logic_error);
}

#endif

}  // namespace
}  // namespace pqflow::codec
