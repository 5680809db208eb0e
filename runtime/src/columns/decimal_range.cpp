#include "columns/decimal_range.hpp"

#include <cstring>
#include <vector>

#include "columns/value_converter.hpp"
#include "encoding/bytes.hpp"
#include "encoding/plain.hpp"

namespace pqflow::columns {
namespace {

// Sign and length as a number that orders like the values of unlike sign or length.
int64_t magnitude_class(std::span<const uint8_t> value) noexcept {
  const int64_t size_bytes = static_cast<int64_t>(value.size());
  return (value[0] & 0x80) != 0 ? -size_bytes : size_bytes;
}

// Two's complement of equal sign and length orders like unsigned bytes.
int compare_values(std::span<const uint8_t> left, int64_t left_magnitude, std::span<const uint8_t> right,
                   int64_t right_magnitude) noexcept {
  return left_magnitude != right_magnitude ? (left_magnitude < right_magnitude ? -1 : 1)
                                           : std::memcmp(left.data(), right.data(), left.size());
}

struct DecimalBound {
  std::vector<uint8_t> bytes;  // Has the room for the longest value.
  int64_t magnitude = 0;

  void assign(std::span<const uint8_t> value, int64_t value_magnitude) {
    bytes.assign(value.begin(), value.end());
    magnitude = value_magnitude;
  }
  // The order of the value against the bound.
  int compare(std::span<const uint8_t> value, int64_t value_magnitude) const noexcept {
    return compare_values(value, value_magnitude, bytes, magnitude);
  }
};

class DecimalRange final : public RangeTracker {
 public:
  explicit DecimalRange(size_t max_value_bytes) {
    min_.bytes.reserve(max_value_bytes);
    max_.bytes.reserve(max_value_bytes);
  }
  void update(const uint8_t* values, size_t count) override {
    for (size_t index = 0; index < count; ++index) {
      const uint32_t size_bytes = encoding::load<uint32_t>(values);
      values += encoding::kByteArrayPrefixBytes;
      take({values, size_bytes});
      values += size_bytes;
    }
  }
  void reset() noexcept override { has_value_ = false; }
  bool has_range() const noexcept override { return has_value_; }
  ValueRange range() const noexcept override { return {min_.bytes, max_.bytes}; }
  void include(const ValueRange& other) override {
    take(other.min);
    take(other.max);
  }
  int compare(std::span<const uint8_t> left, std::span<const uint8_t> right) const noexcept override {
    return compare_values(left, magnitude_class(left), right, magnitude_class(right));
  }
  size_t memory_bytes() const noexcept override { return min_.bytes.capacity() + max_.bytes.capacity(); }

 private:
  void take(std::span<const uint8_t> value) {
    const int64_t magnitude = magnitude_class(value);
    if (!has_value_ || min_.compare(value, magnitude) < 0) {
      min_.assign(value, magnitude);
    }
    if (!has_value_ || max_.compare(value, magnitude) > 0) {
      max_.assign(value, magnitude);
    }
    has_value_ = true;
  }

  DecimalBound min_;
  DecimalBound max_;
  bool has_value_ = false;
};

}  // namespace

std::unique_ptr<RangeTracker> make_decimal_range_tracker(const pqflow_field& field) {
  return std::make_unique<DecimalRange>(max_plain_bytes(field));
}

}  // namespace pqflow::columns
