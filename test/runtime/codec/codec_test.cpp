#include "codec/codec.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace pqflow::codec {
namespace {

constexpr pqflow_codec kCodecs[] = {PQFLOW_CODEC_UNCOMPRESSED, PQFLOW_CODEC_SNAPPY, PQFLOW_CODEC_GZIP,
                                    PQFLOW_CODEC_BROTLI,       PQFLOW_CODEC_ZSTD,   PQFLOW_CODEC_LZ4_RAW};

// What CMake put into this build.
bool is_built(pqflow_codec codec) {
  switch (codec) {
    case PQFLOW_CODEC_UNCOMPRESSED:
#ifdef PQFLOW_WITH_SNAPPY
    case PQFLOW_CODEC_SNAPPY:
#endif
#ifdef PQFLOW_WITH_GZIP
    case PQFLOW_CODEC_GZIP:
#endif
#ifdef PQFLOW_WITH_BROTLI
    case PQFLOW_CODEC_BROTLI:
#endif
#ifdef PQFLOW_WITH_ZSTD
    case PQFLOW_CODEC_ZSTD:
#endif
#ifdef PQFLOW_WITH_LZ4
    case PQFLOW_CODEC_LZ4_RAW:
#endif
      return true;
    default:
      return false;
  }
}

TEST(Codec, knows_the_names_of_Parquet) {
  const char* const names[] = {"UNCOMPRESSED", "SNAPPY", "GZIP", "BROTLI", "ZSTD", "LZ4_RAW"};
  for (size_t index = 0; index < std::size(kCodecs); ++index) {
    EXPECT_STREQ(name(kCodecs[index]), names[index]);
  }
  EXPECT_STREQ(name(PQFLOW_CODEC_LZO), "LZO");
  EXPECT_EQ(name(PQFLOW_CODEC_FROM_FILE), nullptr);
  EXPECT_EQ(name(static_cast<pqflow_codec>(5)), nullptr);
}

TEST(Codec, has_those_that_were_built_and_lists_them) {
  std::string names;
  for (const pqflow_codec codec : kCodecs) {
    EXPECT_EQ(is_available(codec), is_built(codec)) << name(codec);
    EXPECT_EQ(check(codec, PQFLOW_CODEC_LEVEL_DEFAULT).is_ok(), is_built(codec)) << name(codec);
    names += is_built(codec) ? (names.empty() ? "" : ", ") + std::string(name(codec)) : "";
  }
  EXPECT_EQ(available_names(), names);
}

TEST(Codec, refuses_one_that_is_not_in_the_build_and_names_those_that_are) {
  const base::Result result = check(PQFLOW_CODEC_LZO, 1);
  EXPECT_EQ(result.status, PQFLOW_STATUS_CODEC_UNAVAILABLE);
  EXPECT_EQ(result.message, "codec LZO is not in this build of pqflow; it has " + available_names());
  EXPECT_THROW(Compressor(PQFLOW_CODEC_LZO, 1, 100), std::invalid_argument);
  EXPECT_THROW(Compressor::max_compressed_bytes(PQFLOW_CODEC_LZO, 100), std::invalid_argument);
}

TEST(Codec, refuses_the_number_of_the_deprecated_LZ4_framing) {
  const base::Result result = check(static_cast<pqflow_codec>(5), 1);
  EXPECT_EQ(result.status, PQFLOW_STATUS_CODEC_UNAVAILABLE);
  EXPECT_NE(result.message.find("number 5"), std::string::npos) << result.message;
}

struct LevelCase {
  pqflow_codec codec;
  int32_t min;
  int32_t max;
  int32_t default_level;
  const char* limits;
};
constexpr LevelCase kLevelCases[] = {
    {PQFLOW_CODEC_GZIP, 1, 9, 6, "codec GZIP has no level 10: use 1 … 9, or name none for its own, 6"},
    {PQFLOW_CODEC_BROTLI, 0, 11, 4, "codec BROTLI has no level 12: use 0 … 11, or name none for its own, 4"},
    {PQFLOW_CODEC_ZSTD, -131072, 22, 1, "codec ZSTD has no level 23: use -131072 … 22, or name none for its own, 1"}};

TEST(Codec, checks_levels_against_the_limits_of_the_codec) {
  for (const LevelCase& level_case : kLevelCases) {
    if (!is_available(level_case.codec)) {
      continue;
    }
    EXPECT_TRUE(check(level_case.codec, level_case.min).is_ok());
    EXPECT_TRUE(check(level_case.codec, level_case.max).is_ok());
    EXPECT_EQ(check(level_case.codec, level_case.min - 1).status, PQFLOW_STATUS_INVALID_ARGUMENT);
    const base::Result result = check(level_case.codec, level_case.max + 1);
    EXPECT_EQ(result.status, PQFLOW_STATUS_INVALID_ARGUMENT);
    EXPECT_EQ(result.message, level_case.limits);
    EXPECT_THROW(Compressor(level_case.codec, level_case.max + 1, 100), std::invalid_argument);
  }
}

TEST(Codec, takes_its_own_default_where_no_level_is_named) {
  for (const LevelCase& level_case : kLevelCases) {
    if (is_available(level_case.codec)) {
      EXPECT_EQ(Compressor(level_case.codec, PQFLOW_CODEC_LEVEL_DEFAULT, 100).level(), level_case.default_level);
      EXPECT_EQ(resolve_level(level_case.codec, level_case.max), level_case.max);
    }
  }
}

TEST(Codec, without_levels_takes_any_and_is_the_same_at_each) {
  for (const pqflow_codec codec : {PQFLOW_CODEC_UNCOMPRESSED, PQFLOW_CODEC_SNAPPY, PQFLOW_CODEC_LZ4_RAW}) {
    if (is_available(codec)) {
      EXPECT_TRUE(check(codec, 12345).is_ok());
      EXPECT_EQ(Compressor(codec, 12345, 100).level(), 0);
      EXPECT_EQ(Compressor(codec, PQFLOW_CODEC_LEVEL_DEFAULT, 100).level(), 0);
    }
  }
}

TEST(Codec, copies_uncompressed_pages) {
  Compressor compressor(PQFLOW_CODEC_UNCOMPRESSED, 0, 100);
  const std::vector<uint8_t> source = {1, 2, 3};
  std::vector<uint8_t> target(3);
  EXPECT_EQ(Compressor::max_compressed_bytes(PQFLOW_CODEC_UNCOMPRESSED, 3), 3U);
  EXPECT_EQ(compressor.compress(target.data(), target.size(), source.data(), source.size()), 3U);
  EXPECT_EQ(target, source);
}

}  // namespace
}  // namespace pqflow::codec
