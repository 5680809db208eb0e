#include "columns/short_bytes_range.hpp"

#include "columns/order_key.hpp"
#include "encoding/plain.hpp"

namespace pqflow::columns {
namespace {

// Key and length of a value: orders like the value, because the zeros that fill up the key of a prefix are followed by its smaller length.
// Holds the value whole.
__extension__ using Composite = unsigned __int128;

constexpr unsigned kLengthBits = 8;

Composite compose(uint64_t key, size_t size_bytes) noexcept { return static_cast<Composite>(key) << kLengthBits | size_bytes; }

class ShortBytesRange : public RangeTracker {
 public:
  explicit ShortBytesRange(uint64_t key_flip) : key_flip_(key_flip) {}
  void reset() noexcept override {
    min_ = ~Composite{0};
    max_ = 0;
    has_value_ = false;
  }
  bool has_range() const noexcept override { return has_value_; }
  ValueRange range() const noexcept override { return {decompose(min_, min_bytes_), decompose(max_, max_bytes_)}; }
  void include(const ValueRange& other) override {
    take_all(compose(order_key(other.min) ^ key_flip_, other.min.size()), compose(order_key(other.max) ^ key_flip_, other.max.size()), 1);
  }
  int compare(std::span<const uint8_t> left, std::span<const uint8_t> right) const noexcept override {
    return compare_bytes(left, right, key_flip_);
  }

 protected:
  void take_all(Composite min, Composite max, size_t count) noexcept {
    min_ = min < min_ ? min : min_;
    max_ = max > max_ ? max : max_;
    has_value_ = has_value_ || count != 0;
  }
  uint64_t key_flip() const noexcept { return key_flip_; }

 private:
  std::span<const uint8_t> decompose(Composite composite, uint8_t (&bytes)[kOrderKeyBytes]) const noexcept {
    const uint64_t key = static_cast<uint64_t>(composite >> kLengthBits) ^ key_flip_;
    encoding::store(bytes, __builtin_bswap64(key));
    return {bytes, static_cast<size_t>(composite & ((1U << kLengthBits) - 1U))};
  }

  Composite min_ = ~Composite{0};
  Composite max_ = 0;
  uint64_t key_flip_;
  bool has_value_ = false;
  mutable uint8_t min_bytes_[kOrderKeyBytes] = {};
  mutable uint8_t max_bytes_[kOrderKeyBytes] = {};
};

class ShortByteArrayRange final : public ShortBytesRange {
 public:
  ShortByteArrayRange() : ShortBytesRange(0) {}
  void update(const uint8_t* values, size_t count) override {
    Composite min = ~Composite{0};
    Composite max = 0;
    for (size_t index = 0; index < count; ++index) {
      const uint32_t size_bytes = encoding::load<uint32_t>(values);
      values += encoding::kByteArrayPrefixBytes;
      const Composite composite = compose(order_key(values, size_bytes), size_bytes);
      values += size_bytes;
      min = composite < min ? composite : min;
      max = composite > max ? composite : max;
    }
    take_all(min, max, count);
  }
};

class ShortFixedBytesRange final : public ShortBytesRange {
 public:
  ShortFixedBytesRange(size_t width_bytes, uint64_t key_flip) : ShortBytesRange(key_flip), width_bytes_(width_bytes) {}
  void update(const uint8_t* values, size_t count) override {
    uint64_t min = ~uint64_t{0};
    uint64_t max = 0;
    for (size_t index = 0; index < count; ++index) {
      const uint64_t key = order_key(values + index * width_bytes_, width_bytes_) ^ key_flip();
      min = key < min ? key : min;
      max = key > max ? key : max;
    }
    if (count != 0) {
      take_all(compose(min, width_bytes_), compose(max, width_bytes_), count);
    }
  }

 private:
  size_t width_bytes_;
};

}  // namespace

std::unique_ptr<RangeTracker> make_short_bytes_range_tracker(const pqflow_field& field) {
  if (field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY) {
    return std::make_unique<ShortByteArrayRange>();
  }
  const uint64_t sign_bit = uint64_t{1} << 63;
  return std::make_unique<ShortFixedBytesRange>(field.type_length_bytes, field.logical_type == PQFLOW_LOGICAL_DECIMAL ? sign_bit : 0);
}

}  // namespace pqflow::columns
