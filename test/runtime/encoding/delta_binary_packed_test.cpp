#include "encoding/delta_binary_packed.hpp"

#include <limits>
#include <random>

#include "reference_decoders.hpp"

namespace pqflow::encoding {
namespace {

using reference::Bytes;
using reference::Reader;

constexpr size_t kTightBlockCount = 128;
constexpr size_t kAlignedBlockCount = 2048;
constexpr size_t kAlignedMiniblockCount = 256;

template <typename Value>
Bytes encoded(const std::vector<Value>& values, Packing packing = Packing::kTight) {
  Bytes target(max_delta_binary_packed_bytes(values.size(), sizeof(Value)), 0xee);
  const auto* const plain = reinterpret_cast<const uint8_t*>(values.data());
  const size_t size_bytes = sizeof(Value) == 4 ? encode_delta_int32(target.data(), plain, values.size(), packing)
                                               : encode_delta_int64(target.data(), plain, values.size(), packing);
  EXPECT_LE(size_bytes, target.size());
  target.resize(size_bytes);
  return target;
}

template <typename Value>
void expect_round_trip(const std::vector<Value>& values, Packing packing) {
  const Bytes bytes = encoded(values, packing);
  Reader reader(bytes);
  const std::vector<uint64_t> decoded = reference::decode_delta(reader, sizeof(Value) * 8);
  EXPECT_TRUE(reader.is_at_end());
  ASSERT_EQ(decoded.size(), values.size());
  for (size_t index = 0; index < values.size(); ++index) {
    ASSERT_EQ(static_cast<Value>(decoded[index]), values[index]) << "value " << index << " of " << values.size();
  }
}

template <typename Value>
void expect_round_trip(const std::vector<Value>& values) {
  expect_round_trip(values, Packing::kTight);
  expect_round_trip(values, Packing::kAligned);
}

template <typename Value>
struct DeltaBinaryPacked : testing::Test {};
using IntegerTypes = testing::Types<int32_t, int64_t>;
TYPED_TEST_SUITE(DeltaBinaryPacked, IntegerTypes);

TEST(DeltaBinaryPackedBytes, are_those_of_the_specifications_first_example) {
  // Encodings.md, "Example 1": 1, 2, 3, 4, 5. Header: block of 128 values, 4 miniblocks, 5 values, first value 1; block: minimum 1, all
  // widths 0.
  EXPECT_EQ(encoded<int32_t>({1, 2, 3, 4, 5}), (Bytes{0x80, 0x01, 0x04, 0x05, 0x02, 0x02, 0, 0, 0, 0}));
}

TEST(DeltaBinaryPackedBytes, are_those_of_the_specifications_second_example) {
  // Encodings.md, "Example 2": 7, 5, 3, 1, 2, 3, 4, 5: minimum -2, relative deltas 0 0 0 3 3 3 3 in 2 bits.
  Bytes expected = {0x80, 0x01, 0x04, 0x08, 0x0e, 0x03, 2, 0, 0, 0, 0xc0, 0x3f};
  expected.resize(10 + 8);
  EXPECT_EQ(encoded<int64_t>({7, 5, 3, 1, 2, 3, 4, 5}), expected);
}

TYPED_TEST(DeltaBinaryPacked, takes_no_value_and_one_value) {
  expect_round_trip<TypeParam>({});
  expect_round_trip<TypeParam>({42});
  expect_round_trip<TypeParam>({std::numeric_limits<TypeParam>::min()});
}

TYPED_TEST(DeltaBinaryPacked, wraps_around_at_the_width_of_the_type) {
  constexpr TypeParam kMin = std::numeric_limits<TypeParam>::min();
  constexpr TypeParam kMax = std::numeric_limits<TypeParam>::max();
  expect_round_trip<TypeParam>({kMin, kMax, kMin, kMax, 0, kMin, -1, kMax, kMax, kMin});
  expect_round_trip<TypeParam>({kMax, kMin});
  expect_round_trip<TypeParam>({0, kMin, 0, kMax, 0});
}

TYPED_TEST(DeltaBinaryPacked, takes_every_length_around_the_ends_of_miniblocks_and_blocks) {
  std::mt19937_64 random(1);
  for (size_t count = 0; count <= 3 * kTightBlockCount + 2; ++count) {
    std::vector<TypeParam> values(count);
    for (TypeParam& value : values) {
      value = static_cast<TypeParam>(random());
    }
    expect_round_trip(values);
  }
}

TYPED_TEST(DeltaBinaryPacked, takes_lengths_around_the_ends_of_aligned_miniblocks_and_blocks) {
  std::mt19937_64 random(4);
  for (const size_t end : {kAlignedMiniblockCount, 7 * kAlignedMiniblockCount, kAlignedBlockCount, 2 * kAlignedBlockCount}) {
    for (size_t count = end - 2; count <= end + 3; ++count) {
      std::vector<TypeParam> values(count);
      for (TypeParam& value : values) {
        value = static_cast<TypeParam>(random());
      }
      expect_round_trip(values, Packing::kAligned);
    }
  }
}

TYPED_TEST(DeltaBinaryPacked, aligned_has_widths_of_whole_bytes) {
  // Differences 1 and 0 by turns: one bit each when tight, one byte when aligned.
  std::vector<TypeParam> values(1 + kAlignedBlockCount);
  for (size_t index = 0; index < values.size(); ++index) {
    values[index] = static_cast<TypeParam>(index / 2);
  }
  expect_round_trip(values, Packing::kAligned);
  EXPECT_GT(encoded(values, Packing::kAligned).size(), kAlignedBlockCount);
  EXPECT_LT(encoded(values, Packing::kTight).size(), kAlignedBlockCount / 4);
}

TYPED_TEST(DeltaBinaryPacked, takes_every_bit_width) {
  std::mt19937_64 random(2);
  for (unsigned bits = 0; bits < sizeof(TypeParam) * 8; ++bits) {
    std::vector<TypeParam> values(300);
    for (TypeParam& value : values) {
      value = static_cast<TypeParam>(random() & ((uint64_t{1} << bits) - 1));
    }
    expect_round_trip(values);
  }
}

TYPED_TEST(DeltaBinaryPacked, writes_a_steady_sequence_in_no_bits_a_value) {
  std::vector<TypeParam> values(10'000);
  for (size_t index = 0; index < values.size(); ++index) {
    values[index] = static_cast<TypeParam>(1'000'000 + index * 250);
  }
  expect_round_trip(values);
  EXPECT_LT(encoded(values).size(), 10'000U / kTightBlockCount * 6 + 30);
}

}  // namespace
}  // namespace pqflow::encoding
