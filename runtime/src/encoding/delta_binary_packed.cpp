#include "encoding/delta_binary_packed.hpp"

#include <algorithm>
#include <type_traits>

#include "encoding/bytes.hpp"
#include "encoding/kernels/kernels.hpp"
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
  alignas(64) Value deltas[Shape<packing>::kBlockValues];  // Whole vectors within cache lines.
  size_t count;
  Value min_delta;
};

// The kernels of one type.
template <typename Value>
struct DeltaKernels {
  SubtractNeighbours<Value> subtract_neighbours = std::get<SubtractNeighbours<Value>>(kernels().subtract_neighbours);
  WriteMiniblocks<Value> write_miniblocks = std::get<WriteMiniblocks<Value>>(kernels().write_miniblocks);
};

template <typename Value>
int64_t as_signed(Value value) noexcept {
  return static_cast<std::make_signed_t<Value>>(value);
}

// What is missing to a whole miniblock becomes zero bits, once the minimum is subtracted. Returns the miniblocks that hold values.
template <typename Value, Packing packing>
size_t fill_last_miniblock(Block<Value, packing>& block) noexcept {
  constexpr size_t kCount = kMiniblockValues<packing>;
  const size_t miniblock_count = (block.count + kCount - 1) / kCount;
  std::fill(block.deltas + block.count, block.deltas + miniblock_count * kCount, block.min_delta);
  return miniblock_count;
}

// Minimum, one width byte per miniblock, the miniblocks that hold values. Those that hold none have width 0 and no body.
template <typename Value, Packing packing>
size_t write_block(uint8_t* target, Block<Value, packing>& block, const DeltaKernels<Value>& kernels) noexcept {
  constexpr size_t kCount = kMiniblockValues<packing>;
  static_assert(kCount % kPackedCount == 0);
  const Miniblocks miniblocks = {fill_last_miniblock(block), kCount, Shape<packing>::kWidthStepBits};
  uint8_t* const widths = target + encode_varint(target, zigzag(as_signed(block.min_delta)));
  uint8_t* const body = widths + Shape<packing>::kMiniblockCount;
  std::fill(widths, body, uint8_t{0});
  const size_t body_bytes = kernels.write_miniblocks(body, widths, block.deltas, block.min_delta, miniblocks);
  return static_cast<size_t>(body - target) + body_bytes;
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
  const DeltaKernels<Value> kernels;
  size_t size_bytes = write_header<Value, packing>(target, count, count == 0 ? Value{0} : load<Value>(values));
  Block<Value, packing> block;
  for (size_t start = 1; start < count; start += block.count) {
    block.count = std::min(Shape<packing>::kBlockValues, count - start);
    block.min_delta = kernels.subtract_neighbours(block.deltas, values + start * sizeof(Value), block.count);
    size_bytes += write_block(target + size_bytes, block, kernels);
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
