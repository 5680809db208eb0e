#include "columns/fixed_converters.hpp"

#include "encoding/bytes.hpp"
#include "encoding/plain.hpp"

namespace pqflow::columns {
namespace {

using encoding::load;
using encoding::store;

class CopyConverter final : public ValueConverter {
 public:
  explicit CopyConverter(size_t width_bytes) : width_bytes_(width_bytes) {}
  size_t convert(uint8_t* target, const uint8_t* values, size_t count) override {
    return target == values ? count * width_bytes_ : encoding::encode_plain_fixed(target, values, count, width_bytes_);
  }
  bool converts_in_place() const noexcept override { return true; }

 private:
  size_t width_bytes_;
};

template <typename Narrow>
class WideningConverter final : public ValueConverter {
 public:
  size_t convert(uint8_t* target, const uint8_t* values, size_t count) override {
    for (size_t index = 0; index < count; ++index) {
      store(target + index * sizeof(int32_t), static_cast<int32_t>(load<Narrow>(values + index * sizeof(Narrow))));
    }
    return count * sizeof(int32_t);
  }
};

class BoolConverter final : public ValueConverter {
 public:
  size_t convert(uint8_t* target, const uint8_t* values, size_t count) override {
    uint64_t invalid_count = 0;
    for (size_t index = 0; index < count; ++index) {
      const uint8_t value = values[index];
      target[index] = value != 0 ? 1 : 0;
      invalid_count += value > 1 ? 1 : 0;
    }
    invalid_values_ += invalid_count;
    return count;
  }
};

class FloatingConverter final : public ValueConverter {
 public:
  explicit FloatingConverter(size_t width_bytes) : width_bytes_(width_bytes) {}
  size_t convert(uint8_t* target, const uint8_t* values, size_t count) override {
    nan_count_ += canonicalise_nans(target, values, count, width_bytes_);
    return count * width_bytes_;
  }
  bool converts_in_place() const noexcept override { return true; }

 private:
  size_t width_bytes_;
};

template <typename Word>
size_t replace_nans(uint8_t* target, const uint8_t* values, size_t count, Word infinity_bits, Word quiet_nan_bits) noexcept {
  constexpr Word kMagnitudeMask = static_cast<Word>(~Word{0}) >> 1;
  size_t nan_count = 0;
  for (size_t index = 0; index < count; ++index) {
    const Word bits = load<Word>(values + index * sizeof(Word));
    const bool is_nan = (bits & kMagnitudeMask) > infinity_bits;
    store(target + index * sizeof(Word), is_nan ? quiet_nan_bits : bits);
    nan_count += is_nan ? 1 : 0;
  }
  return nan_count;
}

}  // namespace

size_t canonicalise_nans(uint8_t* target, const uint8_t* values, size_t count, size_t width_bytes) noexcept {
  switch (width_bytes) {
    case 2:
      return replace_nans(target, values, count, uint16_t{0x7c00}, uint16_t{0x7e00});
    case 4:
      return replace_nans(target, values, count, uint32_t{0x7f800000}, uint32_t{0x7fc00000});
    default:
      return replace_nans(target, values, count, uint64_t{0x7ff0000000000000}, uint64_t{0x7ff8000000000000});
  }
}

std::unique_ptr<ValueConverter> make_fixed_converter(const pqflow_field& field) {
  switch (field.storage) {
    case PQFLOW_STORAGE_BOOL:
      return std::make_unique<BoolConverter>();
    case PQFLOW_STORAGE_INT8:
      return std::make_unique<WideningConverter<int8_t>>();
    case PQFLOW_STORAGE_INT16:
      return std::make_unique<WideningConverter<int16_t>>();
    case PQFLOW_STORAGE_UINT8:
      return std::make_unique<WideningConverter<uint8_t>>();
    case PQFLOW_STORAGE_UINT16:
      return std::make_unique<WideningConverter<uint16_t>>();
    case PQFLOW_STORAGE_FLOAT:
    case PQFLOW_STORAGE_DOUBLE:
    case PQFLOW_STORAGE_FLOAT16:
      return std::make_unique<FloatingConverter>(field.width_bytes);
    default:
      return std::make_unique<CopyConverter>(field.width_bytes);
  }
}

}  // namespace pqflow::columns
