#include "columns/bytes_range.hpp"

#include <vector>

#include "columns/order_key.hpp"
#include "columns/value_converter.hpp"
#include "encoding/bytes.hpp"
#include "encoding/plain.hpp"

namespace pqflow::columns {
namespace {

// One end of the range: the bytes and the key they order by.
struct BytesBound {
  std::vector<uint8_t> bytes;  // Has the room for the longest value.
  uint64_t key = 0;

  void assign(std::span<const uint8_t> value, uint64_t value_key) {
    bytes.assign(value.begin(), value.end());
    key = value_key;
  }
};

class BytesRange : public RangeTracker {
 public:
  // `key_flip`: XORed into each key; the sign bit makes two's complement order like unsigned bytes.
  BytesRange(size_t max_value_bytes, uint64_t key_flip) : key_flip_(key_flip) {
    min_.bytes.reserve(max_value_bytes);
    max_.bytes.reserve(max_value_bytes);
  }
  void reset() noexcept override { has_value_ = false; }
  bool has_range() const noexcept override { return has_value_; }
  ValueRange range() const noexcept override { return {min_.bytes, max_.bytes}; }
  void include(const ValueRange& other) override {
    take_at_end(other.min, order_key(other.min) ^ key_flip_);
    take_at_end(other.max, order_key(other.max) ^ key_flip_);
  }
  int compare(std::span<const uint8_t> left, std::span<const uint8_t> right) const noexcept override {
    return compare_bytes(left, right, key_flip_);
  }
  size_t memory_bytes() const noexcept override { return min_.bytes.capacity() + max_.bytes.capacity(); }

 protected:
  void take(const uint8_t* value, size_t size_bytes) noexcept {
    const uint64_t key = order_key(value, size_bytes) ^ key_flip_;
    if (key > min_.key && key < max_.key && has_value_) {
      return;
    }
    take_at_end({value, size_bytes}, key);
  }

 private:
  void take_at_end(std::span<const uint8_t> value, uint64_t key) noexcept {
    if (!has_value_ || key < min_.key || (key == min_.key && compare_behind_key(value, min_.bytes) < 0)) {
      min_.assign(value, key);
    }
    if (!has_value_ || key > max_.key || (key == max_.key && compare_behind_key(value, max_.bytes) > 0)) {
      max_.assign(value, key);
    }
    has_value_ = true;
  }

  BytesBound min_;
  BytesBound max_;
  uint64_t key_flip_;
  bool has_value_ = false;
};

class ByteArrayRange final : public BytesRange {
 public:
  using BytesRange::BytesRange;
  void update(const uint8_t* values, size_t count) override {
    for (size_t index = 0; index < count; ++index) {
      const uint32_t size_bytes = encoding::load<uint32_t>(values);
      values += encoding::kByteArrayPrefixBytes;
      take(values, size_bytes);
      values += size_bytes;
    }
  }
};

class FixedBytesRange final : public BytesRange {
 public:
  FixedBytesRange(size_t width_bytes, uint64_t key_flip) : BytesRange(width_bytes, key_flip), width_bytes_(width_bytes) {}
  void update(const uint8_t* values, size_t count) override {
    for (size_t index = 0; index < count; ++index) {
      take(values + index * width_bytes_, width_bytes_);
    }
  }

 private:
  size_t width_bytes_;
};

}  // namespace

std::unique_ptr<RangeTracker> make_bytes_range_tracker(const pqflow_field& field) {
  if (field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY) {
    return std::make_unique<ByteArrayRange>(max_plain_bytes(field), 0);
  }
  const uint64_t sign_bit = uint64_t{1} << 63;
  return std::make_unique<FixedBytesRange>(field.type_length_bytes, field.logical_type == PQFLOW_LOGICAL_DECIMAL ? sign_bit : 0);
}

}  // namespace pqflow::columns
