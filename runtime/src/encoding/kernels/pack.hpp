// Bit packing of 32 values of one width, least significant bit first (parquet-format Encodings.md, "Delta Encoding", and the bit-packed
// runs of "RLE / Bit-Packing Hybrid").
#pragma once

#include <cstddef>
#include <cstdint>

namespace pqflow::encoding {

constexpr size_t kPackedCount = 32;

// Writes kPackedCount × bit_width bits, a multiple of 4 bytes, and returns those bytes. Every value is below 2^bit_width.
// bit_width ≤ 32 for 32-bit values, ≤ 64 for 64-bit ones. One unrolled kernel per width; pure, no allocation.
size_t pack_32(uint8_t* target, const uint32_t* values, unsigned bit_width) noexcept;
size_t pack_32(uint8_t* target, const uint64_t* values, unsigned bit_width) noexcept;

}  // namespace pqflow::encoding
