#include "encoding/bloom_filter.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <vector>

namespace pqflow::encoding {
namespace {

// BloomFilter.md, "The filter check operation", written down again: block from the upper half of the hash, one bit a word from the lower.
// `hash` comes from outside, so that no XXH64 is trusted here.
bool has_hash(std::span<const uint8_t> bits, uint64_t hash) {
  constexpr uint32_t kSalts[] = {0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31};
  const uint64_t block_count = bits.size() / BloomFilter::kBlockBytes;
  const size_t block = static_cast<size_t>((hash >> 32) * block_count >> 32) * BloomFilter::kBlockBytes;
  for (size_t word = 0; word < 8; ++word) {
    const uint32_t bit = (static_cast<uint32_t>(hash) * kSalts[word]) >> 27;
    if ((bits[block + word * 4 + bit / 8] >> (bit % 8) & 1) == 0) {
      return false;
    }
  }
  return true;
}

std::span<const uint8_t> bytes_of(const int64_t& value) { return {reinterpret_cast<const uint8_t*>(&value), sizeof value}; }

void insert_numbers(BloomFilter& filter, int64_t count) {
  for (int64_t value = 0; value < count; ++value) {
    filter.insert(bytes_of(value));
  }
}

TEST(BloomFilter, hashes_with_xxh64_of_seed_0) {
  BloomFilter filter(32);
  filter.insert({});
  EXPECT_TRUE(has_hash(filter.fold(0.01), 0xef46db3751d8e999ULL)) << "XXH64 of nothing, as xxHash's own documents state it";
  filter.clear();
  const uint8_t letters[] = {'a', 'b', 'c'};
  filter.insert(letters);
  EXPECT_TRUE(has_hash(filter.fold(0.01), 0x44bc2cf5ad770999ULL)) << "XXH64 of abc";
  EXPECT_FALSE(has_hash(filter.fold(0.01), 0xef46db3751d8e999ULL));
}

TEST(BloomFilter, takes_a_power_of_two_of_blocks_for_what_may_come) {
  EXPECT_EQ(BloomFilter::bytes_for(1, 0.01), 32U);
  EXPECT_EQ(BloomFilter::bytes_for(65'536, 0.01), 128U << 10) << "10.5 bits a value, rounded up";
  EXPECT_EQ(BloomFilter::bytes_for(uint64_t{1} << 40, 0.01), 128U << 20) << "no larger than readers take";
  EXPECT_GT(BloomFilter::bytes_for(65'536, 0.0001), BloomFilter::bytes_for(65'536, 0.01));
}

TEST(BloomFilter, is_folded_to_what_its_values_need) {
  BloomFilter filter(BloomFilter::bytes_for(65'536, 0.01));
  insert_numbers(filter, 1000);
  const size_t folded_bytes = filter.fold(0.01).size();
  EXPECT_EQ(folded_bytes, BloomFilter::bytes_for(1000, 0.01));
}

TEST(BloomFilter, has_the_same_bits_folded_as_begun_smaller) {
  BloomFilter large(1 << 14);
  BloomFilter small(1 << 11);
  insert_numbers(large, 1000);
  insert_numbers(small, 1000);
  const auto folded = large.fold(0.02);
  const auto begun = small.fold(0.02);
  ASSERT_EQ(folded.size(), begun.size());
  EXPECT_EQ(std::memcmp(folded.data(), begun.data(), begun.size()), 0);
}

// What a stranger meets, over all blocks and bits: the share of random hashes that pass.
double measured_fpp(std::span<const uint8_t> bits) {
  uint64_t hash = 0x9e3779b97f4a7c15ULL;
  size_t passed_count = 0;
  constexpr size_t kTries = 200'000;
  for (size_t index = 0; index < kTries; ++index) {
    hash = hash * 6364136223846793005ULL + 1442695040888963407ULL;
    passed_count += has_hash(bits, hash ^ hash >> 29) ? 1 : 0;
  }
  return static_cast<double>(passed_count) / kTries;
}

TEST(BloomFilter, lets_no_more_strangers_pass_than_asked_for) {
  for (const double max_fpp : {0.1, 0.01, 0.001}) {
    BloomFilter filter(BloomFilter::bytes_for(65'536, max_fpp));
    insert_numbers(filter, 5000);
    const double fpp = measured_fpp(filter.fold(max_fpp));
    EXPECT_LE(fpp, max_fpp * 1.2);
    EXPECT_GT(fpp, 0) << "a filter larger than needed";
  }
}

TEST(BloomFilter, begins_anew_after_clear) {
  BloomFilter filter(1024);
  insert_numbers(filter, 100);
  filter.fold(0.5);
  filter.clear();
  const auto bits = filter.fold(0.5);
  EXPECT_EQ(bits.size(), BloomFilter::kBlockBytes);
  EXPECT_EQ(std::vector<uint8_t>(bits.begin(), bits.end()), std::vector<uint8_t>(BloomFilter::kBlockBytes));
}

}  // namespace
}  // namespace pqflow::encoding
