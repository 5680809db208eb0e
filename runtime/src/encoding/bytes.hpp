// Unaligned little-endian loads and stores. The headers refuse big-endian machines, so these are plain copies the compiler turns into one
// instruction.
#pragma once

#include <cstdint>
#include <cstring>

namespace pqflow::encoding {

template <typename T>
inline T load(const uint8_t* source) noexcept {
  T value;
  std::memcpy(&value, source, sizeof(T));
  return value;
}

template <typename T>
inline void store(uint8_t* target, T value) noexcept {
  std::memcpy(target, &value, sizeof(T));
}

}  // namespace pqflow::encoding
