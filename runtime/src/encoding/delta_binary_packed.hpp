// DELTA_BINARY_PACKED, encoding 5 (parquet-format Encodings.md, "Delta Encoding"): differences of neighbours, packed with as few bits
// as each group needs. For INT32 and INT64, and for the lengths in DELTA_LENGTH_BYTE_ARRAY and DELTA_BYTE_ARRAY.
#pragma once

#include <cstddef>
#include <cstdint>

#include "encoding/packing.hpp"

namespace pqflow::encoding {

// Tight: blocks of 128 values in miniblocks of 32, the numbers of the specification's examples. Aligned: blocks of 2,048 in miniblocks of
// 256, so that bytes of one width follow each other. Any reader takes either: the sizes stand in the page, and a width may be larger than
// needed.

// Room that encoding `count` values of `width_bytes` 4 or 8 may need with either packing: header, and every block with full widths and a
// 10-byte minimum. The last miniblock is filled up.
constexpr size_t max_delta_binary_packed_bytes(size_t count, size_t width_bytes) noexcept {
  constexpr size_t kSmallestBlock = 128;
  constexpr size_t kLargestMiniblock = 256;
  const size_t block_count = (count + kSmallestBlock - 1) / kSmallestBlock;
  return 48 + block_count * (10 + 4 + kSmallestBlock * width_bytes) + kLargestMiniblock * width_bytes;
}

// `values`: `count` PLAIN values. Returns the bytes written; pure, never allocates or fails. Arithmetic wraps around at the width of the
// type, so a difference never takes more bits than the type has.
size_t encode_delta_int32(uint8_t* target, const uint8_t* values, size_t count, Packing packing = Packing::kTight) noexcept;
size_t encode_delta_int64(uint8_t* target, const uint8_t* values, size_t count, Packing packing = Packing::kTight) noexcept;

}  // namespace pqflow::encoding
