#include "encoding/utf8.hpp"

#include "encoding/bytes.hpp"

namespace pqflow::encoding {
namespace {

bool is_continuation(uint8_t byte) noexcept { return (byte & 0xc0) == 0x80; }

// The second byte's range depends on the first: E0, ED, F0 and F4 exclude overlong forms, surrogates and values above U+10FFFF.
bool is_second_byte(uint8_t first, uint8_t second) noexcept {
  switch (first) {
    case 0xe0:
      return second >= 0xa0 && second <= 0xbf;
    case 0xed:
      return second >= 0x80 && second <= 0x9f;
    case 0xf0:
      return second >= 0x90 && second <= 0xbf;
    case 0xf4:
      return second >= 0x80 && second <= 0x8f;
    default:
      return is_continuation(second);
  }
}

size_t announced_bytes(uint8_t first) noexcept {
  if (first < 0x80) {
    return 1;
  }
  if (first < 0xc2) {
    return 0;
  }
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
}

}  // namespace

bool has_high_bit(const uint8_t* bytes, size_t size_bytes) noexcept {
  constexpr uint64_t kHighBits = 0x8080808080808080U;
  uint64_t seen[4] = {};
  size_t index = 0;
  for (; index + 32 <= size_bytes; index += 32) {
    for (size_t word = 0; word < 4; ++word) {
      seen[word] |= load<uint64_t>(bytes + index + word * 8);
    }
  }
  uint64_t rest = seen[0] | seen[1] | seen[2] | seen[3];
  for (; index < size_bytes; ++index) {
    rest |= bytes[index];
  }
  return (rest & kHighBits) != 0;
}

size_t utf8_sequence_bytes(const uint8_t* bytes, size_t size_bytes) noexcept {
  const size_t length_bytes = announced_bytes(bytes[0]);
  if (length_bytes <= 1) {
    return length_bytes;
  }
  if (length_bytes > size_bytes || !is_second_byte(bytes[0], bytes[1])) {
    return 0;
  }
  for (size_t index = 2; index < length_bytes; ++index) {
    if (!is_continuation(bytes[index])) {
      return 0;
    }
  }
  return length_bytes;
}

bool is_utf8(const uint8_t* bytes, size_t size_bytes) noexcept {
  size_t index = 0;
  while (index < size_bytes) {
    const size_t sequence_bytes = utf8_sequence_bytes(bytes + index, size_bytes - index);
    if (sequence_bytes == 0) {
      return false;
    }
    index += sequence_bytes;
  }
  return true;
}

bool repair_utf8(uint8_t* bytes, size_t size_bytes) noexcept {
  bool is_repaired = false;
  size_t index = 0;
  while (index < size_bytes) {
    const size_t sequence_bytes = utf8_sequence_bytes(bytes + index, size_bytes - index);
    if (sequence_bytes == 0) {
      bytes[index++] = '?';
      is_repaired = true;
    } else {
      index += sequence_bytes;
    }
  }
  return is_repaired;
}

}  // namespace pqflow::encoding
