// Transposition of eight values into streams of their bytes, with 64-bit arithmetic alone.
#pragma once

#include <cstddef>
#include <cstdint>

#include "encoding/bytes.hpp"

namespace pqflow::encoding {

constexpr size_t kTransposedCount = 8;

// Byte j of word i changes places with byte i of word j, by exchanging ever smaller squares: 4 × 4 bytes, 2 × 2, single bytes.
inline void transpose_words(uint64_t (&words)[8]) noexcept {
  constexpr uint64_t kMasks[] = {0x00000000ffffffffU, 0x0000ffff0000ffffU, 0x00ff00ff00ff00ffU};
  for (unsigned step = 0; step < 3; ++step) {
    const unsigned distance = 4U >> step;
    const unsigned shift_bits = distance * 8;
    for (unsigned word = 0; word < 8; ++word) {
      if ((word & distance) == 0) {
        uint64_t& low = words[word];
        uint64_t& high = words[word + distance];
        const uint64_t exchanged = ((low >> shift_bits) ^ high) & kMasks[step];
        low ^= exchanged << shift_bits;
        high ^= exchanged;
      }
    }
  }
}

// Eight values of 8 bytes → eight bytes at target, target + stride, … target + 7 × stride.
inline void transpose_8x8(uint8_t* target, size_t stride_bytes, const uint8_t* values) noexcept {
  uint64_t words[8];
  for (size_t index = 0; index < 8; ++index) {
    words[index] = load<uint64_t>(values + index * 8);
  }
  transpose_words(words);
  for (size_t index = 0; index < 8; ++index) {
    store(target + index * stride_bytes, words[index]);
  }
}

// Eight values of 4 bytes → eight bytes at target, … target + 3 × stride.
inline void transpose_8x4(uint8_t* target, size_t stride_bytes, const uint8_t* values) noexcept {
  uint64_t words[8];
  for (size_t index = 0; index < 8; ++index) {
    words[index] = load<uint32_t>(values + index * 4);
  }
  transpose_words(words);
  for (size_t index = 0; index < 4; ++index) {
    store(target + index * stride_bytes, words[index]);
  }
}

}  // namespace pqflow::encoding
