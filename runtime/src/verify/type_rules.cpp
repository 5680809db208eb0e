#include "verify/type_rules.hpp"

#include <cmath>
#include <optional>

namespace pqflow::verify {
namespace {

using enum PhysicalType;

bool is_integer_fit(const LogicalType& logical, PhysicalType type) {
  const int64_t bits = logical.bit_width;
  return (bits == 8 || bits == 16 || bits == 32) ? type == kInt32 : bits == 64 && type == kInt64;
}

bool fits_physical(const Leaf& leaf, const LogicalType& logical) {
  const PhysicalType type = leaf.type;
  const bool is_fixed = type == kFixedLenByteArray;
  switch (logical.id) {
    case kString:
    case kEnum:
    case kJson:
    case kBson:
    case kGeometry:
    case kGeography:
      return type == kByteArray;
    case kDecimalLogical:
      return type == kInt32 || type == kInt64 || type == kByteArray || is_fixed;
    case kDate:
      return type == kInt32;
    case kTime:
      return type == (logical.unit == 1 ? kInt32 : kInt64);
    case kTimestamp:
      return type == kInt64;
    case kInteger:
      return is_integer_fit(logical, type);
    case kUuid:
      return is_fixed && leaf.type_length_bytes == 16;
    case kFloat16:
      return is_fixed && leaf.type_length_bytes == 2;
    case kMapLogical:
    case kListLogical:
    case kVariant:
      return false;  // Groups.
    default:
      return true;
  }
}

// The converted type that stands for the logical one; empty where there is none.
std::optional<int64_t> converted_of(const LogicalType& logical) {
  switch (logical.id) {
    case kString:
      return kConvertedUtf8;
    case kEnum:
      return kConvertedEnum;
    case kDecimalLogical:
      return kConvertedDecimal;
    case kDate:
      return kConvertedDate;
    case kTime:
      return logical.unit == 1   ? std::optional<int64_t>(kConvertedTimeMillis)
             : logical.unit == 2 ? std::optional<int64_t>(kConvertedTimeMicros)
                                 : std::nullopt;
    case kTimestamp:
      return logical.unit == 1   ? std::optional<int64_t>(kConvertedTimestampMillis)
             : logical.unit == 2 ? std::optional<int64_t>(kConvertedTimestampMicros)
                                 : std::nullopt;
    case kInteger: {
      const int64_t step = logical.bit_width == 8 ? 0 : logical.bit_width == 16 ? 1 : logical.bit_width == 32 ? 2 : 3;
      return (logical.is_signed ? kConvertedInt8 : kConvertedUint8) + step;
    }
    case kJson:
      return kConvertedJson;
    case kBson:
      return kConvertedBson;
    default:
      return std::nullopt;
  }
}

void check_converted(const Leaf& leaf, const Reporter& reporter, uint64_t offset_bytes) {
  const std::optional<int64_t> converted = leaf.element.converted;
  if (!converted) {
    return;  // Old readers then see the physical type alone: allowed.
  }
  if (!leaf.element.logical) {
    const bool is_interval_misplaced =
        *converted == kConvertedInterval && !(leaf.type == kFixedLenByteArray && leaf.type_length_bytes == 12);
    reporter.require(!is_interval_misplaced, Rule::kConvertedType, offset_bytes, "INTERVAL needs FIXED_LEN_BYTE_ARRAY(12)");
    return;
  }
  const std::optional<int64_t> expected = converted_of(*leaf.element.logical);
  reporter.require(converted == expected, Rule::kConvertedType, offset_bytes,
                   "converted_type is " + std::to_string(*converted) + ", the logical type has " +
                       (expected ? std::to_string(*expected) : std::string("none")));
}

void check_decimal(const Leaf& leaf, const Reporter& reporter, uint64_t offset_bytes) {
  const bool is_logical = leaf.logical_id() == kDecimalLogical;
  if (!is_logical && leaf.element.converted != kConvertedDecimal) {
    return;
  }
  const int64_t precision = is_logical ? leaf.element.logical->precision : leaf.element.precision.value_or(0);
  const int64_t scale = is_logical ? leaf.element.logical->scale : leaf.element.scale.value_or(0);
  const bool is_agreed = !is_logical || leaf.element.converted != kConvertedDecimal ||
                         (leaf.element.precision.value_or(precision) == precision && leaf.element.scale.value_or(scale) == scale);
  reporter.require(is_agreed, Rule::kDecimal, offset_bytes, "scale or precision of the element is not that of its logical type");
  reporter.require(precision >= 1 && scale >= 0 && scale <= precision, Rule::kDecimal, offset_bytes,
                   "DECIMAL(" + std::to_string(precision) + ", " + std::to_string(scale) + ") is not a decimal");
  const uint32_t size_bytes = leaf.width_bytes();
  reporter.require(size_bytes == 0 || precision <= max_decimal_precision(size_bytes), Rule::kDecimal, offset_bytes,
                   "precision " + std::to_string(precision) + " does not fit " + std::to_string(size_bytes) + " bytes");
}

}  // namespace

int64_t max_decimal_precision(uint32_t size_bytes) { return static_cast<int64_t>(std::floor((8.0 * size_bytes - 1.0) * std::log10(2.0))); }

bool check_leaf_type(const Leaf& leaf, const Reporter& reporter, uint64_t offset_bytes) {
  if (leaf.type == kFixedLenByteArray && !reporter.require(leaf.element.type_length.value_or(0) > 0, Rule::kTypeLength, offset_bytes,
                                                           "FIXED_LEN_BYTE_ARRAY has no positive type_length")) {
    return false;
  }
  if (leaf.element.logical) {
    reporter.require(fits_physical(leaf, *leaf.element.logical), Rule::kLogicalType, offset_bytes,
                     "logical type " + std::to_string(leaf.element.logical->id) + " does not fit physical type " +
                         std::to_string(static_cast<int>(leaf.type)));
  }
  check_converted(leaf, reporter, offset_bytes);
  check_decimal(leaf, reporter, offset_bytes);
  return true;
}

}  // namespace pqflow::verify
