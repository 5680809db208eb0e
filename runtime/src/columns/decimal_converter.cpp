#include "columns/decimal_converter.hpp"

#include "columns/byte_array_output.hpp"
#include "encoding/bytes.hpp"

namespace pqflow::columns {
namespace {

// Bytes that hold the value with its sign.
size_t significant_bytes(int64_t value) noexcept {
  const size_t repeated_sign_bits = static_cast<size_t>(__builtin_clrsbll(value));
  return (64 - repeated_sign_bits + 7) / 8;
}

template <typename Integer>
class IntegerDecimalConverter final : public ValueConverter {
 public:
  size_t convert(uint8_t* target, const uint8_t* values, size_t count) override {
    uint8_t* end = target;
    for (size_t index = 0; index < count; ++index) {
      // NOLINTNEXTLINE(bugprone-signed-char-misuse): int8_t is a number here, its sign is to be extended
      const int64_t value = encoding::load<Integer>(values + index * sizeof(Integer));
      const size_t size_bytes = significant_bytes(value);
      encoding::store(end, static_cast<uint32_t>(size_bytes));
      // Eight bytes are stored, the value's own first.
      encoding::store(end + encoding::kByteArrayPrefixBytes, __builtin_bswap64(static_cast<uint64_t>(value) << (64 - size_bytes * 8)));
      end += encoding::kByteArrayPrefixBytes + size_bytes;
    }
    return static_cast<size_t>(end - target);
  }
};

// Leading bytes that repeat the sign of the byte behind them.
size_t redundant_bytes(const uint8_t* value, size_t width_bytes) noexcept {
  const uint8_t sign_byte = (value[0] & 0x80) != 0 ? 0xff : 0x00;
  size_t count = 0;
  while (count + 1 < width_bytes && value[count] == sign_byte && ((value[count + 1] ^ sign_byte) & 0x80) == 0) {
    ++count;
  }
  return count;
}

class BytesDecimalConverter final : public ValueConverter {
 public:
  explicit BytesDecimalConverter(size_t width_bytes) : width_bytes_(width_bytes) {}
  size_t convert(uint8_t* target, const uint8_t* values, size_t count) override {
    uint8_t* end = target;
    for (size_t index = 0; index < count; ++index) {
      const uint8_t* const value = values + index * width_bytes_;
      const size_t skipped_bytes = redundant_bytes(value, width_bytes_);
      end = append_byte_array(end, value + skipped_bytes, width_bytes_ - skipped_bytes);
    }
    return static_cast<size_t>(end - target);
  }

 private:
  size_t width_bytes_;
};

}  // namespace

std::unique_ptr<ValueConverter> make_decimal_converter(const pqflow_field& field) {
  switch (field.storage) {
    case PQFLOW_STORAGE_INT8:
      return std::make_unique<IntegerDecimalConverter<int8_t>>();
    case PQFLOW_STORAGE_INT16:
      return std::make_unique<IntegerDecimalConverter<int16_t>>();
    case PQFLOW_STORAGE_INT32:
      return std::make_unique<IntegerDecimalConverter<int32_t>>();
    case PQFLOW_STORAGE_INT64:
      return std::make_unique<IntegerDecimalConverter<int64_t>>();
    default:
      return std::make_unique<BytesDecimalConverter>(field.width_bytes);
  }
}

}  // namespace pqflow::columns
