#include "encoding/hybrid.hpp"

#include <algorithm>
#include <cstring>

#include "encoding/bit_pack.hpp"
#include "encoding/bytes.hpp"
#include "encoding/kernels/kernels.hpp"
#include "encoding/varint.hpp"

namespace pqflow::encoding {
namespace {

// How many values at the start equal the first one.
size_t run_count(const uint8_t* values, size_t count) noexcept {
  const uint64_t pattern = values[0] * uint64_t{0x0101010101010101};
  size_t index = 0;
  while (index + kGroupCount <= count && load<uint64_t>(values + index) == pattern) {
    index += kGroupCount;
  }
  while (index < count && values[index] == values[0]) {
    ++index;
  }
  return index;
}

// An RLE run pays from 8 values on, and for a rest that is all equal.
bool is_rle_run(size_t equal_count, size_t remaining_count) noexcept {
  return equal_count >= kGroupCount || equal_count == remaining_count;
}

// Values from the start, whole groups or everything, before the next RLE run.
size_t packed_count(const uint8_t* values, size_t count) noexcept {
  size_t index = 0;
  while (index < count && !is_rle_run(run_count(values + index, count - index), count - index)) {
    index += std::min(kGroupCount, count - index);
  }
  return index;
}

size_t encode_rle_run(uint8_t* target, uint8_t value, size_t count) noexcept {
  const size_t header_bytes = encode_varint(target, static_cast<uint64_t>(count) << 1);
  target[header_bytes] = value;
  return header_bytes + 1;
}

size_t encode_packed_run(uint8_t* target, const uint8_t* values, size_t count, unsigned bit_width) noexcept {
  const size_t group_count = (count + kGroupCount - 1) / kGroupCount;
  size_t size_bytes = encode_varint(target, static_cast<uint64_t>(group_count) << 1 | 1);
  const size_t whole_count = count / kGroupCount;
  for (size_t group = 0; group < whole_count; ++group) {
    pack_group(target + size_bytes, values + group * kGroupCount, bit_width);
    size_bytes += bit_width;
  }
  if (whole_count != group_count) {
    uint8_t last_values[kGroupCount] = {};
    std::memcpy(last_values, values + whole_count * kGroupCount, count - whole_count * kGroupCount);
    pack_group(target + size_bytes, last_values, bit_width);
    size_bytes += bit_width;
  }
  return size_bytes;
}

}  // namespace

size_t encode_hybrid(uint8_t* target, const uint8_t* values, size_t count, unsigned bit_width) noexcept {
  size_t size_bytes = 0;
  size_t index = 0;
  while (index < count) {
    const size_t equal_count = run_count(values + index, count - index);
    if (is_rle_run(equal_count, count - index)) {
      size_bytes += encode_rle_run(target + size_bytes, values[index], equal_count);
      index += equal_count;
    } else {
      const size_t packed = packed_count(values + index, count - index);
      size_bytes += encode_packed_run(target + size_bytes, values + index, packed, bit_width);
      index += packed;
    }
  }
  return size_bytes;
}

size_t encode_levels_v1(uint8_t* target, const uint8_t* levels, size_t count, unsigned bit_width) noexcept {
  const size_t size_bytes = encode_hybrid(target + kLevelsPrefixBytes, levels, count, bit_width);
  store(target, static_cast<uint32_t>(size_bytes));
  return kLevelsPrefixBytes + size_bytes;
}

}  // namespace pqflow::encoding
