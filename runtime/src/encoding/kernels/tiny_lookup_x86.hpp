// The same with the table in registers: a vector of values is a vector of places in it. `Set` as in widen_range.hpp.
#pragma once

#include <immintrin.h>

#include "encoding/kernels/tiny_lookup.hpp"

namespace pqflow::encoding {

// Values behind the last whole vector, or from the vector on that holds one without an index, which it finds.
template <typename Set>
size_t look_up_rest(const uint8_t* values, size_t start, size_t count, const TinyTable& table, uint32_t* indices) noexcept {
  return start + look_up_tiny<Set>(values + start * sizeof(uint32_t), count - start, table, indices + start);
}

#ifdef __AVX512F__

template <typename Set>
size_t look_up_tiny_by_16(const uint8_t* values, size_t count, const TinyTable& table, uint32_t* indices) noexcept {
  constexpr size_t kStep = 16;
  const __m512i low = _mm512_loadu_si512(table.data());
  const __m512i high = _mm512_loadu_si512(table.data() + kStep);
  const __m512i last = _mm512_set1_epi32(static_cast<int>(kTinyTableSize) - 1);
  const __m512i unknown = _mm512_set1_epi32(-1);
  size_t position = 0;
  for (; position + kStep <= count; position += kStep) {
    const __m512i taken = _mm512_loadu_si512(values + position * sizeof(uint32_t));
    const __m512i found = _mm512_permutex2var_epi32(low, taken, high);
    if ((_mm512_cmpgt_epu32_mask(taken, last) | _mm512_cmpeq_epu32_mask(found, unknown)) != 0) {
      break;
    }
    _mm512_storeu_si512(indices + position, found);
  }
  return look_up_rest<Set>(values, position, count, table, indices);
}

#endif

template <typename Set>
size_t look_up_tiny_by_8(const uint8_t* values, size_t count, const TinyTable& table, uint32_t* indices) noexcept {
  constexpr size_t kStep = 8;
  __m256i quarters[kTinyTableSize / kStep];
  std::memcpy(quarters, table.data(), sizeof quarters);
  const __m256i last = _mm256_set1_epi32(static_cast<int>(kTinyTableSize) - 1);
  const __m256i unknown = _mm256_set1_epi32(-1);
  size_t position = 0;
  for (; position + kStep <= count; position += kStep) {
    __m256i taken;
    std::memcpy(&taken, values + position * sizeof(uint32_t), sizeof taken);
    const __m256 bit_3 = _mm256_castsi256_ps(_mm256_slli_epi32(taken, 28));
    const __m256 bit_4 = _mm256_castsi256_ps(_mm256_slli_epi32(taken, 27));
    const auto at = [&](size_t quarter) { return _mm256_castsi256_ps(_mm256_permutevar8x32_epi32(quarters[quarter], taken)); };
    const __m256 chosen = _mm256_blendv_ps(_mm256_blendv_ps(at(0), at(1), bit_3), _mm256_blendv_ps(at(2), at(3), bit_3), bit_4);
    const __m256i found = _mm256_castps_si256(chosen);
    const __m256i is_small = _mm256_cmpeq_epi32(_mm256_min_epu32(taken, last), taken);
    const __m256i is_good = _mm256_andnot_si256(_mm256_cmpeq_epi32(found, unknown), is_small);
    if (_mm256_movemask_epi8(is_good) != -1) {
      break;
    }
    std::memcpy(indices + position, &found, sizeof found);
  }
  return look_up_rest<Set>(values, position, count, table, indices);
}

}  // namespace pqflow::encoding
