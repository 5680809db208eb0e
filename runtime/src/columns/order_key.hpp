// The first bytes of a value as a number that orders like them.
#pragma once

#include <cstddef>
#include <cstdint>

#include "encoding/bytes.hpp"

namespace pqflow::columns {

constexpr size_t kOrderKeyBytes = 8;

// Big-endian, shorter values filled up with zeros. Reads 8 bytes whatever the length.
inline uint64_t order_key(const uint8_t* value, size_t size_bytes) noexcept {
  const uint64_t word = __builtin_bswap64(encoding::load<uint64_t>(value));
  return size_bytes >= kOrderKeyBytes ? word : size_bytes == 0 ? 0 : word & (~uint64_t{0} << ((kOrderKeyBytes - size_bytes) * 8));
}

}  // namespace pqflow::columns
