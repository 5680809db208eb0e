#include "columns/int96_converter.hpp"

#include "columns/type_rules.hpp"
#include "encoding/bytes.hpp"

namespace pqflow::columns {
namespace {

constexpr int64_t kDayNs = 86'400'000'000'000;
constexpr int64_t kUnixEpochJulianDay = 2'440'588;

class Int96Converter final : public ValueConverter {
 public:
  size_t convert(uint8_t* target, const uint8_t* values, size_t count) override {
    for (size_t index = 0; index < count; ++index) {
      const int64_t time_ns = encoding::load<int64_t>(values + index * sizeof(int64_t));
      const int64_t remainder_ns = time_ns % kDayNs;
      const int64_t is_before_midnight = remainder_ns < 0 ? 1 : 0;  // Division rounds towards 1970, days begin the other way.
      uint8_t* const place = target + index * kInt96Bytes;
      encoding::store(place, remainder_ns + is_before_midnight * kDayNs);
      encoding::store(place + sizeof(int64_t), static_cast<int32_t>(time_ns / kDayNs - is_before_midnight + kUnixEpochJulianDay));
    }
    return count * kInt96Bytes;
  }
};

}  // namespace

std::unique_ptr<ValueConverter> make_int96_converter() { return std::make_unique<Int96Converter>(); }

}  // namespace pqflow::columns
