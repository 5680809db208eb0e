#include "columns/numeric_range.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

#include "encoding/bytes.hpp"
#include "encoding/kernels/kernels.hpp"

namespace pqflow::columns {
namespace {

template <typename T>
constexpr T largest() noexcept {
  return std::is_floating_point_v<T> ? std::numeric_limits<T>::infinity() : std::numeric_limits<T>::max();
}

template <typename T>
constexpr T smallest() noexcept {
  return std::is_floating_point_v<T> ? -std::numeric_limits<T>::infinity() : std::numeric_limits<T>::lowest();
}

template <typename T>
class NumericRange final : public RangeTracker {
 public:
  void update(const uint8_t* values, size_t count) override {
    std::get<encoding::WidenRange<T>>(encoding::kernels().widen_range)(values, count, min_, max_);
    if constexpr (std::is_floating_point_v<T>) {
      // Infinities equal the start values, so the order alone does not tell whether there was a number.
      for (size_t index = 0; !has_value_ && index < count; ++index) {
        has_value_ = !std::isnan(encoding::load<T>(values + index * sizeof(T)));
      }
      set_zero_signs();
    } else {
      has_value_ = has_value_ || count != 0;
    }
  }
  void reset() noexcept override { *this = NumericRange(); }
  bool has_range() const noexcept override { return has_value_; }
  ValueRange range() const noexcept override { return {bytes_of(min_), bytes_of(max_)}; }
  void include(const ValueRange& other) override {
    min_ = std::min(min_, encoding::load<T>(other.min.data()));
    max_ = std::max(max_, encoding::load<T>(other.max.data()));
    has_value_ = true;
  }
  int compare(std::span<const uint8_t> left, std::span<const uint8_t> right) const noexcept override {
    const T left_value = encoding::load<T>(left.data());
    const T right_value = encoding::load<T>(right.data());
    return left_value < right_value ? -1 : left_value > right_value ? 1 : 0;
  }

 private:
  static std::span<const uint8_t> bytes_of(const T& value) noexcept { return {reinterpret_cast<const uint8_t*>(&value), sizeof(T)}; }

  // parquet.thrift, ColumnOrder.TYPE_ORDER: the two zeros are equal, so the range must cover both.
  void set_zero_signs() noexcept {
    min_ = min_ == T{0} ? -T{0} : min_;
    max_ = max_ == T{0} ? T{0} : max_;
  }

  T min_ = largest<T>();
  T max_ = smallest<T>();
  bool has_value_ = false;
};

bool is_unsigned(const pqflow_field& field) { return field.logical_type == PQFLOW_LOGICAL_INTEGER && field.integer_is_signed == 0; }

}  // namespace

std::unique_ptr<RangeTracker> make_numeric_range_tracker(const pqflow_field& field) {
  switch (field.physical_type) {
    case PQFLOW_PHYSICAL_BOOLEAN:
      return std::make_unique<NumericRange<uint8_t>>();
    case PQFLOW_PHYSICAL_FLOAT:
      return std::make_unique<NumericRange<float>>();
    case PQFLOW_PHYSICAL_DOUBLE:
      return std::make_unique<NumericRange<double>>();
    case PQFLOW_PHYSICAL_INT32:
      if (is_unsigned(field)) {
        return std::make_unique<NumericRange<uint32_t>>();
      }
      return std::make_unique<NumericRange<int32_t>>();
    default:
      if (is_unsigned(field)) {
        return std::make_unique<NumericRange<uint64_t>>();
      }
      return std::make_unique<NumericRange<int64_t>>();
  }
}

}  // namespace pqflow::columns
