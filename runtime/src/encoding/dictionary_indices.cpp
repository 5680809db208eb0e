#include "encoding/dictionary_indices.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "encoding/bytes.hpp"
#include "encoding/kernels/kernels.hpp"
#include "encoding/varint.hpp"

namespace pqflow::encoding {
namespace {

size_t run_count(const uint32_t* indices, size_t count) noexcept {
  size_t index = 1;
  while (index < count && indices[index] == indices[0]) {
    ++index;
  }
  return index;
}

// Indices from the start, whole groups or everything, before the next RLE run: 8 equal indices, or a rest that is all equal.
size_t packed_count(const uint32_t* indices, size_t count) noexcept {
  const size_t index = kernels().count_before_equal_group(indices, count);
  if (index + kGroupCount > count && run_count(indices + index, count - index) != count - index) {
    return count;
  }
  return index;
}

size_t encode_rle_run(uint8_t* target, uint32_t value, size_t count, unsigned bit_width) noexcept {
  const size_t header_bytes = encode_varint(target, uint64_t{count} << 1);
  store(target + header_bytes, value);
  return header_bytes + (bit_width + 7) / 8;
}

size_t encode_last_groups(uint8_t* target, const uint32_t* indices, size_t count, unsigned bit_width) noexcept {
  uint32_t values[kPackedCount] = {};
  uint8_t packed[kPackedCount * sizeof(uint32_t)];
  std::memcpy(values, indices, count * sizeof(uint32_t));
  std::get<Pack<uint32_t>>(kernels().pack)(packed, values, kPackedCount, bit_width);
  const size_t size_bytes = (count + kGroupCount - 1) / kGroupCount * bit_width;
  std::memcpy(target, packed, size_bytes);
  return size_bytes;
}

size_t encode_packed_run(uint8_t* target, const uint32_t* indices, size_t count, unsigned bit_width) noexcept {
  const size_t group_count = (count + kGroupCount - 1) / kGroupCount;
  size_t size_bytes = encode_varint(target, uint64_t{group_count} << 1 | 1);
  const size_t whole_count = count / kPackedCount * kPackedCount;
  size_bytes += std::get<Pack<uint32_t>>(kernels().pack)(target + size_bytes, indices, whole_count, bit_width);
  return size_bytes + encode_last_groups(target + size_bytes, indices + whole_count, count - whole_count, bit_width);
}

}  // namespace

unsigned dictionary_index_bits(size_t entry_count, Packing packing) noexcept {
  const unsigned bits = std::max(1U, static_cast<unsigned>(std::bit_width(entry_count - 1)));
  return packing == Packing::kAligned ? (bits + 7) / 8 * 8 : bits;
}

size_t encode_dictionary_indices(uint8_t* target, const uint32_t* indices, size_t count, unsigned bit_width) noexcept {
  target[0] = static_cast<uint8_t>(bit_width);
  size_t size_bytes = 1;
  for (size_t index = 0; index < count;) {
    const size_t packed = packed_count(indices + index, count - index);
    if (packed != 0) {
      size_bytes += encode_packed_run(target + size_bytes, indices + index, packed, bit_width);
      index += packed;
      continue;
    }
    const size_t equal_count = run_count(indices + index, count - index);
    size_bytes += encode_rle_run(target + size_bytes, indices[index], equal_count, bit_width);
    index += equal_count;
  }
  return size_bytes;
}

}  // namespace pqflow::encoding
