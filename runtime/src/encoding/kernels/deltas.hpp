// Differences of neighbours for DELTA_BINARY_PACKED: one text for every instruction set. `Set` as in widen_range.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "encoding/kernels/kernels.hpp"

namespace pqflow::encoding {

// The lanes of a vector brought together by halves: their smallest, and all their bits.
template <typename Set, typename Value, size_t kSizeBytes>
struct Lanes {
  typedef Value Vector __attribute__((vector_size(kSizeBytes)));  // NOLINT(modernize-use-using): depends on a parameter.

  static Value smallest(const Vector& vector) noexcept {
    if constexpr (kSizeBytes == sizeof(Value)) {
      return vector[0];
    } else {
      const Halves halves(vector);
      return HalfLanes::smallest(halves.low < halves.high ? halves.low : halves.high);
    }
  }

  static Value all_bits(const Vector& vector) noexcept {
    if constexpr (kSizeBytes == sizeof(Value)) {
      return vector[0];
    } else {
      const Halves halves(vector);
      return HalfLanes::all_bits(halves.low | halves.high);
    }
  }

 private:
  using HalfLanes = Lanes<Set, Value, kSizeBytes / 2>;
  struct Halves {
    typename HalfLanes::Vector low;
    typename HalfLanes::Vector high;
    explicit Halves(const Vector& vector) noexcept { std::memcpy(this, &vector, sizeof(vector)); }
  };
};

template <typename Set, typename Value>
struct Differences {
  using Signed = std::make_signed_t<Value>;
  using VectorLanes = Lanes<Set, Value, Set::kVectorBytes>;
  using SignedLanes = Lanes<Set, Signed, Set::kVectorBytes>;
  using Vector = typename VectorLanes::Vector;
  using SignedVector = typename SignedLanes::Vector;
  static constexpr size_t kVectorValues = Set::kVectorBytes / sizeof(Value);
  static constexpr auto kLargest = static_cast<Signed>(static_cast<Value>(~Value{0}) >> 1);

  // Writes the differences of one vector, and returns them.
  static SignedVector subtract(Value* differences, const uint8_t* values) noexcept {
    Vector vector;
    Vector previous;
    std::memcpy(&vector, values, sizeof(vector));
    std::memcpy(&previous, values - sizeof(Value), sizeof(previous));
    vector -= previous;
    std::memcpy(differences, &vector, sizeof(vector));
    return reinterpret_cast<SignedVector>(vector);
  }

  static Signed subtract_one(Value* difference, const uint8_t* value) noexcept {
    Value pair[2];
    std::memcpy(pair, value - sizeof(Value), sizeof(pair));
    *difference = pair[1] - pair[0];
    return static_cast<Signed>(*difference);
  }
};

template <typename Set, typename Value>
Value subtract_neighbours(Value* differences, const uint8_t* values, size_t count) noexcept {
  using Kernel = Differences<Set, Value>;
  using SignedVector = typename Kernel::SignedVector;
  SignedVector mins[2] = {SignedVector{} + Kernel::kLargest, SignedVector{} + Kernel::kLargest};  // Side by side.
  size_t index = 0;
  for (; index + 2 * Kernel::kVectorValues <= count; index += 2 * Kernel::kVectorValues) {
    for (size_t chain = 0; chain < 2; ++chain) {
      const size_t start = index + chain * Kernel::kVectorValues;
      const SignedVector vector = Kernel::subtract(differences + start, values + start * sizeof(Value));
      mins[chain] = vector < mins[chain] ? vector : mins[chain];
    }
  }
  auto min = Kernel::SignedLanes::smallest(mins[0] < mins[1] ? mins[0] : mins[1]);
  for (; index < count; ++index) {
    const auto difference = Kernel::subtract_one(differences + index, values + index * sizeof(Value));
    min = difference < min ? difference : min;
  }
  return static_cast<Value>(min);
}

// Returns all bits that are set in any result. `count`: a multiple of kPackedCount.
template <typename Set, typename Value>
Value subtract_minimum(Value* differences, Value minimum, size_t count) noexcept {
  using Kernel = Differences<Set, Value>;
  typename Kernel::Vector bits{};
  for (size_t index = 0; index < count; index += Kernel::kVectorValues) {
    typename Kernel::Vector vector;
    std::memcpy(&vector, differences + index, sizeof(vector));
    vector -= minimum;
    std::memcpy(differences + index, &vector, sizeof(vector));
    bits |= vector;
  }
  return Kernel::VectorLanes::all_bits(bits);
}

template <typename Set>
unsigned bit_width_of(uint64_t bits) noexcept {
  return bits == 0 ? 0 : 64 - static_cast<unsigned>(__builtin_clzll(bits));
}

// One function for all miniblocks of a block, with `kPack` written into it: they are short, and calls would take as long as they do.
template <typename Set, typename Value, Pack<Value> kPack>
size_t write_miniblocks(uint8_t* target, uint8_t* widths, Value* differences, Value minimum, const Miniblocks& miniblocks) noexcept {
  uint8_t* end = target;
  for (size_t miniblock = 0; miniblock < miniblocks.count; ++miniblock) {
    Value* const values = differences + miniblock * miniblocks.value_count;
    const unsigned bits = bit_width_of<Set>(subtract_minimum<Set>(values, minimum, miniblocks.value_count));
    const unsigned bit_width = (bits + miniblocks.width_step_bits - 1) & ~(miniblocks.width_step_bits - 1);
    widths[miniblock] = static_cast<uint8_t>(bit_width);
    end += kPack(end, values, miniblocks.value_count, bit_width);
  }
  return static_cast<size_t>(end - target);
}

}  // namespace pqflow::encoding
