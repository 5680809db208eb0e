#include "columns/type_rules.hpp"

#include <array>
#include <cmath>
#include <span>

namespace pqflow::columns {
namespace {

std::string name_of(std::span<const char* const> names, uint8_t value) {
  return value < names.size() ? names[value] : "number " + std::to_string(value);
}

}  // namespace

bool must_be_utf8(uint8_t logical_type) noexcept {
  return logical_type == PQFLOW_LOGICAL_STRING || logical_type == PQFLOW_LOGICAL_JSON || logical_type == PQFLOW_LOGICAL_ENUM;
}

bool is_floating_column(const pqflow_field& field) noexcept {
  return field.physical_type == PQFLOW_PHYSICAL_FLOAT || field.physical_type == PQFLOW_PHYSICAL_DOUBLE ||
         field.logical_type == PQFLOW_LOGICAL_FLOAT16;
}

bool is_named_code(const pqflow_field& field) noexcept {
  return field.enum_value_count != 0 && field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY;
}

bool has_order(const pqflow_field& field) noexcept {
  return field.physical_type != PQFLOW_PHYSICAL_INT96 && field.logical_type != PQFLOW_LOGICAL_INTERVAL &&
         field.logical_type != PQFLOW_LOGICAL_UNKNOWN;
}

uint32_t physical_bytes(const pqflow_field& field) noexcept {
  switch (field.physical_type) {
    case PQFLOW_PHYSICAL_BOOLEAN:
      return 1;
    case PQFLOW_PHYSICAL_INT32:
    case PQFLOW_PHYSICAL_FLOAT:
      return 4;
    case PQFLOW_PHYSICAL_INT64:
    case PQFLOW_PHYSICAL_DOUBLE:
      return 8;
    case PQFLOW_PHYSICAL_INT96:
      return kInt96Bytes;
    case PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY:
      return field.type_length_bytes;
    default:
      return 0;
  }
}

uint32_t max_decimal_precision(uint32_t size_bytes) noexcept {
  constexpr uint32_t kLargestPrecision = 255;  // pqflow_field holds one byte.
  const double digits = std::floor((8.0 * size_bytes - 1.0) * std::log10(2.0));
  return digits < 0 ? 0 : digits > kLargestPrecision ? kLargestPrecision : static_cast<uint32_t>(digits);
}

std::string physical_name(uint8_t physical_type) {
  static constexpr std::array<const char*, 8> kNames = {"BOOLEAN", "INT32",  "INT64",      "INT96",
                                                        "FLOAT",   "DOUBLE", "BYTE_ARRAY", "FIXED_LEN_BYTE_ARRAY"};
  return name_of(kNames, physical_type);
}

std::string logical_name(uint8_t logical_type) {
  static constexpr std::array<const char*, 16> kNames = {"NONE", "STRING", "MAP",       "LIST",     "ENUM",    "DECIMAL",
                                                         "DATE", "TIME",   "TIMESTAMP", "INTERVAL", "INTEGER", "UNKNOWN",
                                                         "JSON", "BSON",   "UUID",      "FLOAT16"};
  return name_of(kNames, logical_type);
}

}  // namespace pqflow::columns
