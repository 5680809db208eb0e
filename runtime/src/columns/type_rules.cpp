#include "columns/type_rules.hpp"

#include <array>
#include <cmath>
#include <span>

namespace pqflow::columns {
namespace {

constexpr uint32_t kUuidBytes = 16;
constexpr uint32_t kMaxInt32Precision = 9;
constexpr uint32_t kMaxInt64Precision = 18;

std::string name_of(std::span<const char* const> names, uint8_t value) {
  return value < names.size() && names[value] != nullptr ? names[value] : "number " + std::to_string(value);
}

std::string needs(const std::string& subject, const std::string& what) { return subject + " needs " + what; }

std::string width_text(const pqflow_field& field) { return "width_bytes is " + std::to_string(field.width_bytes); }

uint8_t physical_of_storage(const pqflow_field& field) {
  switch (field.storage) {
    case PQFLOW_STORAGE_BOOL:
      return PQFLOW_PHYSICAL_BOOLEAN;
    case PQFLOW_STORAGE_INT64:
    case PQFLOW_STORAGE_UINT64:
      return PQFLOW_PHYSICAL_INT64;
    case PQFLOW_STORAGE_FLOAT:
      return PQFLOW_PHYSICAL_FLOAT;
    case PQFLOW_STORAGE_DOUBLE:
      return PQFLOW_PHYSICAL_DOUBLE;
    case PQFLOW_STORAGE_FIXED_BYTES:
      return PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY;
    case PQFLOW_STORAGE_PADDED_TEXT:
    case PQFLOW_STORAGE_COUNTED_8:
    case PQFLOW_STORAGE_COUNTED_16:
      return PQFLOW_PHYSICAL_BYTE_ARRAY;
    default:
      return PQFLOW_PHYSICAL_INT32;
  }
}

// What a value of a constant or of an integer storage looks like to the logical type.
bool has_storage(const pqflow_field& field, uint8_t storage) { return field.storage == PQFLOW_STORAGE_NONE || field.storage == storage; }

std::string check_decimal(const pqflow_field& field) {
  const uint32_t precision = field.decimal_precision;
  if (precision == 0 || field.decimal_scale > precision) {
    return "DECIMAL(" + std::to_string(precision) + ", " + std::to_string(field.decimal_scale) +
           ") needs precision ≥ 1 and scale ≤ precision";
  }
  uint32_t max_precision = 0;
  switch (field.physical_type) {
    case PQFLOW_PHYSICAL_INT32:
      max_precision = kMaxInt32Precision;
      break;
    case PQFLOW_PHYSICAL_INT64:
      max_precision = kMaxInt64Precision;
      break;
    case PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY:
      max_precision = max_decimal_precision(field.type_length_bytes);
      break;
    default:
      return needs("DECIMAL", "physical type INT32, INT64 or FIXED_LEN_BYTE_ARRAY");
  }
  if (precision > max_precision) {
    return "DECIMAL precision " + std::to_string(precision) + " does not fit " + physical_name(field.physical_type) + ", which holds " +
           std::to_string(max_precision) + " digits";
  }
  if (is_integer_storage(field.storage) && !is_signed_storage(field.storage)) {
    return needs("DECIMAL", "a signed storage");
  }
  return {};
}

std::string check_integer(const pqflow_field& field) {
  const uint32_t bit_width = field.integer_bit_width;
  if (bit_width != 8 && bit_width != 16 && bit_width != 32 && bit_width != 64) {
    return "INTEGER bit width " + std::to_string(bit_width) + " is not 8, 16, 32 or 64";
  }
  if (field.integer_is_signed > 1) {
    return "INTEGER integer_is_signed must be 0 or 1";
  }
  if (field.physical_type != (bit_width == 64 ? PQFLOW_PHYSICAL_INT64 : PQFLOW_PHYSICAL_INT32)) {
    return needs("INTEGER of " + std::to_string(bit_width) + " bits", bit_width == 64 ? "physical type INT64" : "physical type INT32");
  }
  if (field.storage == PQFLOW_STORAGE_NONE) {
    return {};
  }
  if (is_signed_storage(field.storage) != (field.integer_is_signed == 1) || fixed_storage_bytes(field.storage) * 8 > bit_width) {
    return "storage " + storage_name(field.storage) + " holds values outside INTEGER(" + std::to_string(bit_width) + ", " +
           (field.integer_is_signed == 1 ? "signed)" : "unsigned)");
  }
  return {};
}

std::string check_time(const pqflow_field& field) {
  if (field.time_unit < PQFLOW_UNIT_MILLIS || field.time_unit > PQFLOW_UNIT_NANOS || field.is_adjusted_to_utc > 1) {
    return needs(logical_name(field.logical_type), "time_unit MILLIS, MICROS or NANOS and is_adjusted_to_utc 0 or 1");
  }
  const bool is_narrow = field.logical_type == PQFLOW_LOGICAL_TIME && field.time_unit == PQFLOW_UNIT_MILLIS;
  if (is_narrow) {
    const bool fits = field.physical_type == PQFLOW_PHYSICAL_INT32 && has_storage(field, PQFLOW_STORAGE_INT32);
    return fits ? "" : needs("TIME in milliseconds", "storage INT32 and physical type INT32");
  }
  const bool fits = field.physical_type == PQFLOW_PHYSICAL_INT64 && has_storage(field, PQFLOW_STORAGE_INT64);
  return fits ? "" : needs(logical_name(field.logical_type) + " in this unit", "storage INT64 and physical type INT64");
}

std::string check_unannotated(const pqflow_field& field) {
  // A plain INT32 or INT64 is read as signed: the upper half of an unsigned type of the same width would come back negative.
  const bool fills_physical_type = field.storage == PQFLOW_STORAGE_UINT64 || field.storage == PQFLOW_STORAGE_UINT32;
  if (fills_physical_type && field.physical_type != PQFLOW_PHYSICAL_BYTE_ARRAY) {
    return needs("storage " + storage_name(field.storage), "logical type INTEGER, unsigned");
  }
  return {};
}

}  // namespace

bool is_integer_storage(uint8_t storage) noexcept { return storage >= PQFLOW_STORAGE_INT8 && storage <= PQFLOW_STORAGE_UINT64; }

bool is_signed_storage(uint8_t storage) noexcept { return storage >= PQFLOW_STORAGE_INT8 && storage <= PQFLOW_STORAGE_INT64; }

bool is_floating_storage(uint8_t storage) noexcept { return storage == PQFLOW_STORAGE_FLOAT || storage == PQFLOW_STORAGE_DOUBLE; }

bool is_text_storage(uint8_t storage) noexcept { return storage >= PQFLOW_STORAGE_PADDED_TEXT && storage <= PQFLOW_STORAGE_COUNTED_16; }

bool must_be_utf8(uint8_t logical_type) noexcept {
  return logical_type == PQFLOW_LOGICAL_STRING || logical_type == PQFLOW_LOGICAL_JSON || logical_type == PQFLOW_LOGICAL_ENUM;
}

uint32_t fixed_storage_bytes(uint8_t storage) noexcept {
  switch (storage) {
    case PQFLOW_STORAGE_BOOL:
    case PQFLOW_STORAGE_INT8:
    case PQFLOW_STORAGE_UINT8:
      return 1;
    case PQFLOW_STORAGE_INT16:
    case PQFLOW_STORAGE_UINT16:
      return 2;
    case PQFLOW_STORAGE_INT32:
    case PQFLOW_STORAGE_UINT32:
    case PQFLOW_STORAGE_FLOAT:
      return 4;
    case PQFLOW_STORAGE_INT64:
    case PQFLOW_STORAGE_UINT64:
    case PQFLOW_STORAGE_DOUBLE:
      return 8;
    default:
      return 0;
  }
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

std::string storage_name(uint8_t storage) {
  static constexpr std::array<const char*, 16> kNames = {"NONE",        "BOOL",        "INT8",      "INT16",     "INT32", "INT64",
                                                         "UINT8",       "UINT16",      "UINT32",    "UINT64",    "FLOAT", "DOUBLE",
                                                         "FIXED_BYTES", "PADDED_TEXT", "COUNTED_8", "COUNTED_16"};
  return name_of(kNames, storage);
}

std::string physical_name(uint8_t physical_type) {
  static constexpr std::array<const char*, 8> kNames = {"BOOLEAN", "INT32",  "INT64",      "INT96",
                                                        "FLOAT",   "DOUBLE", "BYTE_ARRAY", "FIXED_LEN_BYTE_ARRAY"};
  return name_of(kNames, physical_type);
}

std::string logical_name(uint8_t logical_type) {
  static constexpr std::array<const char*, 16> kNames = {"NONE",      "STRING", "MAP",     "LIST",    "ENUM", "DECIMAL", "DATE", "TIME",
                                                         "TIMESTAMP", nullptr,  "INTEGER", "UNKNOWN", "JSON", "BSON",    "UUID", "FLOAT16"};
  return name_of(kNames, logical_type);
}

std::string check_storage_width(const pqflow_field& field) {
  const uint32_t expected_bytes = fixed_storage_bytes(field.storage);
  if (expected_bytes != 0) {
    return field.width_bytes == expected_bytes ? ""
                                               : "storage " + storage_name(field.storage) + " is " + std::to_string(expected_bytes) +
                                                     " bytes wide, but " + width_text(field);
  }
  switch (field.storage) {
    case PQFLOW_STORAGE_FIXED_BYTES:
      return field.width_bytes == field.type_length_bytes ? ""
                                                          : "storage FIXED_BYTES is type_length_bytes " +
                                                                std::to_string(field.type_length_bytes) + " wide, but " + width_text(field);
    case PQFLOW_STORAGE_PADDED_TEXT:
      return field.width_bytes >= 1 ? "" : "storage PADDED_TEXT needs width_bytes ≥ 1";
    case PQFLOW_STORAGE_COUNTED_8:
      return field.width_bytes >= 2 && field.width_bytes <= 256 ? ""
                                                                : "storage COUNTED_8 needs width_bytes 2 … 256, but " + width_text(field);
    case PQFLOW_STORAGE_COUNTED_16:
      return field.width_bytes >= 3 && field.width_bytes <= 65537
                 ? ""
                 : "storage COUNTED_16 needs width_bytes 3 … 65537, but " + width_text(field);
    default:
      return "storage " + storage_name(field.storage) + " is not known";
  }
}

std::string check_physical_type(const pqflow_field& field) {
  if (field.physical_type > PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY || field.physical_type == PQFLOW_PHYSICAL_INT96) {
    return "physical type " + physical_name(field.physical_type) + " cannot be written";
  }
  const bool is_fixed_length = field.physical_type == PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY;
  if (is_fixed_length != (field.type_length_bytes != 0)) {
    return is_fixed_length ? "FIXED_LEN_BYTE_ARRAY needs type_length_bytes ≥ 1" : "type_length_bytes is for FIXED_LEN_BYTE_ARRAY only";
  }
  const bool is_named_code = is_integer_storage(field.storage) && field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY;
  if (is_named_code != (field.enum_value_count != 0)) {
    return is_named_code ? "an integer storage written as BYTE_ARRAY needs enum_values"
                         : "enum_values are for integer storages written as BYTE_ARRAY only";
  }
  if (field.storage != PQFLOW_STORAGE_NONE && !is_named_code && field.physical_type != physical_of_storage(field)) {
    return "storage " + storage_name(field.storage) + " cannot be written as " + physical_name(field.physical_type);
  }
  return {};
}

std::string check_logical_type(const pqflow_field& field) {
  const std::string name = logical_name(field.logical_type);
  switch (field.logical_type) {
    case PQFLOW_LOGICAL_NONE:
      return check_unannotated(field);
    case PQFLOW_LOGICAL_STRING:
    case PQFLOW_LOGICAL_ENUM:
    case PQFLOW_LOGICAL_JSON:
    case PQFLOW_LOGICAL_BSON:
      return field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY ? "" : needs(name, "physical type BYTE_ARRAY");
    case PQFLOW_LOGICAL_DECIMAL:
      return check_decimal(field);
    case PQFLOW_LOGICAL_DATE:
      return field.physical_type == PQFLOW_PHYSICAL_INT32 && has_storage(field, PQFLOW_STORAGE_INT32)
                 ? ""
                 : needs(name, "storage INT32 and physical type INT32");
    case PQFLOW_LOGICAL_TIME:
    case PQFLOW_LOGICAL_TIMESTAMP:
      return check_time(field);
    case PQFLOW_LOGICAL_INTEGER:
      return check_integer(field);
    case PQFLOW_LOGICAL_UUID:
      return field.physical_type == PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY && field.type_length_bytes == kUuidBytes
                 ? ""
                 : needs(name, "physical type FIXED_LEN_BYTE_ARRAY of 16 bytes");
    default:
      return "logical type " + name + " is not available in this version";
  }
}

}  // namespace pqflow::columns
