// The first bytes of a value as a number that orders like them, and the order of byte strings by it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "encoding/bytes.hpp"

namespace pqflow::columns {

constexpr size_t kOrderKeyBytes = 8;

// Big-endian, shorter values filled up with zeros. Reads 8 bytes whatever the length.
inline uint64_t order_key(const uint8_t* value, size_t size_bytes) noexcept {
  const uint64_t word = __builtin_bswap64(encoding::load<uint64_t>(value));
  return size_bytes >= kOrderKeyBytes ? word : size_bytes == 0 ? 0 : word & (~uint64_t{0} << ((kOrderKeyBytes - size_bytes) * 8));
}

// The same without reading beyond the value.
inline uint64_t order_key(std::span<const uint8_t> value) noexcept {
  uint8_t head[kOrderKeyBytes] = {};
  std::memcpy(head, value.data(), std::min(value.size(), kOrderKeyBytes));
  return __builtin_bswap64(encoding::load<uint64_t>(head));
}

// Order of two values whose keys are equal: negative, zero, positive; a prefix before its extension.
inline int compare_behind_key(std::span<const uint8_t> left, std::span<const uint8_t> right) noexcept {
  const size_t common_bytes = std::min(left.size(), right.size());
  if (common_bytes > kOrderKeyBytes) {
    const int order = std::memcmp(left.data() + kOrderKeyBytes, right.data() + kOrderKeyBytes, common_bytes - kOrderKeyBytes);
    if (order != 0) {
      return order;
    }
  }
  return left.size() < right.size() ? -1 : left.size() > right.size() ? 1 : 0;
}

// Bytewise; two's complement where `key_flip`, XORed into each key, is the sign bit.
inline int compare_bytes(std::span<const uint8_t> left, std::span<const uint8_t> right, uint64_t key_flip) noexcept {
  const uint64_t left_key = order_key(left) ^ key_flip;
  const uint64_t right_key = order_key(right) ^ key_flip;
  return left_key != right_key ? (left_key < right_key ? -1 : 1) : compare_behind_key(left, right);
}

}  // namespace pqflow::columns
