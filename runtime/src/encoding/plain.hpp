// PLAIN, encoding 0 (parquet-format Encodings.md, "Plain"): values one after the other, little-endian.
// Pure functions (dst, src) → bytes written; none allocates, blocks or fails. The caller provides the room that the max_ function names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "encoding/bytes.hpp"

namespace pqflow::encoding {

constexpr size_t kByteArrayPrefixBytes = 4;

constexpr size_t max_plain_boolean_bytes(size_t count) noexcept { return (count + 7) / 8; }

// BOOLEAN: one bit a value, least significant first; unused bits of the last byte are 0. `values`: one byte each, 0 or 1.
size_t encode_plain_boolean(uint8_t* target, const uint8_t* values, size_t count) noexcept;

// INT32, INT64, INT96, FLOAT, DOUBLE and FIXED_LEN_BYTE_ARRAY: `width_bytes` each, as they lie in memory.
inline size_t encode_plain_fixed(uint8_t* target, const uint8_t* values, size_t count, size_t width_bytes) noexcept {
  if (count != 0) {
    std::memcpy(target, values, count * width_bytes);
  }
  return count * width_bytes;
}

// One BYTE_ARRAY value: its length as 4 bytes, then its bytes.
inline size_t encode_plain_byte_array(uint8_t* target, const uint8_t* value, uint32_t length_bytes) noexcept {
  store(target, length_bytes);
  if (length_bytes != 0) {
    std::memcpy(target + kByteArrayPrefixBytes, value, length_bytes);
  }
  return kByteArrayPrefixBytes + length_bytes;
}

}  // namespace pqflow::encoding
