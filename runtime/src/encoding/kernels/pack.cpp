#include "encoding/kernels/pack.hpp"

#include <array>
#include <utility>

#include "encoding/bytes.hpp"

namespace pqflow::encoding {
namespace {

// The state of one kernel: every shift and branch below depends on the width and the position alone, so all of it is folded away.
struct BitBuffer {
  uint64_t bits = 0;
  unsigned filled_bits = 0;
};

template <unsigned kBitWidth>
[[gnu::always_inline]] inline void append_bits(BitBuffer& buffer, uint8_t*& target, uint64_t value) noexcept {
  buffer.bits |= value << buffer.filled_bits;
  buffer.filled_bits += kBitWidth;
  if (buffer.filled_bits >= 64) {
    store(target, buffer.bits);
    target += sizeof(uint64_t);
    buffer.filled_bits -= 64;
    buffer.bits = buffer.filled_bits == 0 ? 0 : value >> (kBitWidth - buffer.filled_bits);
  }
}

template <unsigned kBitWidth, typename Value, size_t... kIndices>
[[gnu::always_inline]] inline void append_all(uint8_t* target, const Value* values, std::index_sequence<kIndices...>) noexcept {
  BitBuffer buffer;
  (append_bits<kBitWidth>(buffer, target, values[kIndices]), ...);
  if (buffer.filled_bits != 0) {
    store(target, static_cast<uint32_t>(buffer.bits));  // 32 values of an odd width end in half a word.
  }
}

template <unsigned kBitWidth, typename Value>
void pack_width(uint8_t* target, const Value* values) noexcept {
  if constexpr (kBitWidth != 0) {
    append_all<kBitWidth>(target, values, std::make_index_sequence<kPackedCount>());
  }
}

template <typename Value>
using Kernel = void (*)(uint8_t*, const Value*) noexcept;

template <typename Value, size_t... kWidths>
constexpr std::array<Kernel<Value>, sizeof...(kWidths)> make_kernels(std::index_sequence<kWidths...>) noexcept {
  return {pack_width<kWidths, Value>...};
}

template <typename Value>
constexpr auto kKernels = make_kernels<Value>(std::make_index_sequence<sizeof(Value) * 8 + 1>());

template <typename Value>
size_t pack(uint8_t* target, const Value* values, unsigned bit_width) noexcept {
  kKernels<Value>[bit_width](target, values);
  return size_t{bit_width} * kPackedCount / 8;
}

}  // namespace

size_t pack_32(uint8_t* target, const uint32_t* values, unsigned bit_width) noexcept { return pack(target, values, bit_width); }
size_t pack_32(uint8_t* target, const uint64_t* values, unsigned bit_width) noexcept { return pack(target, values, bit_width); }

}  // namespace pqflow::encoding
