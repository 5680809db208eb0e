#include "encoding/delta_binary_packed.hpp"

#include <algorithm>
#include <bit>
#include <type_traits>

#include "encoding/bytes.hpp"
#include "encoding/kernels/pack.hpp"
#include "encoding/varint.hpp"

namespace pqflow::encoding {
namespace {

constexpr size_t kMiniblockValues = kDeltaBlockCount / kDeltaMiniblockCount;
static_assert(kMiniblockValues == kPackedCount);

// Value is the unsigned type of the physical type's width: differences wrap around in it.
template <typename Value>
struct Block {
  Value deltas[kDeltaBlockCount];
  size_t count;
  Value min_delta;
};

template <typename Value>
int64_t as_signed(Value value) noexcept {
  return static_cast<std::make_signed_t<Value>>(value);
}

template <typename Value>
void subtract_neighbours(Block<Value>& block, const uint8_t* values, Value previous) noexcept {
  block.deltas[0] = load<Value>(values) - previous;
  for (size_t index = 1; index < block.count; ++index) {
    block.deltas[index] = load<Value>(values + index * sizeof(Value)) - load<Value>(values + (index - 1) * sizeof(Value));
  }
}

template <typename Value>
Value smallest(const Block<Value>& block) noexcept {
  using Signed = std::make_signed_t<Value>;
  Signed smallest_delta = static_cast<Signed>(block.deltas[0]);
  for (size_t index = 1; index < block.count; ++index) {
    smallest_delta = std::min(smallest_delta, static_cast<Signed>(block.deltas[index]));
  }
  return static_cast<Value>(smallest_delta);
}

// What is missing to a whole miniblock becomes zero bits.
template <typename Value>
void subtract_minimum(Block<Value>& block) noexcept {
  for (size_t index = 0; index < block.count; ++index) {
    block.deltas[index] -= block.min_delta;
  }
  const size_t padded_count = (block.count + kMiniblockValues - 1) / kMiniblockValues * kMiniblockValues;
  std::fill(block.deltas + block.count, block.deltas + padded_count, Value{0});
}

template <typename Value>
unsigned bit_width_of(const Value* deltas) noexcept {
  Value all_bits = 0;
  for (size_t index = 0; index < kMiniblockValues; ++index) {
    all_bits |= deltas[index];
  }
  return static_cast<unsigned>(std::bit_width(all_bits));
}

// Minimum, one width byte per miniblock, the miniblocks that hold values. Those that hold none have width 0 and no body.
template <typename Value>
size_t write_block(uint8_t* target, const Block<Value>& block) noexcept {
  uint8_t* const widths = target + encode_varint(target, zigzag(as_signed(block.min_delta)));
  uint8_t* body = widths + kDeltaMiniblockCount;
  std::fill(widths, body, uint8_t{0});
  for (size_t start = 0, miniblock = 0; start < block.count; start += kMiniblockValues, ++miniblock) {
    const unsigned bit_width = bit_width_of(block.deltas + start);
    widths[miniblock] = static_cast<uint8_t>(bit_width);
    body += pack_32(body, block.deltas + start, bit_width);
  }
  return static_cast<size_t>(body - target);
}

template <typename Value>
size_t write_header(uint8_t* target, size_t count, Value first) noexcept {
  size_t size_bytes = encode_varint(target, kDeltaBlockCount);
  size_bytes += encode_varint(target + size_bytes, kDeltaMiniblockCount);
  size_bytes += encode_varint(target + size_bytes, count);
  return size_bytes + encode_varint(target + size_bytes, zigzag(as_signed(first)));
}

template <typename Value>
size_t encode(uint8_t* target, const uint8_t* values, size_t count) noexcept {
  Value previous = count == 0 ? Value{0} : load<Value>(values);
  size_t size_bytes = write_header(target, count, previous);
  Block<Value> block;
  for (size_t start = 1; start < count; start += block.count) {
    block.count = std::min(kDeltaBlockCount, count - start);
    subtract_neighbours(block, values + start * sizeof(Value), previous);
    previous = load<Value>(values + (start + block.count - 1) * sizeof(Value));
    block.min_delta = smallest(block);
    subtract_minimum(block);
    size_bytes += write_block(target + size_bytes, block);
  }
  return size_bytes;
}

}  // namespace

size_t encode_delta_int32(uint8_t* target, const uint8_t* values, size_t count) noexcept { return encode<uint32_t>(target, values, count); }
size_t encode_delta_int64(uint8_t* target, const uint8_t* values, size_t count) noexcept { return encode<uint64_t>(target, values, count); }

}  // namespace pqflow::encoding
