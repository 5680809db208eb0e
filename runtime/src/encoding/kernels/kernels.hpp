// The encoders' inner loops, built once per instruction set. What the CPU has is asked once; everything else calls through the table.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>

namespace pqflow::encoding {

// Widens the range from `min` to `max` so that it holds all `count` values, any alignment. NaNs are passed over; of equal zeros it is open
// which one is kept.
template <typename T>
using WidenRange = void (*)(const uint8_t* values, size_t count, T& min, T& max) noexcept;

constexpr size_t kPackedCount = 32;

// Bit packing, least significant bit first (parquet-format Encodings.md, "Delta Encoding", and the bit-packed runs of "RLE / Bit-Packing
// Hybrid"). `count`: a multiple of kPackedCount; every value is below 2^bit_width, bit_width ≤ the bits of Value. Writes count × bit_width
// bits, no byte beyond, and returns the bytes.
template <typename Value>
using Pack = size_t (*)(uint8_t* target, const Value* values, size_t count, unsigned bit_width) noexcept;

// For DELTA_BINARY_PACKED: the differences of `count` values, each from the one before it, which stands before `values` too; differences
// wrap around. Returns the smallest, as signed numbers, `count` ≥ 1.
template <typename Value>
using SubtractNeighbours = Value (*)(Value* differences, const uint8_t* values, size_t count) noexcept;

constexpr size_t kGroupCount = 8;  // Of a bit-packed run: Encodings.md, "RLE / Bit-Packing Hybrid".

struct Miniblocks {
  size_t count;
  size_t value_count;        // Of each: a multiple of kPackedCount.
  unsigned width_step_bits;  // Widths are multiples of it; a power of two.
};

// Subtracts `minimum` from every difference and packs each miniblock with as few bits as it needs. Writes the miniblocks to `target` and a
// byte for each to `widths`; returns the bytes of the miniblocks. `differences` are undefined afterwards.
template <typename Value>
using WriteMiniblocks = size_t (*)(uint8_t* target, uint8_t* widths, Value* differences, Value minimum,
                                   const Miniblocks& miniblocks) noexcept;

// Indices of the values 0 … 31.
constexpr size_t kTinyTableSize = 32;
constexpr uint32_t kNotInTinyTable = 0xffffffff;
using TinyTable = std::array<uint32_t, kTinyTableSize>;

// All kernels are pure, never allocate or fail, and give the same result in every table.
struct Kernels {
  const char* instruction_set;
  std::tuple<WidenRange<uint8_t>, WidenRange<int32_t>, WidenRange<uint32_t>, WidenRange<int64_t>, WidenRange<uint64_t>, WidenRange<float>,
             WidenRange<double>>
      widen_range;
  std::tuple<Pack<uint32_t>, Pack<uint64_t>> pack;
  std::tuple<SubtractNeighbours<uint32_t>, SubtractNeighbours<uint64_t>> subtract_neighbours;
  std::tuple<WriteMiniblocks<uint32_t>, WriteMiniblocks<uint64_t>> write_miniblocks;
  // How many of `count` indices, in whole groups of kGroupCount, stand before the first group whose indices are all equal.
  size_t (*count_before_equal_group)(const uint32_t* indices, size_t count) noexcept;
  // Continues `crc`, that of gzip, over further bytes.
  uint32_t (*crc32)(uint32_t crc, const uint8_t* bytes, size_t size_bytes) noexcept;
  // Indices of `count` 32-bit values, any alignment, up to the first that is not in the table; returns how many.
  size_t (*look_up_tiny)(const uint8_t* values, size_t count, const TinyTable& table, uint32_t* indices) noexcept;
};

// The fastest table that this CPU can run. Any thread.
const Kernels& kernels() noexcept;

// Every table that this CPU can run, the baseline first: tests compare them.
std::span<const Kernels* const> supported_kernels() noexcept;

}  // namespace pqflow::encoding
