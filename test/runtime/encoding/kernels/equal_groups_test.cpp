#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "encoding/kernels/kernels.hpp"

namespace pqflow::encoding {
namespace {

// Every value differs from the one before it.
std::vector<uint32_t> changing_indices(size_t count) {
  std::vector<uint32_t> indices(count);
  for (size_t index = 0; index < count; ++index) {
    indices[index] = static_cast<uint32_t>(index % 2 == 0 ? 0x80000001U : index);
  }
  return indices;
}

TEST(EqualGroupKernels, of_every_instruction_set_find_the_first_group_of_equal_indices) {
  for (const Kernels* kernels : supported_kernels()) {
    for (size_t count = 0; count <= 100; ++count) {
      const size_t whole_count = count / kGroupCount * kGroupCount;
      EXPECT_EQ(kernels->count_before_equal_group(changing_indices(count).data(), count), whole_count) << kernels->instruction_set;
      for (size_t group = 0; group + kGroupCount <= count; group += kGroupCount) {
        std::vector<uint32_t> indices = changing_indices(count);
        std::fill_n(indices.data() + group, kGroupCount, 0xffffffffU);
        EXPECT_EQ(kernels->count_before_equal_group(indices.data(), count), group) << kernels->instruction_set << ", count " << count;
      }
    }
  }
}

TEST(EqualGroupKernels, see_a_single_bit_at_every_place) {
  for (const Kernels* kernels : supported_kernels()) {
    for (size_t place = 0; place < kGroupCount; ++place) {
      for (unsigned bit = 0; bit < 32; ++bit) {
        std::vector<uint32_t> indices(kGroupCount, 5);
        EXPECT_EQ(kernels->count_before_equal_group(indices.data(), kGroupCount), 0U) << kernels->instruction_set;
        indices[place] ^= uint32_t{1} << bit;
        EXPECT_EQ(kernels->count_before_equal_group(indices.data(), kGroupCount), kGroupCount)
            << kernels->instruction_set << ", place " << place << ", bit " << bit;
      }
    }
  }
}

TEST(EqualGroupKernels, take_no_run_across_two_groups_for_one) {
  for (const Kernels* kernels : supported_kernels()) {
    std::vector<uint32_t> indices = changing_indices(4 * kGroupCount);
    std::fill_n(indices.data() + kGroupCount / 2, kGroupCount, 9U);
    EXPECT_EQ(kernels->count_before_equal_group(indices.data(), indices.size()), indices.size()) << kernels->instruction_set;
  }
}

}  // namespace
}  // namespace pqflow::encoding
