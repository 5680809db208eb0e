// Smallest and largest of many values: one text for every instruction set, which says how wide its vectors are.
//
// What is compiled here for a newer instruction set must not become what the linker keeps for everybody. `Set` is a type local to the file
// of its table, so every function made of it is local too; only such functions are called from here, no inline function of another header.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace pqflow::encoding {

template <typename Set, typename T>
class LaneRanges {
 public:
  // NOLINTNEXTLINE(modernize-use-using): gcc takes an attribute that depends on a parameter here alone.
  typedef T Vector __attribute__((vector_size(Set::kVectorBytes)));
  static constexpr size_t kVectorValues = Set::kVectorBytes / sizeof(T);
  static constexpr size_t kChainCount = 4;  // Side by side: within a chain, a comparison waits for the one before.

  LaneRanges(T min, T max) noexcept {
    for (size_t chain = 0; chain < kChainCount; ++chain) {
      mins_[chain] = Vector{} + min;
      maxs_[chain] = Vector{} + max;
    }
  }

  // A NaN compares false and so never gets in.
  void take(size_t chain, const uint8_t* values) noexcept {
    Vector taken;
    std::memcpy(&taken, values, sizeof(taken));
    mins_[chain] = taken < mins_[chain] ? taken : mins_[chain];
    maxs_[chain] = taken > maxs_[chain] ? taken : maxs_[chain];
  }

  void widen(T& min, T& max) const noexcept {
    for (size_t chain = 0; chain < kChainCount; ++chain) {
      for (size_t lane = 0; lane < kVectorValues; ++lane) {
        min = mins_[chain][lane] < min ? mins_[chain][lane] : min;
        max = maxs_[chain][lane] > max ? maxs_[chain][lane] : max;
      }
    }
  }

 private:
  Vector mins_[kChainCount];
  Vector maxs_[kChainCount];
};

// Needs `count` of at least one vector. The last vector may take values a second time, which changes nothing.
template <typename Set, typename T>
void widen_by_vectors(const uint8_t* values, size_t count, T& min, T& max) noexcept {
  using Ranges = LaneRanges<Set, T>;
  Ranges ranges(min, max);
  size_t index = 0;
  for (; index + Ranges::kChainCount * Ranges::kVectorValues <= count; index += Ranges::kChainCount * Ranges::kVectorValues) {
    for (size_t chain = 0; chain < Ranges::kChainCount; ++chain) {
      ranges.take(chain, values + index * sizeof(T) + chain * Set::kVectorBytes);
    }
  }
  for (; index + Ranges::kVectorValues <= count; index += Ranges::kVectorValues) {
    ranges.take(0, values + index * sizeof(T));
  }
  ranges.take(1, values + (count - Ranges::kVectorValues) * sizeof(T));
  ranges.widen(min, max);
}

template <typename Set, typename T>
void widen_range(const uint8_t* values, size_t count, T& min, T& max) noexcept {
  if (count >= LaneRanges<Set, T>::kVectorValues) {
    widen_by_vectors<Set, T>(values, count, min, max);
    return;
  }
  for (size_t index = 0; index < count; ++index) {
    T value;
    std::memcpy(&value, values + index * sizeof(T), sizeof(T));
    min = value < min ? value : min;
    max = value > max ? value : max;
  }
}

}  // namespace pqflow::encoding
