// ULEB128 and zigzag, as in Parquet's hybrid run headers and in Thrift's compact protocol.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pqflow::encoding {

constexpr size_t kMaxVarintBytes = 10;

// Writes 1 … kMaxVarintBytes bytes at `target`, returns how many.
inline size_t encode_varint(uint8_t* target, uint64_t value) noexcept {
  size_t size_bytes = 0;
  while (value >= 0x80) {
    target[size_bytes++] = static_cast<uint8_t>(value | 0x80);
    value >>= 7;
  }
  target[size_bytes++] = static_cast<uint8_t>(value);
  return size_bytes;
}

constexpr uint64_t zigzag(int64_t value) noexcept { return (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63); }

}  // namespace pqflow::encoding
