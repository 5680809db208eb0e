#include "encoding/hybrid.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace pqflow::encoding {
namespace {

using Bytes = std::vector<uint8_t>;

Bytes encoded(const Bytes& values, unsigned bit_width) {
  Bytes target(max_hybrid_bytes(values.size(), bit_width));
  const size_t size_bytes = encode_hybrid(target.data(), values.data(), values.size(), bit_width);
  EXPECT_LE(size_bytes, target.size());
  target.resize(size_bytes);
  return target;
}

// A reader written from the specification, independent of the writer.
Bytes decoded(const Bytes& bytes, size_t count, unsigned bit_width) {
  Bytes values;
  size_t position = 0;
  while (values.size() < count) {
    uint64_t header = 0;
    unsigned shift = 0;
    do {
      header |= static_cast<uint64_t>(bytes.at(position) & 0x7f) << shift;
      shift += 7;
    } while ((bytes[position++] & 0x80) != 0);
    const uint64_t run = header >> 1;
    EXPECT_GE(run, 1U);
    if ((header & 1) == 0) {
      values.insert(values.end(), run, bytes.at(position++));
      continue;
    }
    for (uint64_t bit = 0; bit < run * 8 * bit_width; bit += bit_width) {
      unsigned value = 0;
      for (unsigned index = 0; index < bit_width; ++index) {
        const uint64_t place = bit + index;
        value |= ((bytes.at(position + place / 8) >> (place % 8)) & 1U) << index;
      }
      values.push_back(static_cast<uint8_t>(value));
    }
    position += run * bit_width;
  }
  EXPECT_EQ(position, bytes.size());
  for (size_t index = count; index < values.size(); ++index) {
    EXPECT_EQ(values[index], 0) << "padding of the last group";
  }
  EXPECT_LT(values.size() - count, 8U);
  values.resize(count);
  return values;
}

TEST(HybridEncoding, writes_equal_values_as_one_run) {
  EXPECT_EQ(encoded(Bytes(100, 1), 1), (Bytes{0xc8, 0x01, 0x01}));  // varint(100 << 1), value
  EXPECT_EQ(encoded(Bytes(8, 0), 1), (Bytes{0x10, 0x00}));
  EXPECT_EQ(encoded({1}, 1), (Bytes{0x02, 0x01}));
}

TEST(HybridEncoding, packs_the_example_of_the_specification) {
  // Encodings.md: the numbers 0 to 7 with bit width 3 are packed as 10001000 11000110 11111010.
  EXPECT_EQ(encoded({0, 1, 2, 3, 4, 5, 6, 7}, 3), (Bytes{0x03, 0x88, 0xc6, 0xfa}));
}

TEST(HybridEncoding, fills_the_last_group_with_zeros) { EXPECT_EQ(encoded({1, 0, 1}, 1), (Bytes{0x03, 0x05})); }

TEST(HybridEncoding, changes_between_packed_groups_and_runs) {
  Bytes values = {1, 0, 1, 0, 1, 0, 1, 0};
  values.insert(values.end(), 20, 1);
  values.insert(values.end(), {0, 1, 1});
  EXPECT_EQ(encoded(values, 1), (Bytes{0x03, 0x55, 0x28, 0x01, 0x03, 0x06}));
}

TEST(HybridEncoding, makes_a_run_of_eight_equal_values_and_no_fewer) {
  Bytes eight(8, 1);
  eight.insert(eight.end(), {0, 1});
  EXPECT_EQ(encoded(eight, 1), (Bytes{0x10, 0x01, 0x03, 0x02}));
  Bytes seven(7, 1);
  seven.insert(seven.end(), {0, 1});
  EXPECT_EQ(encoded(seven, 1), (Bytes{0x03, 0x7f, 0x02, 0x01}));
}

TEST(HybridEncoding, writes_nothing_for_no_values) { EXPECT_EQ(encoded({}, 1), Bytes{}); }

TEST(HybridEncoding, gives_back_every_sequence_of_up_to_ten_levels) {
  for (size_t count = 1; count <= 10; ++count) {
    for (unsigned pattern = 0; pattern < 1U << count; ++pattern) {
      Bytes values(count);
      for (size_t index = 0; index < count; ++index) {
        values[index] = static_cast<uint8_t>(pattern >> index & 1U);
      }
      ASSERT_EQ(decoded(encoded(values, 1), count, 1), values);
    }
  }
}

TEST(HybridEncoding, gives_back_random_runs_of_every_width_within_its_bound) {
  std::mt19937 random(20240711);
  for (unsigned bit_width = 1; bit_width <= 8; ++bit_width) {
    for (int round = 0; round < 200; ++round) {
      Bytes values;
      while (values.size() < 500) {
        const size_t run = 1 + random() % (round % 2 == 0 ? 3 : 40);
        values.insert(values.end(), run, static_cast<uint8_t>(random() & ((1U << bit_width) - 1U)));
      }
      ASSERT_EQ(decoded(encoded(values, bit_width), values.size(), bit_width), values) << bit_width << " " << round;
    }
  }
}

TEST(HybridEncoding, stays_within_its_bound_for_the_worst_alternation_of_runs_and_groups) {
  Bytes values;
  for (int round = 0; round < 1000; ++round) {
    values.insert(values.end(), {1, 0, 1, 0, 1, 0, 1, 0});
    values.insert(values.end(), 8, 1);
  }
  EXPECT_EQ(decoded(encoded(values, 1), values.size(), 1), values);
}

TEST(LevelEncoding, puts_the_length_before_the_levels_of_a_V1_page) {
  const Bytes levels(100, 1);
  Bytes target(kLevelsPrefixBytes + max_hybrid_bytes(levels.size(), 1));
  target.resize(encode_levels_v1(target.data(), levels.data(), levels.size(), 1));
  EXPECT_EQ(target, (Bytes{3, 0, 0, 0, 0xc8, 0x01, 0x01}));
}

}  // namespace
}  // namespace pqflow::encoding
