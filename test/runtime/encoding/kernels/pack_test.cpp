#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "encoding/kernels/kernels.hpp"
#include "encoding/reference_decoders.hpp"

namespace pqflow::encoding {
namespace {

using reference::Bytes;
using reference::Reader;

template <typename Value>
Value random_value(std::mt19937_64& random, unsigned bit_width) {
  return bit_width == 0 ? 0 : static_cast<Value>(static_cast<Value>(random()) >> (sizeof(Value) * 8 - bit_width));
}

template <typename Value>
void expect_packed(const Kernels& kernels, const std::vector<Value>& values, unsigned bit_width) {
  constexpr uint8_t kUntouched = 0xee;
  const size_t size_bytes = bit_width * values.size() / 8;
  Bytes bytes(size_bytes + 64, kUntouched);
  ASSERT_EQ(std::get<Pack<Value>>(kernels.pack)(bytes.data(), values.data(), values.size(), bit_width), size_bytes);
  const Reader reader(bytes);
  for (size_t index = 0; index < values.size(); ++index) {
    ASSERT_EQ(reader.packed(index, bit_width), values[index]) << "value " << index;
  }
  for (size_t index = size_bytes; index < bytes.size(); ++index) {
    ASSERT_EQ(bytes[index], kUntouched) << "wrote beyond its bytes";
  }
}

template <typename Value>
struct PackKernels : testing::Test {};
using UnsignedTypes = testing::Types<uint32_t, uint64_t>;
TYPED_TEST_SUITE(PackKernels, UnsignedTypes);

TYPED_TEST(PackKernels, of_every_instruction_set_pack_every_width) {
  std::mt19937_64 random(3);
  for (const Kernels* kernels : supported_kernels()) {
    for (unsigned bit_width = 0; bit_width <= sizeof(TypeParam) * 8; ++bit_width) {
      SCOPED_TRACE(testing::Message() << kernels->instruction_set << ", width " << bit_width);
      for (size_t count = 0; count <= 8 * kPackedCount; count += kPackedCount) {
        std::vector<TypeParam> values(count);
        for (TypeParam& value : values) {
          value = random_value<TypeParam>(random, bit_width);
        }
        ASSERT_NO_FATAL_FAILURE(expect_packed(*kernels, values, bit_width));
      }
    }
  }
}

TYPED_TEST(PackKernels, keep_the_largest_value_of_a_width_in_its_place) {
  for (const Kernels* kernels : supported_kernels()) {
    for (unsigned bit_width = 1; bit_width <= sizeof(TypeParam) * 8; ++bit_width) {
      SCOPED_TRACE(testing::Message() << kernels->instruction_set << ", width " << bit_width);
      for (size_t place = 0; place < 2 * kPackedCount; ++place) {
        std::vector<TypeParam> values(2 * kPackedCount);
        values[place] = static_cast<TypeParam>(~TypeParam{0} >> (sizeof(TypeParam) * 8 - bit_width));
        ASSERT_NO_FATAL_FAILURE(expect_packed(*kernels, values, bit_width));
      }
    }
  }
}

}  // namespace
}  // namespace pqflow::encoding
