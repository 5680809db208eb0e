// Where equal indices begin, for the runs of RLE_DICTIONARY. `Set` as in widen_range.hpp.
#pragma once

#ifdef __AVX2__
#include <immintrin.h>
#endif

#include <cstddef>
#include <cstdint>

#include "encoding/kernels/kernels.hpp"

namespace pqflow::encoding {

template <typename Set>
bool is_equal_group(const uint32_t* indices) noexcept {
#ifdef __AVX2__
  const __m256i group = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(indices));
  const __m256i differences = group ^ _mm256_set1_epi32(static_cast<int>(indices[0]));
  return _mm256_testz_si256(differences, differences) != 0;
#else
  uint32_t difference = 0;
  for (size_t index = 1; index < kGroupCount; ++index) {
    difference |= indices[index] ^ indices[0];
  }
  return difference == 0;
#endif
}

template <typename Set>
size_t count_before_equal_group(const uint32_t* indices, size_t count) noexcept {
  size_t index = 0;
  while (index + kGroupCount <= count && !is_equal_group<Set>(indices + index)) {
    index += kGroupCount;
  }
  return index;
}

}  // namespace pqflow::encoding
