// Brotli allocates while it works; its heap has a size that was measured. These tests measure again.
#include "codec/brotli_codec.hpp"

#ifdef PQFLOW_WITH_BROTLI

#include <gtest/gtest.h>

#include <vector>

#include "codec/decoders.hpp"
#include "codec/pages.hpp"

namespace pqflow::codec::test {
namespace {

std::vector<uint8_t> compress(BrotliCompressor& compressor, const std::vector<uint8_t>& source) {
  std::vector<uint8_t> page(kBrotli.max_compressed_bytes(source.size()));
  page.resize(compressor.compress(page.data(), page.size(), source.data(), source.size()));
  return page;
}

void expect_room(int32_t level, size_t size_bytes) {
  BrotliCompressor compressor(level, BrotliCompressor::heap_bytes(level, size_bytes));
  for (const Content content : kAllContents) {
    compress(compressor, page_of(content, size_bytes));
  }
  EXPECT_EQ(compressor.overflow_count(), 0U) << "level " << level << ", " << size_bytes << " bytes";
  EXPECT_LT(compressor.heap_high_water_bytes(), BrotliCompressor::heap_bytes(level, size_bytes) * 9 / 10)
      << "level " << level << ", " << size_bytes << " bytes: little is left of the margin";
}

TEST(BrotliHeap, has_room_for_pages_of_all_kinds_at_every_level) {
  for (int32_t level = 0; level <= 8; ++level) {
    for (const size_t size_bytes : {size_t{1000}, size_t{16384}, size_t{131072}, size_t{700'000}}) {
      expect_room(level, size_bytes);
    }
  }
  for (int32_t level = 9; level <= 11; ++level) {
    for (const size_t size_bytes : {size_t{1000}, size_t{16384}}) {
      expect_room(level, size_bytes);
    }
  }
}

TEST(BrotliHeap, that_is_too_small_takes_more_for_the_page_and_counts_it) {
  const std::vector<uint8_t> source = page_of(Content::kTextAndNoise, 100'000);
  BrotliCompressor ample(5, BrotliCompressor::heap_bytes(5, source.size()));
  BrotliCompressor starved(5, BrotliCompressor::heap_bytes(0, source.size()));
  const std::vector<uint8_t> page = compress(starved, source);
  EXPECT_GT(starved.overflow_count(), 0U);
  EXPECT_EQ(page, compress(ample, source));
  EXPECT_EQ(decompress(PQFLOW_CODEC_BROTLI, page, source.size()), source);
}

TEST(BrotliHeap, gives_small_and_large_pages_in_turn_the_same_bytes_each_time) {
  const std::vector<uint8_t> large = page_of(Content::kSelfSimilar, 300'000);
  const std::vector<uint8_t> small = page_of(Content::kHalfRandom, 500);
  BrotliCompressor compressor(5, BrotliCompressor::heap_bytes(5, large.size()));
  const std::vector<uint8_t> first_large = compress(compressor, large);
  const std::vector<uint8_t> first_small = compress(compressor, small);
  EXPECT_EQ(compress(compressor, large), first_large);
  EXPECT_EQ(compress(compressor, small), first_small);
}

}  // namespace
}  // namespace pqflow::codec::test

#endif
