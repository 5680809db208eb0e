#include "columns/value_order.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <type_traits>

#include "encoding/bytes.hpp"
#include "encoding/plain.hpp"

namespace pqflow::columns {
namespace {

template <typename Number>
std::partial_ordering compare_numbers(const uint8_t* left, const uint8_t* right, size_t) {
  const auto left_number = encoding::load<Number>(left);
  const auto right_number = encoding::load<Number>(right);
  if constexpr (std::is_floating_point_v<Number>) {
    if (left_number == right_number && std::signbit(left_number) != std::signbit(right_number)) {
      return std::partial_ordering::unordered;
    }
  }
  return left_number <=> right_number;
}

constexpr uint16_t kHalfSignBit = 0x8000;
constexpr int32_t kHalfInfinity = 0x7c00;

// The bits without the sign, negated where it is set: orders like the numbers.
int32_t half_key(uint16_t bits) noexcept {
  const int32_t magnitude = bits & ~kHalfSignBit;
  return (bits & kHalfSignBit) != 0 ? -magnitude : magnitude;
}

std::partial_ordering compare_halves(const uint8_t* left, const uint8_t* right, size_t) {
  const auto left_bits = encoding::load<uint16_t>(left);
  const auto right_bits = encoding::load<uint16_t>(right);
  const int32_t left_key = half_key(left_bits);
  const int32_t right_key = half_key(right_bits);
  const bool has_nan = std::max(std::abs(left_key), std::abs(right_key)) > kHalfInfinity;
  const bool has_two_zeros = left_key == right_key && left_bits != right_bits;
  return has_nan || has_two_zeros ? std::partial_ordering::unordered : std::partial_ordering(left_key <=> right_key);
}

std::partial_ordering compare_unsigned_bytes(const uint8_t* left, size_t left_bytes, const uint8_t* right, size_t right_bytes) {
  const int order = std::memcmp(left, right, std::min(left_bytes, right_bytes));
  return order != 0 ? order <=> 0 : left_bytes <=> right_bytes;
}

std::partial_ordering compare_fixed_bytes(const uint8_t* left, const uint8_t* right, size_t fixed_bytes) {
  return compare_unsigned_bytes(left, fixed_bytes, right, fixed_bytes);
}

std::partial_ordering compare_byte_arrays(const uint8_t* left, const uint8_t* right, size_t) {
  return compare_unsigned_bytes(left + encoding::kByteArrayPrefixBytes, encoding::load<uint32_t>(left),
                                right + encoding::kByteArrayPrefixBytes, encoding::load<uint32_t>(right));
}

bool is_negative(const uint8_t* value) noexcept { return (*value & 0x80) != 0; }

// Two's complement of one length: negative ones come first, equal signs order like unsigned bytes.
std::partial_ordering compare_fixed_decimals(const uint8_t* left, const uint8_t* right, size_t fixed_bytes) {
  return is_negative(left) != is_negative(right) ? is_negative(right) <=> is_negative(left) : compare_fixed_bytes(left, right, fixed_bytes);
}

// In the fewest bytes, as the writer makes them: of one sign, the longer is the farther from zero.
std::partial_ordering compare_short_decimals(const uint8_t* left, const uint8_t* right, size_t) {
  const size_t left_bytes = encoding::load<uint32_t>(left);
  const size_t right_bytes = encoding::load<uint32_t>(right);
  const uint8_t* const left_digits = left + encoding::kByteArrayPrefixBytes;
  const uint8_t* const right_digits = right + encoding::kByteArrayPrefixBytes;
  if (is_negative(left_digits) != is_negative(right_digits)) {
    return is_negative(right_digits) <=> is_negative(left_digits);
  }
  if (left_bytes != right_bytes) {
    return is_negative(left_digits) ? right_bytes <=> left_bytes : left_bytes <=> right_bytes;
  }
  return compare_fixed_bytes(left_digits, right_digits, left_bytes);
}

bool is_unsigned_integer(const pqflow_field& field) noexcept {
  return field.logical_type == PQFLOW_LOGICAL_INTEGER && field.integer_is_signed == 0;
}

}  // namespace

CompareValues compare_function(const pqflow_field& field) noexcept {
  const bool is_decimal = field.logical_type == PQFLOW_LOGICAL_DECIMAL;
  switch (field.physical_type) {
    case PQFLOW_PHYSICAL_BOOLEAN:
      return compare_numbers<uint8_t>;
    case PQFLOW_PHYSICAL_INT32:
      return is_unsigned_integer(field) ? compare_numbers<uint32_t> : compare_numbers<int32_t>;
    case PQFLOW_PHYSICAL_INT64:
      return is_unsigned_integer(field) ? compare_numbers<uint64_t> : compare_numbers<int64_t>;
    case PQFLOW_PHYSICAL_FLOAT:
      return compare_numbers<float>;
    case PQFLOW_PHYSICAL_DOUBLE:
      return compare_numbers<double>;
    case PQFLOW_PHYSICAL_BYTE_ARRAY:
      return is_decimal ? compare_short_decimals : compare_byte_arrays;
    default:
      return field.logical_type == PQFLOW_LOGICAL_FLOAT16 ? compare_halves : is_decimal ? compare_fixed_decimals : compare_fixed_bytes;
  }
}

}  // namespace pqflow::columns
