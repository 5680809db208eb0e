// Bit packing word by word, one unrolled kernel per width. `Set` as in widen_range.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "encoding/kernels/kernels.hpp"

namespace pqflow::encoding {

// The state of one kernel: every shift and branch below depends on the width and the position alone, so all of it is folded away.
template <typename Set>
struct BitBuffer {
  uint64_t bits = 0;
  unsigned filled_bits = 0;
};

template <typename Set, unsigned kBitWidth>
[[gnu::always_inline]] inline void append_bits(BitBuffer<Set>& buffer, uint8_t*& target, uint64_t value) noexcept {
  buffer.bits |= value << buffer.filled_bits;
  buffer.filled_bits += kBitWidth;
  if (buffer.filled_bits >= 64) {
    std::memcpy(target, &buffer.bits, sizeof(uint64_t));
    target += sizeof(uint64_t);
    buffer.filled_bits -= 64;
    buffer.bits = buffer.filled_bits == 0 ? 0 : value >> (kBitWidth - buffer.filled_bits);
  }
}

template <typename Set, unsigned kBitWidth, typename Value, size_t... kIndices>
[[gnu::always_inline]] inline void append_all(uint8_t* target, const Value* values, std::index_sequence<kIndices...>) noexcept {
  BitBuffer<Set> buffer;
  (append_bits<Set, kBitWidth>(buffer, target, values[kIndices]), ...);
  if (buffer.filled_bits != 0) {
    const auto last = static_cast<uint32_t>(buffer.bits);  // 32 values of an odd width end in half a word.
    std::memcpy(target, &last, sizeof(last));
  }
}

template <typename Set, unsigned kBitWidth, typename Value>
void pack_width(uint8_t* target, const Value* values) noexcept {
  if constexpr (kBitWidth != 0) {
    append_all<Set, kBitWidth>(target, values, std::make_index_sequence<kPackedCount>());
  }
}

template <typename Set, typename Value, typename Widths>
struct PackWidths;

template <typename Set, typename Value, unsigned... kWidths>
struct PackWidths<Set, Value, std::integer_sequence<unsigned, kWidths...>> {
  using Kernel = void (*)(uint8_t*, const Value*) noexcept;
  static constexpr Kernel kKernels[] = {pack_width<Set, kWidths, Value>...};
};

template <typename Set, typename Value>
size_t pack_by_words(uint8_t* target, const Value* values, size_t count, unsigned bit_width) noexcept {
  using Widths = PackWidths<Set, Value, std::make_integer_sequence<unsigned, sizeof(Value) * 8 + 1>>;
  const auto kernel = Widths::kKernels[bit_width];
  const size_t step_bytes = kPackedCount / 8 * bit_width;
  for (size_t index = 0; index < count; index += kPackedCount) {
    kernel(target + index / kPackedCount * step_bytes, values + index);
  }
  return count / kPackedCount * step_bytes;
}

}  // namespace pqflow::encoding
