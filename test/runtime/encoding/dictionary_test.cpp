#include "encoding/dictionary.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "encoding/index_table.hpp"
#include "encoding/plain.hpp"

namespace pqflow::encoding {
namespace {

using Bytes = std::vector<uint8_t>;
using Strings = std::vector<std::string>;

constexpr size_t kReadBeyondBytes = 16;
constexpr DictionaryLimits kRoomy = {4096, 1 << 20};

// PLAIN values with the bytes beyond that the dictionary may read, which are no part of the last value.
Bytes plain(const Strings& values, size_t width_bytes) {
  Bytes bytes;
  for (const std::string& value : values) {
    const auto length_bytes = static_cast<uint32_t>(value.size());
    if (width_bytes == 0) {
      const auto* const prefix = reinterpret_cast<const uint8_t*>(&length_bytes);
      bytes.insert(bytes.end(), prefix, prefix + kByteArrayPrefixBytes);
    }
    bytes.insert(bytes.end(), value.begin(), value.end());
  }
  bytes.resize(bytes.size() + kReadBeyondBytes, 0xee);
  return bytes;
}

Strings distinct_in_order(const Strings& values) {
  Strings distinct;
  std::map<std::string, bool> is_known;
  for (const std::string& value : values) {
    if (!std::exchange(is_known[value], true)) {
      distinct.push_back(value);
    }
  }
  return distinct;
}

void expect_dictionary(Dictionary& dictionary, const Strings& values, size_t width_bytes) {
  const Bytes source = plain(values, width_bytes);
  std::vector<uint32_t> indices(values.size());
  ASSERT_EQ(dictionary.index_values(source.data(), values.size(), indices.data()), values.size());
  const Strings distinct = distinct_in_order(values);
  EXPECT_EQ(dictionary.entry_count(), distinct.size());
  Bytes expected = plain(distinct, width_bytes);
  expected.resize(expected.size() - kReadBeyondBytes);
  const std::span<const uint8_t> actual = dictionary.plain_values();
  EXPECT_EQ(Bytes(actual.begin(), actual.end()), expected);
  for (size_t index = 0; index < values.size(); ++index) {
    ASSERT_EQ(distinct.at(indices[index]), values[index]) << "value " << index;
  }
}

std::unique_ptr<Dictionary> make(size_t width_bytes, const DictionaryLimits& limits) {
  return width_bytes == 0 ? make_bytes_dictionary(0, limits) : make_fixed_dictionary(width_bytes, limits);
}

Strings random_values(size_t width_bytes, size_t distinct_count, size_t count, unsigned seed) {
  std::mt19937 random(seed);
  Strings pool;
  for (size_t index = 0; index < distinct_count; ++index) {
    std::string value(width_bytes == 0 ? random() % 40 : width_bytes, '\0');
    for (char& byte : value) {
      byte = static_cast<char>(random() % 4);
    }
    pool.push_back(value);
  }
  Strings values;
  for (size_t index = 0; index < count; ++index) {
    values.push_back(pool[random() % pool.size()]);
  }
  return values;
}

struct DictionaryOfWidth : testing::TestWithParam<size_t> {};
INSTANTIATE_TEST_SUITE_P(AllWidths, DictionaryOfWidth, testing::Values(0, 1, 2, 4, 5, 8, 12, 16, 33),
                         [](const auto& tested) { return tested.param == 0 ? "byte_array" : "fixed_" + std::to_string(tested.param); });

TEST_P(DictionaryOfWidth, numbers_values_by_their_first_appearance) {
  const std::unique_ptr<Dictionary> dictionary = make(GetParam(), kRoomy);
  expect_dictionary(*dictionary, random_values(GetParam(), 500, 3'000, 1), GetParam());
}

TEST_P(DictionaryOfWidth, forgets_everything_when_reset) {
  const std::unique_ptr<Dictionary> dictionary = make(GetParam(), kRoomy);
  for (unsigned round = 0; round < 5; ++round) {
    expect_dictionary(*dictionary, random_values(GetParam(), 50, 200, round), GetParam());
    dictionary->reset();
    EXPECT_EQ(dictionary->entry_count(), 0U);
    EXPECT_TRUE(dictionary->plain_values().empty());
  }
}

TEST_P(DictionaryOfWidth, stops_before_the_entry_too_many_and_keeps_what_it_has) {
  const size_t width_bytes = GetParam() == 0 ? 3 : GetParam();
  Strings values;
  for (unsigned index = 0; index < 9; ++index) {
    values.push_back(std::string(width_bytes, static_cast<char>(index % 8)));
  }
  const Bytes source = plain(values, GetParam());
  const std::unique_ptr<Dictionary> dictionary = make(GetParam(), {7, 1 << 20});
  std::vector<uint32_t> indices(values.size(), 99);
  EXPECT_EQ(dictionary->index_values(source.data(), values.size(), indices.data()), 7U);
  EXPECT_EQ(dictionary->entry_count(), 7U);
  EXPECT_EQ(indices[6], 6U);
  EXPECT_EQ(dictionary->index_values(source.data(), 7, indices.data()), 7U) << "known values still have their index";
}

TEST(BytesDictionary, stops_before_the_byte_too_many) {
  const std::unique_ptr<Dictionary> dictionary = make_bytes_dictionary(0, {100, 20});
  const Bytes source = plain({"four", "more", "five!", ""}, 0);
  std::vector<uint32_t> indices(4);
  EXPECT_EQ(dictionary->index_values(source.data(), 4, indices.data()), 2U);
  EXPECT_EQ(dictionary->plain_values().size(), 16U);
}

TEST(BytesDictionary, tells_values_apart_that_differ_in_length_alone) {
  const std::unique_ptr<Dictionary> dictionary = make_bytes_dictionary(0, kRoomy);
  Strings values;
  for (size_t length_bytes = 0; length_bytes < 40; ++length_bytes) {
    values.push_back(std::string(length_bytes, '\0'));
  }
  expect_dictionary(*dictionary, values, 0);
}

TEST(FixedDictionary, keeps_both_zeros_of_floating_point_apart) {
  const double values[] = {0.0, -0.0, 0.0, 0.0, 0.0};
  uint32_t indices[3];
  const std::unique_ptr<Dictionary> dictionary = make_fixed_dictionary(sizeof(double), kRoomy);
  EXPECT_EQ(dictionary->index_values(reinterpret_cast<const uint8_t*>(values), 3, indices), 3U);
  EXPECT_EQ(dictionary->entry_count(), 2U);
  EXPECT_EQ(indices[1], 1U);
}

TEST(FixedDictionary, takes_a_large_number_after_every_small_one) {
  std::vector<uint64_t> values(4096 + 3000 + 2);
  std::iota(values.begin(), values.end(), 0);
  std::vector<uint32_t> indices(values.size());
  const std::unique_ptr<Dictionary> dictionary = make_fixed_dictionary(sizeof(uint64_t), {1 << 16, 1 << 20});
  const size_t count = values.size() - 2;
  ASSERT_EQ(dictionary->index_values(reinterpret_cast<const uint8_t*>(values.data()), count, indices.data()), count);
  for (size_t index = 0; index < count; ++index) {
    ASSERT_EQ(indices[index], index);
  }
}

// Small numbers are looked up where they stand and large ones by their hash; either way their order of appearance counts.
TEST(FixedDictionary, mixes_small_and_large_numbers) {
  std::mt19937_64 random(7);
  for (const size_t width_bytes : {sizeof(uint32_t), sizeof(uint64_t)}) {
    const std::unique_ptr<Dictionary> dictionary = make_fixed_dictionary(width_bytes, {1 << 16, 1 << 20});
    for (const uint64_t limit : {10ULL, 4095ULL, 4097ULL, 20'000ULL, 0xffff'ffffULL, 10ULL}) {
      Strings values;
      for (size_t index = 0; index < 20'000; ++index) {
        const uint64_t value = random() % limit;
        values.emplace_back(reinterpret_cast<const char*>(&value), width_bytes);
      }
      expect_dictionary(*dictionary, values, width_bytes);
      dictionary->reset();
    }
  }
}

TEST(FixedDictionary, refuses_what_exceeds_it_small_or_large) {
  for (const uint32_t next : {3U, 100'000U}) {
    const uint32_t values[] = {1, 70'000, 2, 70'000, 1, next, 1, 0, 0, 0, 0};
    uint32_t indices[7];
    const std::unique_ptr<Dictionary> dictionary = make_fixed_dictionary(sizeof(uint32_t), {3, 1 << 20});
    EXPECT_EQ(dictionary->index_values(reinterpret_cast<const uint8_t*>(values), 7, indices), 5U) << next;
    EXPECT_EQ(std::vector<uint32_t>(indices, indices + 5), (std::vector<uint32_t>{0, 1, 2, 1, 0}));
  }
}

TEST(IndexSlots, are_empty_again_after_every_reset_when_generations_run_out) {
  IndexSlots slots(4);
  for (unsigned round = 0; round < 3 * (1U << (32 - IndexSlots::kIndexBits)); ++round) {
    ASSERT_GE(slots.view().index_at(2), IndexSlots::kMaxEntries) << "round " << round;
    slots.enter(2, 3);
    ASSERT_EQ(slots.view().index_at(2), 3U);
    slots.reset();
  }
}

TEST(IndexTable, finds_all_entries_after_it_was_widened_and_none_after_reset) {
  constexpr uint32_t kCount = 30'000;
  IndexTable table(kCount);
  const auto hash_of = [](uint32_t index) { return uint64_t{index / 3} * 0x9e3779b97f4a7c15U; };  // Three of each, far apart.
  const auto find = [&](uint32_t wanted) { return table.view().find(hash_of(wanted), [&](uint32_t index) { return index == wanted; }); };
  for (unsigned round = 0; round < 3; ++round) {
    for (uint32_t index = 0; index < kCount; ++index) {
      ASSERT_GE(find(index), IndexTable::kMaxEntries) << "round " << round;
      table.enter(hash_of(index), index);
      if (table.is_crowded()) {
        table.widen();
        for (uint32_t known = 0; known <= index; ++known) {
          table.enter(hash_of(known), known);
        }
      }
    }
    for (uint32_t index = 0; index < kCount; ++index) {
      ASSERT_EQ(find(index), index);
    }
    table.reset();
  }
}

}  // namespace
}  // namespace pqflow::encoding
