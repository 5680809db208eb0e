#include "columns/text_converters.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "columns/byte_array_output.hpp"
#include "columns/type_rules.hpp"
#include "encoding/utf8.hpp"

namespace pqflow::columns {
namespace {

using encoding::load;
using encoding::store;

constexpr size_t kWordBytes = 8;

constexpr uint64_t repeated(uint8_t byte) noexcept { return byte * uint64_t{0x0101010101010101}; }

// The low `size_bytes` bytes of a word, 1 … 8.
constexpr uint64_t low_bytes_mask(size_t size_bytes) noexcept { return ~uint64_t{0} >> ((kWordBytes - size_bytes) * 8); }

// Bytes up to the last one that is not 0.
size_t used_bytes(uint64_t word) noexcept { return kWordBytes - static_cast<size_t>(std::countl_zero(word)) / 8; }

class PaddedTextConverter final : public ValueConverter {
 public:
  explicit PaddedTextConverter(const pqflow_field& field)
      : width_bytes_(field.width_bytes), pad_byte_(field.pad_byte), is_utf8_(must_be_utf8(field.logical_type)) {}

  size_t convert(uint8_t* target, const uint8_t* values, size_t count) override {
    uint8_t* const end = width_bytes_ <= kWordBytes ? convert_words(target, values, count) : convert_any(target, values, count);
    const size_t size_bytes = static_cast<size_t>(end - target);
    if (is_utf8_) {
      invalid_values_ += repair_byte_arrays(target, size_bytes, count);
    }
    return size_bytes;
  }

 private:
  // Values of up to 8 bytes, the usual symbols: one load, one store, no branch.
  uint8_t* convert_words(uint8_t* target, const uint8_t* values, size_t count) const noexcept {
    const uint64_t mask = low_bytes_mask(width_bytes_);
    const uint64_t pad = repeated(pad_byte_);
    for (size_t index = 0; index < count; ++index) {
      const uint64_t word = load<uint64_t>(values + index * width_bytes_);
      const size_t length_bytes = used_bytes((word ^ pad) & mask);
      store(target, static_cast<uint32_t>(length_bytes));
      store(target + encoding::kByteArrayPrefixBytes, word);
      target += encoding::kByteArrayPrefixBytes + length_bytes;
    }
    return target;
  }

  uint8_t* convert_any(uint8_t* target, const uint8_t* values, size_t count) const noexcept {
    for (size_t index = 0; index < count; ++index) {
      const uint8_t* const value = values + index * width_bytes_;
      target = append_byte_array(target, value, trimmed_length(value, width_bytes_, pad_byte_));
    }
    return target;
  }

  size_t width_bytes_;
  uint8_t pad_byte_;
  bool is_utf8_;
};

template <typename Length>
class CountedTextConverter final : public ValueConverter {
 public:
  explicit CountedTextConverter(const pqflow_field& field)
      : width_bytes_(field.width_bytes), room_bytes_(field.width_bytes - sizeof(Length)), is_utf8_(must_be_utf8(field.logical_type)) {}

  size_t convert(uint8_t* target, const uint8_t* values, size_t count) override {
    uint8_t* end = target;
    size_t cut_count = 0;
    for (size_t index = 0; index < count; ++index) {
      const uint8_t* const value = values + index * width_bytes_;
      const size_t length_bytes = load<Length>(value);
      cut_count += length_bytes > room_bytes_ ? 1 : 0;
      end = append_byte_array(end, value + sizeof(Length), std::min(length_bytes, room_bytes_));
    }
    const size_t size_bytes = static_cast<size_t>(end - target);
    invalid_values_ += cut_count;
    if (is_utf8_) {
      const size_t repaired_count = repair_byte_arrays(target, size_bytes, count);
      invalid_values_ += cut_count == 0 || repaired_count == 0 ? repaired_count : count_repaired_only(values, count);
    }
    return size_bytes;
  }

 private:
  // A block with cut and with repaired values: those that were repaired but not cut.
  size_t count_repaired_only(const uint8_t* values, size_t count) const noexcept {
    size_t repaired_count = 0;
    for (size_t index = 0; index < count; ++index) {
      const uint8_t* const value = values + index * width_bytes_;
      const size_t length_bytes = load<Length>(value);
      const bool is_repaired_only = length_bytes <= room_bytes_ && !encoding::is_utf8(value + sizeof(Length), length_bytes);
      repaired_count += static_cast<size_t>(is_repaired_only);
    }
    return repaired_count;
  }

  size_t width_bytes_;
  size_t room_bytes_;
  bool is_utf8_;
};

}  // namespace

size_t trimmed_length(const uint8_t* value, size_t width_bytes, uint8_t pad_byte) noexcept {
  const uint64_t pad = repeated(pad_byte);
  size_t length_bytes = width_bytes;
  while (length_bytes >= kWordBytes) {
    const uint64_t difference = load<uint64_t>(value + length_bytes - kWordBytes) ^ pad;
    if (difference != 0) {
      return length_bytes - kWordBytes + used_bytes(difference);
    }
    length_bytes -= kWordBytes;
  }
  return length_bytes == 0 ? 0 : used_bytes((load<uint64_t>(value) ^ pad) & low_bytes_mask(length_bytes));
}

std::unique_ptr<ValueConverter> make_text_converter(const pqflow_field& field) {
  switch (field.storage) {
    case PQFLOW_STORAGE_COUNTED_8:
      return std::make_unique<CountedTextConverter<uint8_t>>(field);
    case PQFLOW_STORAGE_COUNTED_16:
      return std::make_unique<CountedTextConverter<uint16_t>>(field);
    default:
      return std::make_unique<PaddedTextConverter>(field);
  }
}

}  // namespace pqflow::columns
