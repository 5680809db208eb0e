#include "encoding/delta_binary_packed.hpp"

#include <algorithm>
#include <bit>
#include <type_traits>

#include "encoding/bytes.hpp"
#include "encoding/kernels/pack.hpp"
#include "encoding/varint.hpp"

namespace pqflow::encoding {
namespace {

template <Packing packing>
struct Shape;

template <>
struct Shape<Packing::kTight> {
  static constexpr size_t kBlockValues = 128;
  static constexpr size_t kMiniblockCount = 4;
  static constexpr unsigned kWidthStepBits = 1;
};

template <>
struct Shape<Packing::kAligned> {
  static constexpr size_t kBlockValues = 2048;
  static constexpr size_t kMiniblockCount = 8;
  static constexpr unsigned kWidthStepBits = 8;
};

template <Packing packing>
constexpr size_t kMiniblockValues = Shape<packing>::kBlockValues / Shape<packing>::kMiniblockCount;

// Value is the unsigned type of the physical type's width: differences wrap around in it.
template <typename Value, Packing packing>
struct Block {
  Value deltas[Shape<packing>::kBlockValues];
  size_t count;
  Value min_delta;
};

template <typename Value>
int64_t as_signed(Value value) noexcept {
  return static_cast<std::make_signed_t<Value>>(value);
}

template <typename Value, Packing packing>
void subtract_neighbours(Block<Value, packing>& block, const uint8_t* values, Value previous) noexcept {
  block.deltas[0] = load<Value>(values) - previous;
  for (size_t index = 1; index < block.count; ++index) {
    block.deltas[index] = load<Value>(values + index * sizeof(Value)) - load<Value>(values + (index - 1) * sizeof(Value));
  }
}

template <typename Value, Packing packing>
Value smallest(const Block<Value, packing>& block) noexcept {
  using Signed = std::make_signed_t<Value>;
  Signed smallest_delta = static_cast<Signed>(block.deltas[0]);
  for (size_t index = 1; index < block.count; ++index) {
    smallest_delta = std::min(smallest_delta, static_cast<Signed>(block.deltas[index]));
  }
  return static_cast<Value>(smallest_delta);
}

// What is missing to a whole miniblock becomes zero bits.
template <typename Value, Packing packing>
void subtract_minimum(Block<Value, packing>& block) noexcept {
  for (size_t index = 0; index < block.count; ++index) {
    block.deltas[index] -= block.min_delta;
  }
  constexpr size_t kCount = kMiniblockValues<packing>;
  const size_t padded_count = (block.count + kCount - 1) / kCount * kCount;
  std::fill(block.deltas + block.count, block.deltas + padded_count, Value{0});
}

template <Packing packing, typename Value>
unsigned bit_width_of(const Value* deltas) noexcept {
  Value all_bits = 0;
  for (size_t index = 0; index < kMiniblockValues<packing>; ++index) {
    all_bits |= deltas[index];
  }
  constexpr unsigned kStep = Shape<packing>::kWidthStepBits;
  return (static_cast<unsigned>(std::bit_width(all_bits)) + kStep - 1) / kStep * kStep;
}

template <Packing packing, typename Value>
size_t write_miniblock(uint8_t* target, const Value* deltas, unsigned bit_width) noexcept {
  static_assert(kMiniblockValues<packing> % kPackedCount == 0);
  size_t size_bytes = 0;
  for (size_t index = 0; index < kMiniblockValues<packing>; index += kPackedCount) {
    size_bytes += pack_32(target + size_bytes, deltas + index, bit_width);
  }
  return size_bytes;
}

// Minimum, one width byte per miniblock, the miniblocks that hold values. Those that hold none have width 0 and no body.
template <typename Value, Packing packing>
size_t write_block(uint8_t* target, const Block<Value, packing>& block) noexcept {
  uint8_t* const widths = target + encode_varint(target, zigzag(as_signed(block.min_delta)));
  uint8_t* body = widths + Shape<packing>::kMiniblockCount;
  std::fill(widths, body, uint8_t{0});
  for (size_t start = 0, miniblock = 0; start < block.count; start += kMiniblockValues<packing>, ++miniblock) {
    const unsigned bit_width = bit_width_of<packing>(block.deltas + start);
    widths[miniblock] = static_cast<uint8_t>(bit_width);
    body += write_miniblock<packing>(body, block.deltas + start, bit_width);
  }
  return static_cast<size_t>(body - target);
}

template <typename Value, Packing packing>
size_t write_header(uint8_t* target, size_t count, Value first) noexcept {
  size_t size_bytes = encode_varint(target, Shape<packing>::kBlockValues);
  size_bytes += encode_varint(target + size_bytes, Shape<packing>::kMiniblockCount);
  size_bytes += encode_varint(target + size_bytes, count);
  return size_bytes + encode_varint(target + size_bytes, zigzag(as_signed(first)));
}

template <typename Value, Packing packing>
size_t encode_packed(uint8_t* target, const uint8_t* values, size_t count) noexcept {
  Value previous = count == 0 ? Value{0} : load<Value>(values);
  size_t size_bytes = write_header<Value, packing>(target, count, previous);
  Block<Value, packing> block;
  for (size_t start = 1; start < count; start += block.count) {
    block.count = std::min(Shape<packing>::kBlockValues, count - start);
    subtract_neighbours(block, values + start * sizeof(Value), previous);
    previous = load<Value>(values + (start + block.count - 1) * sizeof(Value));
    block.min_delta = smallest(block);
    subtract_minimum(block);
    size_bytes += write_block(target + size_bytes, block);
  }
  return size_bytes;
}

template <typename Value>
size_t encode(uint8_t* target, const uint8_t* values, size_t count, Packing packing) noexcept {
  return packing == Packing::kAligned ? encode_packed<Value, Packing::kAligned>(target, values, count)
                                      : encode_packed<Value, Packing::kTight>(target, values, count);
}

}  // namespace

size_t encode_delta_int32(uint8_t* target, const uint8_t* values, size_t count, Packing packing) noexcept {
  return encode<uint32_t>(target, values, count, packing);
}
size_t encode_delta_int64(uint8_t* target, const uint8_t* values, size_t count, Packing packing) noexcept {
  return encode<uint64_t>(target, values, count, packing);
}

}  // namespace pqflow::encoding
