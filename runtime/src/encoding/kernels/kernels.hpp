// The encoders' inner loops, built once per instruction set. What the CPU has is asked once; everything else calls through the table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>

namespace pqflow::encoding {

// Widens the range from `min` to `max` so that it holds all `count` values, any alignment. NaNs are passed over; of equal zeros it is open
// which one is kept.
template <typename T>
using WidenRange = void (*)(const uint8_t* values, size_t count, T& min, T& max) noexcept;

// All kernels are pure, never allocate or fail, and give the same result in every table.
struct Kernels {
  const char* instruction_set;
  std::tuple<WidenRange<uint8_t>, WidenRange<int32_t>, WidenRange<uint32_t>, WidenRange<int64_t>, WidenRange<uint64_t>, WidenRange<float>,
             WidenRange<double>>
      widen_range;
  // Continues `crc`, that of gzip, over further bytes.
  uint32_t (*crc32)(uint32_t crc, const uint8_t* bytes, size_t size_bytes) noexcept;
};

// The fastest table that this CPU can run. Any thread.
const Kernels& kernels() noexcept;

// Every table that this CPU can run, the baseline first: tests compare them.
std::span<const Kernels* const> supported_kernels() noexcept;

}  // namespace pqflow::encoding
