#include "columns/encoding_rules.hpp"

namespace pqflow::columns {
namespace {

bool is_integer(const pqflow_field& field) noexcept {
  return field.physical_type == PQFLOW_PHYSICAL_INT32 || field.physical_type == PQFLOW_PHYSICAL_INT64;
}
bool is_floating(const pqflow_field& field) noexcept {
  return field.physical_type == PQFLOW_PHYSICAL_FLOAT || field.physical_type == PQFLOW_PHYSICAL_DOUBLE;
}
bool is_fixed_bytes(const pqflow_field& field) noexcept { return field.physical_type == PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY; }

}  // namespace

bool is_encoding_of(const pqflow_field& field, uint8_t encoding) noexcept {
  const bool is_bytes = is_fixed_bytes(field) || field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY;
  switch (encoding) {
    case PQFLOW_ENCODING_PLAIN:
    case PQFLOW_ENCODING_AUTO:
    case PQFLOW_ENCODING_AUTO_NO_DICTIONARY:
      return true;
    case PQFLOW_ENCODING_RLE:
      return field.physical_type == PQFLOW_PHYSICAL_BOOLEAN;
    case PQFLOW_ENCODING_RLE_DICTIONARY:
      return field.physical_type != PQFLOW_PHYSICAL_BOOLEAN;
    case PQFLOW_ENCODING_DELTA_BINARY_PACKED:
      return is_integer(field);
    case PQFLOW_ENCODING_DELTA_LENGTH_BYTE_ARRAY:
      return field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY;
    case PQFLOW_ENCODING_DELTA_BYTE_ARRAY:
      return is_bytes;
    case PQFLOW_ENCODING_BYTE_STREAM_SPLIT:
      return is_integer(field) || is_floating(field) || is_fixed_bytes(field);
    default:
      return false;
  }
}

bool may_have_dictionary(const pqflow_field& field) noexcept {
  return field.physical_type != PQFLOW_PHYSICAL_BOOLEAN && field.logical_type != PQFLOW_LOGICAL_UNKNOWN &&
         (field.encoding == PQFLOW_ENCODING_AUTO || field.encoding == PQFLOW_ENCODING_RLE_DICTIONARY);
}

const char* encoding_name(uint8_t encoding) noexcept {
  switch (encoding) {
    case PQFLOW_ENCODING_PLAIN:
      return "PLAIN";
    case PQFLOW_ENCODING_RLE:
      return "RLE";
    case PQFLOW_ENCODING_DELTA_BINARY_PACKED:
      return "DELTA_BINARY_PACKED";
    case PQFLOW_ENCODING_DELTA_LENGTH_BYTE_ARRAY:
      return "DELTA_LENGTH_BYTE_ARRAY";
    case PQFLOW_ENCODING_DELTA_BYTE_ARRAY:
      return "DELTA_BYTE_ARRAY";
    case PQFLOW_ENCODING_RLE_DICTIONARY:
      return "RLE_DICTIONARY";
    case PQFLOW_ENCODING_BYTE_STREAM_SPLIT:
      return "BYTE_STREAM_SPLIT";
    case PQFLOW_ENCODING_AUTO:
      return "AUTO";
    case PQFLOW_ENCODING_AUTO_NO_DICTIONARY:
      return "AUTO_NO_DICTIONARY";
    default:
      return nullptr;
  }
}

}  // namespace pqflow::columns
