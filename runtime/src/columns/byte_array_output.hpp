// Appending BYTE_ARRAY values to a page under construction, and making a run of them UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "encoding/bytes.hpp"
#include "encoding/plain.hpp"

namespace pqflow::columns {

// Like encode_plain_byte_array, but short values are moved as one constant-size block: reads and writes up to kShortTextBytes beyond, which
// the caller owns.
constexpr size_t kShortTextBytes = 16;

inline uint8_t* append_byte_array(uint8_t* target, const uint8_t* value, size_t length_bytes) noexcept {
  encoding::store(target, static_cast<uint32_t>(length_bytes));
  if (length_bytes <= kShortTextBytes) {
    std::memcpy(target + encoding::kByteArrayPrefixBytes, value, kShortTextBytes);
  } else {
    std::memcpy(target + encoding::kByteArrayPrefixBytes, value, length_bytes);
  }
  return target + encoding::kByteArrayPrefixBytes + length_bytes;
}

// Repairs `count` PLAIN byte arrays of `size_bytes` in place (encoding/utf8.hpp); returns how many had to be. One pass over the bytes when
// all are ASCII.
size_t repair_byte_arrays(uint8_t* values, size_t size_bytes, size_t count) noexcept;

}  // namespace pqflow::columns
