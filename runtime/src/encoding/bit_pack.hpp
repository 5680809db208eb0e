// Bit packing of small values, least significant bit first (parquet-format Encodings.md, "RLE / Bit-Packing Hybrid").
#pragma once

#include <cstddef>
#include <cstdint>

#include "encoding/bytes.hpp"

namespace pqflow::encoding {

// Eight bytes of 0 or 1 become one byte, values[0] in bit 0. The product moves bit 0 of byte i to bit 56 + i; no two partial products meet
// there.
inline uint8_t pack_eight_bits(const uint8_t* values) noexcept {
  return static_cast<uint8_t>((load<uint64_t>(values) * 0x0102040810204080U) >> 56);
}

// Eight values below 2^bit_width become bit_width bytes. bit_width ≤ 8.
inline void pack_group(uint8_t* target, const uint8_t* values, unsigned bit_width) noexcept {
  uint64_t bits = 0;
  for (unsigned index = 0; index < 8; ++index) {
    bits |= static_cast<uint64_t>(values[index]) << (index * bit_width);
  }
  for (unsigned index = 0; index < bit_width; ++index) {
    target[index] = static_cast<uint8_t>(bits >> (index * 8));
  }
}

}  // namespace pqflow::encoding
