// DELTA_LENGTH_BYTE_ARRAY, encoding 6, and DELTA_BYTE_ARRAY, encoding 7 (parquet-format Encodings.md, "Delta-length byte array" and "Delta
// Strings").
#pragma once

#include <cstddef>
#include <cstdint>

#include "encoding/delta_binary_packed.hpp"

namespace pqflow::encoding {

// Room for `count` values whose PLAIN bytes, prefixes included, are `plain_bytes`.
constexpr size_t max_delta_length_byte_array_bytes(size_t count, size_t plain_bytes) noexcept {
  return max_delta_binary_packed_bytes(count, sizeof(int32_t)) + plain_bytes;
}
constexpr size_t max_delta_byte_array_bytes(size_t count, size_t plain_bytes) noexcept {
  return 2 * max_delta_binary_packed_bytes(count, sizeof(int32_t)) + plain_bytes;
}

// All: `values`: `count` PLAIN values. `lengths`: scratch of `count` words (DELTA_BYTE_ARRAY: two times `count`). Return the bytes written;
// pure, never allocate or fail.

// BYTE_ARRAY: all lengths, then all bytes.
size_t encode_delta_length_byte_array(uint8_t* target, const uint8_t* values, size_t count, uint32_t* lengths) noexcept;
// BYTE_ARRAY: what each value shares with the one before it is left out.
size_t encode_delta_byte_array(uint8_t* target, const uint8_t* values, size_t count, uint32_t* lengths) noexcept;
// The same for FIXED_LEN_BYTE_ARRAY of `width_bytes`; the lengths are written all the same.
size_t encode_delta_fixed_byte_array(uint8_t* target, const uint8_t* values, size_t count, size_t width_bytes, uint32_t* lengths) noexcept;

}  // namespace pqflow::encoding
