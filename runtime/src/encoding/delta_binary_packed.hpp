// DELTA_BINARY_PACKED, encoding 5 (parquet-format Encodings.md, "Delta Encoding"): differences of neighbours, packed with as few bits as
// each group of 32 needs. For INT32 and INT64, and for the lengths in DELTA_LENGTH_BYTE_ARRAY and DELTA_BYTE_ARRAY.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pqflow::encoding {

constexpr size_t kDeltaBlockCount = 128;    // Values of a block, the number of the specification's examples.
constexpr size_t kDeltaMiniblockCount = 4;  // Miniblocks of a block.

// Room that encoding `count` values of `width_bytes` 4 or 8 may need: header, and every block with full widths and a 10-byte minimum. The
// last miniblock is filled up to its 32 values.
constexpr size_t max_delta_binary_packed_bytes(size_t count, size_t width_bytes) noexcept {
  const size_t block_count = (count + kDeltaBlockCount - 1) / kDeltaBlockCount;
  return 40 + block_count * (10 + kDeltaMiniblockCount + kDeltaBlockCount * width_bytes);
}

// `values`: `count` PLAIN values. Returns the bytes written; pure, never allocates or fails. Arithmetic wraps around at the width of the
// type, so a difference never takes more bits than the type has.
size_t encode_delta_int32(uint8_t* target, const uint8_t* values, size_t count) noexcept;
size_t encode_delta_int64(uint8_t* target, const uint8_t* values, size_t count) noexcept;

}  // namespace pqflow::encoding
