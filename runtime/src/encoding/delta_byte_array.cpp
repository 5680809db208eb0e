#include "encoding/delta_byte_array.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "encoding/bytes.hpp"
#include "encoding/plain.hpp"

namespace pqflow::encoding {
namespace {

struct Value {
  const uint8_t* bytes;
  uint32_t length_bytes;
};

// PLAIN values one after the other, with a length before each, or of one length.
class PlainReader {
 public:
  explicit PlainReader(const uint8_t* values) noexcept : next_(values), width_bytes_(0) {}
  PlainReader(const uint8_t* values, size_t width_bytes) noexcept : next_(values), width_bytes_(static_cast<uint32_t>(width_bytes)) {}

  Value next() noexcept {
    const bool has_prefix = width_bytes_ == 0;
    const uint32_t length_bytes = has_prefix ? load<uint32_t>(next_) : width_bytes_;
    const uint8_t* const bytes = next_ + (has_prefix ? kByteArrayPrefixBytes : 0);
    next_ = bytes + length_bytes;
    return {bytes, length_bytes};
  }

 private:
  const uint8_t* next_;
  uint32_t width_bytes_;
};

uint8_t* append(uint8_t* target, const uint8_t* bytes, size_t size_bytes) noexcept {
  if (size_bytes != 0) {
    std::memcpy(target, bytes, size_bytes);
  }
  return target + size_bytes;
}

uint32_t common_prefix_bytes(const Value& left, const Value& right) noexcept {
  const uint32_t limit_bytes = std::min(left.length_bytes, right.length_bytes);
  uint32_t index = 0;
  while (index + sizeof(uint64_t) <= limit_bytes) {
    const uint64_t difference = load<uint64_t>(left.bytes + index) ^ load<uint64_t>(right.bytes + index);
    if (difference != 0) {
      return index + static_cast<uint32_t>(std::countr_zero(difference)) / 8;
    }
    index += sizeof(uint64_t);
  }
  while (index < limit_bytes && left.bytes[index] == right.bytes[index]) {
    ++index;
  }
  return index;
}

const uint8_t* as_bytes(const uint32_t* words) noexcept { return reinterpret_cast<const uint8_t*>(words); }

size_t encode_delta_strings(uint8_t* target, PlainReader values, size_t count, uint32_t* lengths) noexcept {
  uint32_t* const prefixes = lengths;
  uint32_t* const suffixes = lengths + count;
  PlainReader reader = values;
  Value previous = {nullptr, 0};
  for (size_t index = 0; index < count; ++index) {
    const Value value = reader.next();
    prefixes[index] = common_prefix_bytes(previous, value);
    suffixes[index] = value.length_bytes - prefixes[index];
    previous = value;
  }
  uint8_t* end = target + encode_delta_int32(target, as_bytes(prefixes), count);
  end += encode_delta_int32(end, as_bytes(suffixes), count);
  for (size_t index = 0; index < count; ++index) {
    end = append(end, values.next().bytes + prefixes[index], suffixes[index]);
  }
  return static_cast<size_t>(end - target);
}

}  // namespace

size_t encode_delta_length_byte_array(uint8_t* target, const uint8_t* values, size_t count, uint32_t* lengths) noexcept {
  PlainReader reader(values);
  for (size_t index = 0; index < count; ++index) {
    lengths[index] = reader.next().length_bytes;
  }
  uint8_t* end = target + encode_delta_int32(target, as_bytes(lengths), count);
  reader = PlainReader(values);
  for (size_t index = 0; index < count; ++index) {
    const Value value = reader.next();
    end = append(end, value.bytes, value.length_bytes);
  }
  return static_cast<size_t>(end - target);
}

size_t encode_delta_byte_array(uint8_t* target, const uint8_t* values, size_t count, uint32_t* lengths) noexcept {
  return encode_delta_strings(target, PlainReader(values), count, lengths);
}

size_t encode_delta_fixed_byte_array(uint8_t* target, const uint8_t* values, size_t count, size_t width_bytes, uint32_t* lengths) noexcept {
  return encode_delta_strings(target, PlainReader(values, width_bytes), count, lengths);
}

}  // namespace pqflow::encoding
