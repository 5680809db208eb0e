#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

#include "encoding/kernels/kernels.hpp"
#include "encoding/reference_decoders.hpp"

namespace pqflow::encoding {
namespace {

template <typename Value>
struct DeltaKernels : testing::Test {
  using Signed = std::make_signed_t<Value>;

  // Values of any alignment, the first of them before the block.
  static void expect_differences(const Kernels& kernels, const std::vector<Value>& values, size_t misalignment_bytes) {
    const size_t count = values.size() - 1;
    std::vector<uint8_t> bytes(misalignment_bytes + values.size() * sizeof(Value));
    std::memcpy(bytes.data() + misalignment_bytes, values.data(), values.size() * sizeof(Value));
    std::vector<Value> differences(count + 1, Value{77});
    const Value smallest = std::get<SubtractNeighbours<Value>>(kernels.subtract_neighbours)(
        differences.data(), bytes.data() + misalignment_bytes + sizeof(Value), count);
    Signed expected = std::numeric_limits<Signed>::max();
    for (size_t index = 0; index < count; ++index) {
      ASSERT_EQ(differences[index], static_cast<Value>(values[index + 1] - values[index])) << "value " << index;
      expected = std::min(expected, static_cast<Signed>(differences[index]));
    }
    EXPECT_EQ(static_cast<Signed>(smallest), expected);
    EXPECT_EQ(differences[count], Value{77}) << "wrote beyond the differences";
  }
};
using UnsignedTypes = testing::Types<uint32_t, uint64_t>;
TYPED_TEST_SUITE(DeltaKernels, UnsignedTypes);

TYPED_TEST(DeltaKernels, of_every_instruction_set_agree_on_every_length_and_alignment) {
  std::mt19937_64 random(1);
  for (const Kernels* kernels : supported_kernels()) {
    for (size_t count = 1; count <= 300; ++count) {
      SCOPED_TRACE(testing::Message() << kernels->instruction_set << ", count " << count);
      std::vector<TypeParam> values(count + 1);
      for (TypeParam& value : values) {
        value = static_cast<TypeParam>(random());
      }
      this->expect_differences(*kernels, values, count % 9);
      ASSERT_FALSE(this->HasFailure());
    }
  }
}

TYPED_TEST(DeltaKernels, find_the_smallest_difference_at_every_place_and_wrap_around) {
  constexpr TypeParam kLargest = std::numeric_limits<TypeParam>::max() / 2;
  for (const Kernels* kernels : supported_kernels()) {
    for (size_t place = 0; place < 128; ++place) {
      SCOPED_TRACE(testing::Message() << kernels->instruction_set << ", place " << place);
      std::vector<TypeParam> values(129, 5);
      values[place] = kLargest;
      values[place + 1] = static_cast<TypeParam>(kLargest + 1);  // As signed numbers, from the largest to the smallest: a difference of 1.
      this->expect_differences(*kernels, values, 0);
      ASSERT_FALSE(this->HasFailure());
    }
  }
}

// What `kernels` write for these differences above `minimum`, against a packing by single bits.
template <typename Value>
void expect_miniblocks(const Kernels& kernels, const std::vector<Value>& relative, Value minimum, const Miniblocks& miniblocks) {
  constexpr uint8_t kUntouched = 0xee;
  std::vector<Value> differences(relative);
  for (Value& difference : differences) {
    difference = static_cast<Value>(difference + minimum);
  }
  reference::Bytes target(differences.size() * sizeof(Value) + 64, kUntouched);
  std::vector<uint8_t> widths(miniblocks.count + 1, kUntouched);
  const size_t size_bytes =
      std::get<WriteMiniblocks<Value>>(kernels.write_miniblocks)(target.data(), widths.data(), differences.data(), minimum, miniblocks);
  const reference::Reader reader(target);
  size_t bit = 0;
  for (size_t miniblock = 0; miniblock < miniblocks.count; ++miniblock) {
    const Value* const values = relative.data() + miniblock * miniblocks.value_count;
    const auto bits = static_cast<unsigned>(std::bit_width(*std::max_element(values, values + miniblocks.value_count)));
    const unsigned width = (bits + miniblocks.width_step_bits - 1) / miniblocks.width_step_bits * miniblocks.width_step_bits;
    ASSERT_EQ(widths[miniblock], width) << "miniblock " << miniblock;
    for (size_t index = 0; index < miniblocks.value_count; ++index, bit += width) {
      for (unsigned place = 0; place < width; ++place) {
        ASSERT_EQ(reader.packed(bit + place, 1), values[index] >> place & 1U) << "miniblock " << miniblock << ", value " << index;
      }
    }
  }
  EXPECT_EQ(size_bytes, bit / 8);
  EXPECT_EQ(widths.back(), kUntouched) << "wrote beyond the widths";
  for (size_t index = size_bytes; index < target.size(); ++index) {
    ASSERT_EQ(target[index], kUntouched) << "wrote beyond the miniblocks";
  }
}

TYPED_TEST(DeltaKernels, write_miniblocks_of_every_width) {
  std::mt19937_64 random(2);
  for (const Kernels* kernels : supported_kernels()) {
    for (const size_t value_count : {kPackedCount, 8 * kPackedCount}) {
      for (const unsigned width_step_bits : {1U, 8U}) {
        for (unsigned bits = 0; bits <= sizeof(TypeParam) * 8; ++bits) {
          SCOPED_TRACE(testing::Message() << kernels->instruction_set << ", " << bits << " bits, step " << width_step_bits);
          std::vector<TypeParam> relative(3 * value_count);
          for (size_t index = 0; index < relative.size(); ++index) {
            // Miniblocks of this width, of less, and of zeros.
            const size_t shift = sizeof(TypeParam) * 8 - bits + (index / value_count == 1 ? 3 : 0);
            relative[index] = shift >= sizeof(TypeParam) * 8 || index >= 2 * value_count ? 0 : static_cast<TypeParam>(random()) >> shift;
          }
          expect_miniblocks<TypeParam>(*kernels, relative, static_cast<TypeParam>(random()), {3, value_count, width_step_bits});
          ASSERT_FALSE(this->HasFailure());
        }
      }
    }
  }
}

TYPED_TEST(DeltaKernels, take_the_width_from_every_place) {
  for (const Kernels* kernels : supported_kernels()) {
    for (size_t place = 0; place < 4 * kPackedCount; ++place) {
      SCOPED_TRACE(testing::Message() << kernels->instruction_set << ", place " << place);
      std::vector<TypeParam> relative(4 * kPackedCount, TypeParam{3});
      relative[place] = TypeParam{0x4321};
      expect_miniblocks<TypeParam>(*kernels, relative, 3, {4, kPackedCount, 1});
      ASSERT_FALSE(this->HasFailure());
    }
  }
}

}  // namespace
}  // namespace pqflow::encoding
