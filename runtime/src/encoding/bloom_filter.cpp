#include "encoding/bloom_filter.hpp"

#if !defined(__clang_analyzer__)  // It would look for faults in the library, and finds some that are none.
#define XXH_INLINE_ALL
#endif
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace pqflow::encoding {
namespace {

static_assert(std::endian::native == std::endian::little, "words are stored as they lie in memory");

constexpr size_t kWordsPerBlock = 8;
constexpr double kBitsPerWord = 32;
constexpr uint32_t kSalts[kWordsPerBlock] = {0x47b6137bU, 0x44974d91U, 0x8824ad5bU, 0xa2b7289dU,
                                             0x705495c7U, 0x2df1424bU, 0x9efc4947U, 0x5c6bfb31U};

}  // namespace

size_t BloomFilter::bytes_for(uint64_t distinct_count, double max_fpp) noexcept {
  const double bits = -8.0 * static_cast<double>(distinct_count) / std::log1p(-std::pow(max_fpp, 1.0 / kWordsPerBlock));
  const double bytes = std::clamp(bits / 8, static_cast<double>(kBlockBytes), static_cast<double>(kMaxBytes));
  return std::bit_ceil(static_cast<size_t>(bytes));
}

BloomFilter::BloomFilter(size_t max_bytes) : memory_(max_bytes), max_bytes_(max_bytes), block_count_(max_bytes / kBlockBytes) {}

uint32_t* BloomFilter::block(size_t index) noexcept { return reinterpret_cast<uint32_t*>(memory_.data()) + index * kWordsPerBlock; }
const uint32_t* BloomFilter::block(size_t index) const noexcept {
  return reinterpret_cast<const uint32_t*>(memory_.data()) + index * kWordsPerBlock;
}

void BloomFilter::insert(std::span<const uint8_t> value) noexcept {
  const uint64_t hash = XXH64(value.data(), value.size(), 0);
  uint32_t* const words = block(static_cast<size_t>(((hash >> 32) * block_count_) >> 32));
  for (size_t word = 0; word < kWordsPerBlock; ++word) {
    words[word] |= uint32_t{1} << ((static_cast<uint32_t>(hash) * kSalts[word]) >> 27);
  }
}

// A stranger meets one block by chance, and there one bit of each word.
double BloomFilter::folded_fpp() const noexcept {
  double sum = 0;
  for (size_t index = 0; index + 1 < block_count_; index += 2) {
    double passes = 1;
    for (size_t word = 0; word < kWordsPerBlock; ++word) {
      passes *= std::popcount(block(index)[word] | block(index + 1)[word]) / kBitsPerWord;
    }
    sum += passes;
  }
  return sum / (static_cast<double>(block_count_) / 2);
}

// The upper half of a hash chooses the block: with half as many blocks, neighbours become one.
void BloomFilter::fold_once() noexcept {
  block_count_ /= 2;
  for (size_t index = 0; index < block_count_; ++index) {
    for (size_t word = 0; word < kWordsPerBlock; ++word) {
      block(index)[word] = block(2 * index)[word] | block(2 * index + 1)[word];
    }
  }
}

std::span<const uint8_t> BloomFilter::fold(double max_fpp) noexcept {
  while (block_count_ > 1 && folded_fpp() <= max_fpp) {
    fold_once();
  }
  return {memory_.data(), block_count_ * kBlockBytes};
}

void BloomFilter::clear() noexcept {
  std::memset(memory_.data(), 0, max_bytes_);
  block_count_ = max_bytes_ / kBlockBytes;
}

}  // namespace pqflow::encoding
