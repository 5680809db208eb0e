#include "columns/half_range.hpp"

#include <algorithm>

#include "encoding/bytes.hpp"

namespace pqflow::columns {
namespace {

constexpr uint16_t kSignBit = 0x8000;
constexpr uint16_t kInfinityBits = 0x7c00;
constexpr int32_t kNone = kInfinityBits + 1;  // Beyond every number.

// The bits without the sign, negated where it is set: orders like the numbers, and the two zeros are equal.
int32_t key_of(uint16_t bits) noexcept {
  const int32_t magnitude = bits & ~kSignBit;
  return (bits & kSignBit) != 0 ? -magnitude : magnitude;
}

int32_t key_of(std::span<const uint8_t> value) noexcept { return key_of(encoding::load<uint16_t>(value.data())); }

uint16_t bits_of(int32_t key) noexcept { return static_cast<uint16_t>(key < 0 ? -key | kSignBit : key); }

class HalfRange final : public RangeTracker {
 public:
  void update(const uint8_t* values, size_t count) override {
    for (size_t index = 0; index < count; ++index) {
      const int32_t key = key_of(encoding::load<uint16_t>(values + index * sizeof(uint16_t)));
      const bool is_number = key <= kInfinityBits && key >= -kInfinityBits;
      min_ = std::min(min_, is_number ? key : kNone);
      max_ = std::max(max_, is_number ? key : -kNone);
    }
    set_bits();
  }
  void reset() noexcept override { *this = HalfRange(); }
  bool has_range() const noexcept override { return min_ <= max_; }
  ValueRange range() const noexcept override { return {bytes_of(min_bits_), bytes_of(max_bits_)}; }
  void include(const ValueRange& other) override {
    min_ = std::min(min_, key_of(other.min));
    max_ = std::max(max_, key_of(other.max));
    set_bits();
  }
  int compare(std::span<const uint8_t> left, std::span<const uint8_t> right) const noexcept override {
    return key_of(left) - key_of(right);
  }

 private:
  void set_bits() noexcept {
    min_bits_ = min_ == 0 ? kSignBit : bits_of(min_);
    max_bits_ = bits_of(max_);
  }
  static std::span<const uint8_t> bytes_of(const uint16_t& bits) noexcept { return {reinterpret_cast<const uint8_t*>(&bits), sizeof bits}; }

  int32_t min_ = kNone;
  int32_t max_ = -kNone;
  uint16_t min_bits_ = 0;
  uint16_t max_bits_ = 0;
};

}  // namespace

std::unique_ptr<RangeTracker> make_half_range_tracker() { return std::make_unique<HalfRange>(); }

}  // namespace pqflow::columns
