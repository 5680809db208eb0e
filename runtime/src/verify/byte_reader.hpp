// Numbers and bit-packed values from a piece of a page; every read is checked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "verify/damage.hpp"
#include "verify/thrift_reader.hpp"

namespace pqflow::verify {

class ByteReader {
 public:
  // `rule`: broken when the bytes end too early.
  ByteReader(Bytes bytes, Rule rule) : bytes_(bytes), rule_(rule) {}

  Bytes take(size_t size_bytes) {
    if (size_bytes > bytes_.size() - position_) {
      fail("ends early: " + std::to_string(size_bytes) + " bytes wanted, " + std::to_string(bytes_.size() - position_) + " left");
    }
    const Bytes taken = bytes_.subspan(position_, size_bytes);
    position_ += size_bytes;
    return taken;
  }
  uint8_t byte() { return take(1)[0]; }
  uint32_t u32() {
    uint32_t value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }
  uint64_t varint() {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const uint8_t part = byte();
      value |= static_cast<uint64_t>(part & 0x7f) << shift;
      if ((part & 0x80) == 0) {
        return value;
      }
    }
    fail("a number of more than 64 bits");
  }
  uint64_t zigzag() {
    const uint64_t value = varint();
    return (value >> 1) ^ (0 - (value & 1));
  }
  [[noreturn]] void fail(const std::string& why) const { throw Damage(rule_, why); }

  size_t remaining_bytes() const noexcept { return bytes_.size() - position_; }
  Bytes rest() { return take(remaining_bytes()); }

 private:
  Bytes bytes_;
  size_t position_ = 0;
  Rule rule_;
};

// Value number `index` of `bit_width` ≤ 64 bits in `packed`, least significant bit first.
inline uint64_t unpack(Bytes packed, size_t index, unsigned bit_width) {
  uint64_t value = 0;
  for (unsigned bit = 0; bit < bit_width;) {
    const size_t place = index * bit_width + bit;
    const unsigned offset = place % 8;
    const unsigned taken = bit_width - bit < 8 - offset ? bit_width - bit : 8 - offset;
    const uint64_t part = (static_cast<uint64_t>(packed[place / 8]) >> offset) & ((1U << taken) - 1);
    value |= part << bit;
    bit += taken;
  }
  return value;
}

}  // namespace pqflow::verify
