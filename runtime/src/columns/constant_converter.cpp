#include "columns/constant_converter.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

#include "columns/fixed_converters.hpp"
#include "columns/type_rules.hpp"
#include "encoding/plain.hpp"

namespace pqflow::columns {
namespace {

class ConstantConverter final : public ValueConverter {
 public:
  explicit ConstantConverter(const pqflow_field& field) : value_(max_plain_bytes(field)) {
    if (field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY) {
      encoding::encode_plain_byte_array(value_.data(), field.constant_value, field.constant_length_bytes);
    } else if (is_floating_column(field)) {
      is_nan_ = canonicalise_nans(value_.data(), field.constant_value, 1, value_.size()) != 0;
    } else {
      std::memcpy(value_.data(), field.constant_value, value_.size());
    }
  }

  // Copies what is there already, twice as much each time.
  size_t convert(uint8_t* target, const uint8_t*, size_t count) override {
    const size_t total_bytes = value_.size() * count;
    size_t filled_bytes = std::min(value_.size(), total_bytes);
    std::memcpy(target, value_.data(), filled_bytes);
    while (filled_bytes < total_bytes) {
      const size_t copied_bytes = std::min(filled_bytes, total_bytes - filled_bytes);
      std::memcpy(target + filled_bytes, target, copied_bytes);
      filled_bytes += copied_bytes;
    }
    nan_count_ += is_nan_ ? count : 0;
    return total_bytes;
  }

  size_t memory_bytes() const noexcept override { return value_.capacity(); }

 private:
  std::vector<uint8_t> value_;
  bool is_nan_ = false;
};

// Of a column of nulls: there is never a value.
class NoValueConverter final : public ValueConverter {
 public:
  size_t convert(uint8_t*, const uint8_t*, size_t) override { return 0; }
};

}  // namespace

std::unique_ptr<ValueConverter> make_no_value_converter() { return std::make_unique<NoValueConverter>(); }

std::unique_ptr<ValueConverter> make_constant_converter(const pqflow_field& field) { return std::make_unique<ConstantConverter>(field); }

}  // namespace pqflow::columns
