// ZSTD without a level of its own: what it looks for in a page can be less than everything. Where the library has no switches for that
// there is one effort, and these tests are skipped.
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <vector>

#include "codec/codec.hpp"
#include "codec/decoders.hpp"
#include "codec/pages.hpp"
#include "support/malloc_count.hpp"

namespace pqflow::codec::test {
namespace {

constexpr size_t kLargestBytes = size_t{1} << 20;
constexpr Effort kAll[] = {Effort::kStore, Effort::kEntropy, Effort::kMatches};

class Efforts : public testing::Test {
 protected:
  void SetUp() override {
    if (!is_available(PQFLOW_CODEC_ZSTD)) {
      GTEST_SKIP() << "ZSTD is not in this build";
    }
    compressor_ = std::make_unique<Compressor>(PQFLOW_CODEC_ZSTD, PQFLOW_CODEC_LEVEL_DEFAULT, kLargestBytes);
    if (!compressor_->has_efforts()) {
      GTEST_SKIP() << "this library of ZSTD has no switches for them";
    }
  }

  std::vector<uint8_t> compress(std::span<const uint8_t> source, Effort effort) {
    std::vector<uint8_t> page(Compressor::max_compressed_bytes(PQFLOW_CODEC_ZSTD, source.size()));
    page.resize(compressor_->compress(page.data(), page.size(), source.data(), source.size(), effort));
    return page;
  }

  std::unique_ptr<Compressor> compressor_;
};

// One byte in two is 0, the others are any.
std::vector<uint8_t> often_zero(size_t size_bytes) {
  std::mt19937 random(1);
  std::vector<uint8_t> bytes(size_bytes);
  for (uint8_t& byte : bytes) {
    byte = random() % 2 == 0 ? 0 : static_cast<uint8_t>(random());
  }
  return bytes;
}

// Noise over and over.
std::vector<uint8_t> repeated(size_t size_bytes) {
  const std::vector<uint8_t> noise = page_of(Content::kRandom, 1000);
  std::vector<uint8_t> bytes(size_bytes);
  for (size_t index = 0; index < size_bytes; ++index) {
    bytes[index] = noise[index % noise.size()];
  }
  return bytes;
}

TEST_F(Efforts, give_back_every_page_of_every_size_in_any_order_of_efforts) {
  for (const Content content : kAllContents) {
    const std::vector<uint8_t> source = page_of(content, kLargestBytes);
    for (const size_t size_bytes : {size_t{0}, size_t{1}, size_t{1000}, size_t{16385}, size_t{131073}, kLargestBytes}) {
      for (const Effort effort : kAll) {
        const std::span<const uint8_t> page(source.data(), size_bytes);
        const std::vector<uint8_t> back = decompress(PQFLOW_CODEC_ZSTD, compress(page, effort), size_bytes);
        ASSERT_TRUE(std::equal(back.begin(), back.end(), page.begin(), page.end())) << size_bytes << " bytes";
      }
    }
  }
}

TEST_F(Efforts, store_bytes_as_they_are) {
  for (const std::vector<uint8_t>& source : {often_zero(20'000), repeated(200'000)}) {
    const size_t stored_bytes = compress(source, Effort::kStore).size();
    EXPECT_GT(stored_bytes, source.size());
    EXPECT_LT(stored_bytes, source.size() + 32);
  }
}

TEST_F(Efforts, of_entropy_find_frequent_bytes_and_no_repetition) {
  const std::vector<uint8_t> frequent = often_zero(20'000);
  EXPECT_LT(compress(frequent, Effort::kEntropy).size(), frequent.size() * 8 / 10);
  const std::vector<uint8_t> repetition = repeated(20'000);
  EXPECT_GT(compress(repetition, Effort::kEntropy).size(), repetition.size() * 9 / 10);
}

TEST_F(Efforts, of_matches_find_both) {
  const std::vector<uint8_t> frequent = often_zero(20'000);
  EXPECT_LT(compress(frequent, Effort::kMatches).size(), frequent.size() * 8 / 10);
  const std::vector<uint8_t> repetition = repeated(20'000);
  EXPECT_LT(compress(repetition, Effort::kMatches).size(), repetition.size() / 10);
}

TEST_F(Efforts, depend_on_nothing_that_went_before) {
  const std::vector<uint8_t> source = page_of(Content::kSelfSimilar, 50'000);
  const std::vector<uint8_t> fresh = compress(source, Effort::kMatches);
  compress(source, Effort::kStore);
  compress(source, Effort::kEntropy);
  EXPECT_EQ(compress(source, Effort::kMatches), fresh);
}

TEST_F(Efforts, allocate_nothing_when_they_change) {
  if (!pqflow::test::counts_malloc()) {
    GTEST_SKIP() << "needs glibc's malloc, which sanitizers replace";
  }
  const std::vector<uint8_t> source = page_of(Content::kTextAndNoise, kLargestBytes);
  std::vector<uint8_t> target(Compressor::max_compressed_bytes(PQFLOW_CODEC_ZSTD, source.size()));
  const uint64_t calls_before = pqflow::test::malloc_count();
  for (const size_t size_bytes : {size_t{1000}, size_t{20'000}, size_t{300'000}, kLargestBytes}) {
    for (const Effort effort : kAll) {
      compressor_->compress(target.data(), target.size(), source.data(), size_bytes, effort);
    }
  }
  EXPECT_EQ(pqflow::test::malloc_count(), calls_before);
}

TEST_F(Efforts, are_not_for_a_level_by_its_number) {
  const std::vector<uint8_t> source = repeated(1000);
  std::vector<uint8_t> target(Compressor::max_compressed_bytes(PQFLOW_CODEC_ZSTD, source.size()));
  Compressor level(PQFLOW_CODEC_ZSTD, compressor_->level(), source.size());
  EXPECT_FALSE(level.has_efforts());
  EXPECT_THROW(level.compress(target.data(), target.size(), source.data(), source.size(), Effort::kEntropy), std::logic_error);
}

}  // namespace
}  // namespace pqflow::codec::test
