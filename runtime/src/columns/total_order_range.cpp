#include "columns/total_order_range.hpp"

#include <algorithm>
#include <limits>
#include <type_traits>

#include "encoding/bytes.hpp"

namespace pqflow::columns {
namespace {

// `kInfinityBits`: of +∞; magnitudes above it are NaNs.
template <typename Word, Word kInfinityBits, Word kQuietNanBits>
class TotalOrderRange final : public RangeTracker {
  using Key = std::make_signed_t<Word>;

 public:
  void update(const uint8_t* values, size_t count) override {
    for (size_t index = 0; index < count; ++index) {
      take(encoding::load<Word>(values + index * sizeof(Word)));
    }
    set_bits();
  }
  void reset() noexcept override { *this = TotalOrderRange(); }
  bool has_range() const noexcept override { return has_number() || has_nan_; }
  ValueRange range() const noexcept override { return {bytes_of(min_bits_), bytes_of(max_bits_)}; }
  void include(const ValueRange& other) override {
    take(encoding::load<Word>(other.min.data()));
    take(encoding::load<Word>(other.max.data()));
    set_bits();
  }
  int compare(std::span<const uint8_t> left, std::span<const uint8_t> right) const noexcept override {
    const Key left_key = key_of(encoding::load<Word>(left.data()));
    const Key right_key = key_of(encoding::load<Word>(right.data()));
    return left_key < right_key ? -1 : left_key > right_key ? 1 : 0;
  }

 private:
  // IEEE 754-2008, 5.10, as signed integers: the magnitude of negative values is turned round. Its own inverse.
  static Key key_of(Word bits) noexcept {
    const auto all_if_negative = static_cast<Word>(static_cast<Key>(bits) >> (sizeof(Word) * 8 - 1));
    return static_cast<Key>(bits ^ static_cast<Word>(all_if_negative >> 1));
  }
  static Word bits_of(Key key) noexcept { return static_cast<Word>(key_of(static_cast<Word>(key))); }
  static std::span<const uint8_t> bytes_of(const Word& bits) noexcept { return {reinterpret_cast<const uint8_t*>(&bits), sizeof bits}; }

  void take(Word bits) noexcept {
    constexpr auto kMagnitudeMask = static_cast<Word>(static_cast<Word>(~Word{0}) >> 1);
    const bool is_nan = (bits & kMagnitudeMask) > kInfinityBits;
    const Key key = key_of(bits);
    min_ = std::min(min_, is_nan ? kNoMin : key);
    max_ = std::max(max_, is_nan ? kNoMax : key);
    has_nan_ |= is_nan;
  }
  // What they begin with are keys of NaNs, so the first number replaces both.
  bool has_number() const noexcept { return min_ <= max_; }
  void set_bits() noexcept {
    min_bits_ = has_number() ? bits_of(min_) : kQuietNanBits;
    max_bits_ = has_number() ? bits_of(max_) : kQuietNanBits;
  }

  static constexpr Key kNoMin = std::numeric_limits<Key>::max();
  static constexpr Key kNoMax = std::numeric_limits<Key>::min();

  Key min_ = kNoMin;
  Key max_ = kNoMax;
  bool has_nan_ = false;
  Word min_bits_ = 0;
  Word max_bits_ = 0;
};

}  // namespace

std::unique_ptr<RangeTracker> make_total_order_range_tracker(const pqflow_field& field) {
  switch (field.physical_type) {
    case PQFLOW_PHYSICAL_FLOAT:
      return std::make_unique<TotalOrderRange<uint32_t, 0x7f800000, 0x7fc00000>>();
    case PQFLOW_PHYSICAL_DOUBLE:
      return std::make_unique<TotalOrderRange<uint64_t, 0x7ff0000000000000, 0x7ff8000000000000>>();
    default:
      return std::make_unique<TotalOrderRange<uint16_t, 0x7c00, 0x7e00>>();
  }
}

}  // namespace pqflow::columns
