#include "columns/logical_rules.hpp"

#include "columns/storage_traits.hpp"
#include "columns/type_rules.hpp"

namespace pqflow::columns {
namespace {

constexpr uint32_t kFloat16Bytes = 2;
constexpr uint32_t kIntervalBytes = 12;
constexpr uint32_t kUuidBytes = 16;

std::string needs(const std::string& subject, const std::string& what) { return subject + " needs " + what; }

// A constant has no storage: its bytes are the value.
bool has_storage(const pqflow_field& field, uint8_t storage) { return field.storage == PQFLOW_STORAGE_NONE || field.storage == storage; }

bool is_fixed_of(const pqflow_field& field, uint32_t size_bytes) {
  return field.physical_type == PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY && field.type_length_bytes == size_bytes;
}

// The bytes that bound a decimal's digits: those of its type, of a BYTE_ARRAY those of its storage. 0: nothing does.
uint32_t decimal_bytes(const pqflow_field& field) {
  return field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY ? field.width_bytes : physical_bytes(field);
}

std::string check_decimal_precision(const pqflow_field& field) {
  const uint32_t precision = field.decimal_precision;
  const uint32_t size_bytes = decimal_bytes(field);
  if (size_bytes == 0 || precision <= max_decimal_precision(size_bytes)) {
    return {};
  }
  const bool is_byte_array = field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY;
  const std::string type = is_byte_array ? "storage " + storage_name(field.storage) : physical_name(field.physical_type);
  return "DECIMAL precision " + std::to_string(precision) + " does not fit " + type + ", which holds " +
         std::to_string(max_decimal_precision(size_bytes)) + " digits";
}

// LogicalTypes.md: "The minimum number of bytes to store the unscaled value should be used." Bounds compare lengths before bytes.
bool has_fewest_bytes(const uint8_t* value, uint32_t size_bytes) {
  if (size_bytes < 2) {
    return size_bytes == 1;
  }
  const bool is_next_negative = (value[1] & 0x80) != 0;
  return value[0] != (is_next_negative ? 0xff : 0x00);
}

std::string check_decimal(const pqflow_field& field) {
  if (field.decimal_precision == 0 || field.decimal_scale > field.decimal_precision) {
    return "DECIMAL(" + std::to_string(field.decimal_precision) + ", " + std::to_string(field.decimal_scale) +
           ") needs precision ≥ 1 and scale ≤ precision";
  }
  switch (field.physical_type) {
    case PQFLOW_PHYSICAL_INT32:
    case PQFLOW_PHYSICAL_INT64:
    case PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY:
    case PQFLOW_PHYSICAL_BYTE_ARRAY:
      break;
    default:
      return needs("DECIMAL", "physical type INT32, INT64, FIXED_LEN_BYTE_ARRAY or BYTE_ARRAY");
  }
  if (is_text_storage(field.storage) || (is_integer_storage(field.storage) && !is_signed_storage(field.storage))) {
    return needs("DECIMAL", "a signed storage or FIXED_BYTES");
  }
  const bool is_constant_byte_array = field.storage == PQFLOW_STORAGE_NONE && field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY;
  if (is_constant_byte_array && !has_fewest_bytes(field.constant_value, field.constant_length_bytes)) {
    return "a DECIMAL constant of type BYTE_ARRAY must be two's complement in the fewest bytes, one at least";
  }
  return check_decimal_precision(field);
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

std::string check_date(const pqflow_field& field) {
  const bool fits = field.physical_type == PQFLOW_PHYSICAL_INT32 && has_storage(field, PQFLOW_STORAGE_INT32);
  return fits ? "" : needs("DATE", "storage INT32 and physical type INT32");
}

std::string check_unannotated(const pqflow_field& field) {
  // A plain INT32 or INT64 is read as signed: the upper half of an unsigned type of the same width would come back negative.
  const bool fills_physical_type = field.storage == PQFLOW_STORAGE_UINT64 || field.storage == PQFLOW_STORAGE_UINT32;
  if (fills_physical_type && field.physical_type != PQFLOW_PHYSICAL_BYTE_ARRAY) {
    return needs("storage " + storage_name(field.storage), "logical type INTEGER, unsigned");
  }
  return {};
}

std::string check_text_type(const pqflow_field& field) {
  return field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY ? "" : needs(logical_name(field.logical_type), "physical type BYTE_ARRAY");
}

// A document ends with a zero byte, which padding would cut; a code has a name and no document.
std::string check_bson(const pqflow_field& field) {
  if (field.storage != PQFLOW_STORAGE_NONE && !is_counted_storage(field.storage)) {
    return needs("BSON", "storage COUNTED_8 or COUNTED_16 and physical type BYTE_ARRAY");
  }
  return check_text_type(field);
}

std::string check_fixed(const pqflow_field& field, uint32_t size_bytes, uint8_t storage) {
  return is_fixed_of(field, size_bytes) && has_storage(field, storage)
             ? ""
             : needs(logical_name(field.logical_type), "storage " + storage_name(storage) + " and physical type FIXED_LEN_BYTE_ARRAY of " +
                                                           std::to_string(size_bytes) + " bytes");
}

}  // namespace

std::string check_logical_type(const pqflow_field& field) {
  if (field.physical_type == PQFLOW_PHYSICAL_INT96 && field.logical_type != PQFLOW_LOGICAL_NONE) {
    return "physical type INT96 has no logical type, but logical_type is " + logical_name(field.logical_type);
  }
  if (field.storage == PQFLOW_STORAGE_FLOAT16 && field.logical_type != PQFLOW_LOGICAL_FLOAT16) {
    return needs("storage FLOAT16", "logical type FLOAT16");
  }
  switch (field.logical_type) {
    case PQFLOW_LOGICAL_NONE:
      return check_unannotated(field);
    case PQFLOW_LOGICAL_STRING:
    case PQFLOW_LOGICAL_ENUM:
    case PQFLOW_LOGICAL_JSON:
      return check_text_type(field);
    case PQFLOW_LOGICAL_BSON:
      return check_bson(field);
    case PQFLOW_LOGICAL_DECIMAL:
      return check_decimal(field);
    case PQFLOW_LOGICAL_DATE:
      return check_date(field);
    case PQFLOW_LOGICAL_TIME:
    case PQFLOW_LOGICAL_TIMESTAMP:
      return check_time(field);
    case PQFLOW_LOGICAL_INTERVAL:
      return check_fixed(field, kIntervalBytes, PQFLOW_STORAGE_FIXED_BYTES);
    case PQFLOW_LOGICAL_INTEGER:
      return check_integer(field);
    case PQFLOW_LOGICAL_UUID:
      return check_fixed(field, kUuidBytes, PQFLOW_STORAGE_FIXED_BYTES);
    case PQFLOW_LOGICAL_FLOAT16:
      return check_fixed(field, kFloat16Bytes, PQFLOW_STORAGE_FLOAT16);
    case PQFLOW_LOGICAL_UNKNOWN:
      return field.null_kind == PQFLOW_NULL_ALWAYS ? "" : needs("UNKNOWN", "an optional field with null_kind ALWAYS");
    case PQFLOW_LOGICAL_MAP:
    case PQFLOW_LOGICAL_LIST:
      return needs(logical_name(field.logical_type), "a group");
    default:
      return "logical type " + logical_name(field.logical_type) + " is not available in this version";
  }
}

}  // namespace pqflow::columns
