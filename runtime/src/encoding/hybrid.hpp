// RLE / bit-packing hybrid, encoding 3 (parquet-format Encodings.md), for definition and repetition levels.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pqflow::encoding {

// Room that encode_hybrid may need, whatever the values.
constexpr size_t max_hybrid_bytes(size_t count, unsigned bit_width) noexcept {
  // Worst: every group of 8 is packed and has a run header of its own, which takes at most 5 bytes for counts below 2^31.
  return (count + 7) / 8 * (bit_width + 5U) + 5U;
}

// Encodes `count` < 2^31 values below 2^bit_width, 1 ≤ bit_width ≤ 8, without a length prefix. Returns the bytes written; never allocates
// or fails. A run of 8 or more equal values becomes an RLE run, everything between becomes bit-packed runs in groups of 8; the last group
// is filled up with 0.
size_t encode_hybrid(uint8_t* target, const uint8_t* values, size_t count, unsigned bit_width) noexcept;

constexpr size_t kLevelsPrefixBytes = 4;

// Levels of a V1 data page: 4-byte little-endian length, then the hybrid (parquet-format README, "Data Pages").
size_t encode_levels_v1(uint8_t* target, const uint8_t* levels, size_t count, unsigned bit_width) noexcept;

}  // namespace pqflow::encoding
