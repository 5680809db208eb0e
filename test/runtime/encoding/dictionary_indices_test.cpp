#include "encoding/dictionary_indices.hpp"

#include <random>

#include "reference_decoders.hpp"

namespace pqflow::encoding {
namespace {

using reference::Bytes;
using reference::Reader;

Bytes encoded(std::vector<uint32_t> indices, unsigned bit_width) {
  const size_t count = indices.size();
  indices.resize(count + 32);
  Bytes target(max_dictionary_indices_bytes(count, bit_width), 0xee);
  const size_t size_bytes = encode_dictionary_indices(target.data(), indices.data(), count, bit_width);
  EXPECT_LE(size_bytes, target.size());
  target.resize(size_bytes);
  return target;
}

void expect_round_trip(const std::vector<uint32_t>& indices, unsigned bit_width) {
  const Bytes bytes = encoded(indices, bit_width);
  Reader reader(bytes);
  EXPECT_EQ(reference::decode_dictionary_indices(reader, indices.size()), indices);
  EXPECT_TRUE(reader.is_at_end());
}

TEST(DictionaryIndices, have_as_many_bits_as_the_last_index_and_at_least_one) {
  EXPECT_EQ(dictionary_index_bits(1), 1U);
  EXPECT_EQ(dictionary_index_bits(2), 1U);
  EXPECT_EQ(dictionary_index_bits(3), 2U);
  EXPECT_EQ(dictionary_index_bits(256), 8U);
  EXPECT_EQ(dictionary_index_bits(257), 9U);
}

TEST(DictionaryIndices, aligned_have_whole_bytes) {
  EXPECT_EQ(dictionary_index_bits(1, Packing::kAligned), 8U);
  EXPECT_EQ(dictionary_index_bits(256, Packing::kAligned), 8U);
  EXPECT_EQ(dictionary_index_bits(257, Packing::kAligned), 16U);
  EXPECT_EQ(dictionary_index_bits(65537, Packing::kAligned), 24U);
}

TEST(DictionaryIndices, of_one_value_are_one_run_whose_value_has_whole_bytes) {
  EXPECT_EQ(encoded(std::vector<uint32_t>(100, 5), 3), (Bytes{3, 0xc8, 0x01, 5}));
  EXPECT_EQ(encoded(std::vector<uint32_t>(64, 0x1234), 13), (Bytes{13, 0x80, 0x01, 0x34, 0x12}));
}

TEST(DictionaryIndices, that_change_are_packed_as_in_the_specification) {
  // Encodings.md, "RLE / Bit-Packing Hybrid": the numbers 0 … 7 in 3 bits are 10001000 11000110 11111010.
  EXPECT_EQ(encoded({0, 1, 2, 3, 4, 5, 6, 7}, 3), (Bytes{3, 0x03, 0x88, 0xc6, 0xfa}));
}

TEST(DictionaryIndices, begin_a_run_where_eight_are_equal) {
  std::vector<uint32_t> indices = {0, 1, 2, 3, 4, 5, 6, 7};
  indices.insert(indices.end(), 8, 2);
  EXPECT_EQ(encoded(indices, 3), (Bytes{3, 0x03, 0x88, 0xc6, 0xfa, 0x10, 2}));
}

TEST(DictionaryIndices, end_in_a_run_when_the_rest_is_equal) {
  std::vector<uint32_t> indices = {0, 1, 2, 3, 4, 5, 6, 7, 4, 4, 4};
  EXPECT_EQ(encoded(indices, 3), (Bytes{3, 0x03, 0x88, 0xc6, 0xfa, 0x06, 4}));
}

TEST(DictionaryIndices, of_every_width_and_length_come_back) {
  std::mt19937 random(4);
  for (unsigned bit_width = 1; bit_width <= 32; ++bit_width) {
    for (const size_t count : {0, 1, 7, 8, 9, 31, 32, 33, 63, 64, 65, 1000}) {
      std::vector<uint32_t> indices(count);
      for (uint32_t& index : indices) {
        index = static_cast<uint32_t>(random()) >> (32 - bit_width);
      }
      expect_round_trip(indices, bit_width);
    }
  }
}

TEST(DictionaryIndices, in_runs_of_every_length_come_back) {
  std::mt19937 random(5);
  for (size_t longest = 1; longest <= 40; ++longest) {
    std::vector<uint32_t> indices;
    while (indices.size() < 2'000) {
      indices.insert(indices.end(), random() % longest + 1, static_cast<uint32_t>(random() % 16));
    }
    expect_round_trip(indices, 4);
  }
}

}  // namespace
}  // namespace pqflow::encoding
