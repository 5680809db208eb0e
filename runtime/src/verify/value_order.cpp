#include "verify/value_order.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace pqflow::verify {
namespace {

using enum PhysicalType;

template <typename T>
T load(Bytes value) {
  T result;
  std::memcpy(&result, value.data(), sizeof result);
  return result;
}

template <typename T>
int three_way(T left, T right) {
  return left < right ? -1 : left > right ? 1 : 0;
}

template <typename T>
int compare_numbers(Bytes left, Bytes right) {
  return three_way(load<T>(left), load<T>(right));
}

int compare_bytes(Bytes left, Bytes right) {
  const size_t shared_bytes = std::min(left.size(), right.size());
  const int result = shared_bytes == 0 ? 0 : std::memcmp(left.data(), right.data(), shared_bytes);
  return result != 0 ? result : three_way(left.size(), right.size());
}

// Big-endian two's complement of any length.
int compare_decimals(Bytes left, Bytes right) {
  const size_t width_bytes = std::max(left.size(), right.size());
  const auto byte_at = [&](Bytes value, size_t position) -> int {
    const size_t missing = width_bytes - value.size();
    const bool is_negative = !value.empty() && (value[0] & 0x80) != 0;
    return position < missing ? (is_negative ? 0xff : 0) : value[position - missing];
  };
  for (size_t position = 0; position < width_bytes; ++position) {
    const int flip = position == 0 ? 0x80 : 0;
    if (const int result = three_way(byte_at(left, position) ^ flip, byte_at(right, position) ^ flip); result != 0) {
      return result;
    }
  }
  return 0;
}

double half_value(Bytes value) {
  const auto bits = load<uint16_t>(value);
  const int exponent = (bits >> 10) & 0x1f;
  const int fraction = bits & 0x3ff;
  const double magnitude = exponent == 0    ? std::ldexp(fraction, -24)
                           : exponent == 31 ? (fraction == 0 ? HUGE_VAL : std::nan(""))
                                            : std::ldexp(1024 + fraction, exponent - 25);
  return (bits & 0x8000) != 0 ? -magnitude : magnitude;
}

int compare_halves(Bytes left, Bytes right) { return three_way(half_value(left), half_value(right)); }

// IEEE 754-2008, 5.10: by sign, then by magnitude as an unsigned number; little-endian values of any width up to 8 bytes.
int compare_totally(Bytes left, Bytes right) {
  const auto key_of = [](Bytes value) {
    uint64_t bits = 0;
    std::memcpy(&bits, value.data(), value.size());
    const uint64_t sign = uint64_t{1} << (value.size() * 8 - 1);
    return (bits & sign) != 0 ? (sign - 1) - (bits - sign) : bits | sign;
  };
  return three_way(key_of(left), key_of(right));
}

template <typename T>
bool is_nan_number(Bytes value) {
  return std::isnan(load<T>(value));
}
bool is_nan_half(Bytes value) { return std::isnan(half_value(value)); }

bool is_unsigned(const Leaf& leaf) {
  const std::optional<int64_t>& converted = leaf.element.converted;
  const bool is_converted = converted && *converted >= kConvertedUint8 && *converted <= kConvertedUint64;
  return leaf.element.logical ? leaf.element.logical->id == kInteger && !leaf.element.logical->is_signed : is_converted;
}

bool is_decimal(const Leaf& leaf) { return leaf.logical_id() == kDecimalLogical || leaf.element.converted == kConvertedDecimal; }

bool has_no_order(const Leaf& leaf) {
  const uint8_t id = leaf.logical_id();
  return leaf.type == kInt96 || leaf.element.converted == kConvertedInterval || id == kVariant || id == kGeometry || id == kGeography;
}

}  // namespace

ValueOrder::ValueOrder(const Leaf& leaf) {
  switch (leaf.type) {
    case kBoolean:
      compare_ = compare_numbers<uint8_t>;
      break;
    case kInt32:
      compare_ = is_unsigned(leaf) ? compare_numbers<uint32_t> : compare_numbers<int32_t>;
      break;
    case kInt64:
      compare_ = is_unsigned(leaf) ? compare_numbers<uint64_t> : compare_numbers<int64_t>;
      break;
    case kFloat:
      compare_ = compare_numbers<float>;
      is_nan_ = is_nan_number<float>;
      break;
    case kDouble:
      compare_ = compare_numbers<double>;
      is_nan_ = is_nan_number<double>;
      break;
    default:
      compare_ = leaf.is_half() ? compare_halves : is_decimal(leaf) ? compare_decimals : compare_bytes;
      is_nan_ = leaf.is_half() ? is_nan_half : nullptr;
  }
  if (has_no_order(leaf)) {
    compare_ = nullptr;
  }
  has_total_order_ = leaf.has_total_order;
  if (has_total_order_) {
    compare_ = compare_totally;
  }
}

ValueOrder::Zero ValueOrder::zero_of(Bytes value) const {
  if (is_nan_ == nullptr || has_total_order_ || value.empty()) {
    return Zero::kNone;
  }
  const bool is_negative = (value.back() & 0x80) != 0;  // Little-endian: the sign is the last byte's upper bit.
  const bool is_zero = (value.back() & 0x7f) == 0 && std::all_of(value.begin(), value.end() - 1, [](uint8_t byte) { return byte == 0; });
  return !is_zero ? Zero::kNone : is_negative ? Zero::kNegative : Zero::kPositive;
}

}  // namespace pqflow::verify
