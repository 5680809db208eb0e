// Every codec that is in this build, at its levels: pages come back by the library's own decoder, fit the room that was announced, and cost
// no memory that was not known when the compressor was made.
#include "codec/pages.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "codec/codec.hpp"
#include "codec/decoders.hpp"
#include "support/malloc_count.hpp"

namespace pqflow::codec::test {
namespace {

constexpr size_t kLargestBytes = size_t{1} << 20;

struct CodecAtLevels {
  pqflow_codec codec;
  std::vector<int32_t> levels;
  std::vector<int32_t> slow_levels;  // Megabytes take seconds: small pages only.
};

class Pages : public testing::TestWithParam<CodecAtLevels> {
 protected:
  void SetUp() override {
    if (!is_available(GetParam().codec)) {
      GTEST_SKIP() << name(GetParam().codec) << " is not in this build";
    }
  }
  static std::vector<int32_t> all_levels() {
    std::vector<int32_t> all = GetParam().levels;
    all.insert(all.end(), GetParam().slow_levels.begin(), GetParam().slow_levels.end());
    return all;
  }
};

std::vector<uint8_t> compress(Compressor& compressor, const uint8_t* source, size_t source_bytes) {
  std::vector<uint8_t> page(Compressor::max_compressed_bytes(compressor.codec(), source_bytes));
  page.resize(compressor.compress(page.data(), page.size(), source, source_bytes));
  return page;
}

void expect_back(Compressor& compressor, const std::vector<uint8_t>& source, size_t source_bytes) {
  const std::vector<uint8_t> page = compress(compressor, source.data(), source_bytes);
  const std::vector<uint8_t> back = decompress(compressor.codec(), page, source_bytes);
  ASSERT_TRUE(std::equal(back.begin(), back.end(), source.begin(), source.begin() + static_cast<ptrdiff_t>(source_bytes)))
      << "level " << compressor.level() << ", " << source_bytes << " bytes";
}

TEST_P(Pages, come_back_at_every_size_and_level) {
  const std::vector<uint8_t> source = page_of(Content::kHalfRandom, kLargestBytes);
  for (const int32_t level : GetParam().levels) {
    Compressor compressor(GetParam().codec, level, kLargestBytes);
    for (const size_t size_bytes : {size_t{0}, size_t{1}, size_t{1000}, size_t{16384}, size_t{16385}, size_t{65536}, size_t{65537},
                                    size_t{131072}, size_t{131073}, size_t{262145}, kLargestBytes}) {
      ASSERT_NO_FATAL_FAILURE(expect_back(compressor, source, size_bytes));
    }
  }
}

TEST_P(Pages, come_back_at_slow_levels) {
  const std::vector<uint8_t> source = page_of(Content::kHalfRandom, 20'000);
  for (const int32_t level : GetParam().slow_levels) {
    Compressor compressor(GetParam().codec, level, source.size());
    for (const size_t size_bytes : {size_t{0}, size_t{1}, size_t{1000}, source.size()}) {
      ASSERT_NO_FATAL_FAILURE(expect_back(compressor, source, size_bytes));
    }
  }
}

TEST_P(Pages, come_back_whatever_they_hold_and_fit_the_announced_room) {
  for (const Content content : kAllContents) {
    const std::vector<uint8_t> source = page_of(content, 200'000);
    Compressor compressor(GetParam().codec, PQFLOW_CODEC_LEVEL_DEFAULT, source.size());
    ASSERT_NO_FATAL_FAILURE(expect_back(compressor, source, source.size()));
  }
}

TEST_P(Pages, of_noise_fit_the_announced_room_at_every_level) {
  const std::vector<uint8_t> noise = page_of(Content::kRandom, 300'000);
  for (const int32_t level : GetParam().levels) {
    Compressor compressor(GetParam().codec, level, noise.size());
    for (const size_t size_bytes : {size_t{1}, size_t{100}, size_t{5000}, noise.size()}) {
      ASSERT_NO_FATAL_FAILURE(expect_back(compressor, noise, size_bytes));
    }
  }
}

TEST_P(Pages, of_one_value_become_small) {
  if (GetParam().codec == PQFLOW_CODEC_UNCOMPRESSED) {
    GTEST_SKIP() << "copies";
  }
  const std::vector<uint8_t> source = page_of(Content::kConstant, 100'000);
  Compressor compressor(GetParam().codec, PQFLOW_CODEC_LEVEL_DEFAULT, source.size());
  EXPECT_LT(compress(compressor, source.data(), source.size()).size(), 6'000U);
}

TEST_P(Pages, allocate_nothing_except_by_snappy_which_asks_once_for_less_than_it_reports) {
  if (!pqflow::test::counts_malloc()) {
    GTEST_SKIP() << "needs glibc's malloc, which sanitizers replace";
  }
  const uint64_t calls_per_page = GetParam().codec == PQFLOW_CODEC_SNAPPY ? 1 : 0;
  const std::vector<uint8_t> source = page_of(Content::kSelfSimilar, 150'000);
  std::vector<uint8_t> target(Compressor::max_compressed_bytes(GetParam().codec, source.size()));
  for (const int32_t level : all_levels()) {
    Compressor compressor(GetParam().codec, level, source.size());
    for (const size_t size_bytes : {size_t{1000}, size_t{20'000}}) {
      const uint64_t calls_before = pqflow::test::malloc_count();
      const uint64_t bytes_before = pqflow::test::malloc_bytes();
      compressor.compress(target.data(), target.size(), source.data(), size_bytes);
      EXPECT_EQ(pqflow::test::malloc_count() - calls_before, calls_per_page) << "level " << level;
      EXPECT_LE(pqflow::test::malloc_bytes() - bytes_before, calls_per_page * compressor.memory_bytes());
    }
  }
}

TEST_P(Pages, take_no_more_memory_than_was_reported_at_the_start) {
  const std::vector<uint8_t> source = page_of(Content::kSelfSimilar, 150'000);
  std::vector<uint8_t> target(Compressor::max_compressed_bytes(GetParam().codec, source.size()));
  for (const int32_t level : GetParam().levels) {
    const uint64_t before = pqflow::test::malloc_bytes();
    Compressor compressor(GetParam().codec, level, source.size());
    const size_t memory_bytes = compressor.memory_bytes();
    EXPECT_LE(pqflow::test::malloc_bytes() - before, memory_bytes + 1024) << "level " << level;
    const uint64_t made = pqflow::test::malloc_bytes();
    compressor.compress(target.data(), target.size(), source.data(), source.size());
    EXPECT_LE(pqflow::test::malloc_bytes() - made, GetParam().codec == PQFLOW_CODEC_SNAPPY ? memory_bytes : 0);
    EXPECT_EQ(compressor.memory_bytes(), memory_bytes);
  }
}

TEST_P(Pages, beyond_their_room_are_reported_as_a_defect) {
  if (GetParam().codec == PQFLOW_CODEC_UNCOMPRESSED) {
    GTEST_SKIP() << "copies";
  }
  Compressor compressor(GetParam().codec, PQFLOW_CODEC_LEVEL_DEFAULT, 1000);
  const std::vector<uint8_t> source = page_of(Content::kRandom, 1000);
  uint8_t target[4];
  EXPECT_THROW(compressor.compress(target, sizeof(target), source.data(), source.size()), std::logic_error);
}

INSTANTIATE_TEST_SUITE_P(Codecs, Pages,
                         testing::Values(CodecAtLevels{PQFLOW_CODEC_UNCOMPRESSED, {0}, {}}, CodecAtLevels{PQFLOW_CODEC_SNAPPY, {0}, {}},
                                         CodecAtLevels{PQFLOW_CODEC_GZIP, {1, 2, 3, 4, 5, 6, 7, 8, 9}, {}},
                                         CodecAtLevels{PQFLOW_CODEC_BROTLI, {0, 1, 2, 3, 4, 5, 6, 7}, {8, 9, 10, 11}},
                                         CodecAtLevels{PQFLOW_CODEC_ZSTD, {-50, -1, 0, 1, 3, 6, 12}, {16, 19, 22}},
                                         CodecAtLevels{PQFLOW_CODEC_LZ4_RAW, {0}, {}}),
                         [](const auto& parameter) { return std::string(name(parameter.param.codec)); });

}  // namespace
}  // namespace pqflow::codec::test
