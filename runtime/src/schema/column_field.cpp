#include "schema/column_field.hpp"

#include <pqflow/lane.h>

#include "columns/storage_traits.hpp"

namespace pqflow::schema {
namespace {

constexpr uint32_t kInt96Bytes = 12;
constexpr uint32_t kUuidBytes = 16;
constexpr uint32_t kIntervalBytes = 12;
constexpr uint32_t kFloat16Bytes = 2;
constexpr uint32_t kMaxOneByteLength = 255;
constexpr uint32_t kMaxTwoByteLength = 65535;

bool is_padded(const pqflow_column& column) { return column.storage == PQFLOW_STORAGE_PADDED_TEXT; }

bool is_time(const pqflow_column& column) {
  return column.logical_type == PQFLOW_LOGICAL_TIME || column.logical_type == PQFLOW_LOGICAL_TIMESTAMP;
}

// NONE for a width that is none: the check of the logical type says so.
uint8_t integer_storage(const pqflow_column& column) {
  const bool is_signed = column.integer_is_signed != 0;
  switch (column.integer_bit_width) {
    case 8:
      return is_signed ? PQFLOW_STORAGE_INT8 : PQFLOW_STORAGE_UINT8;
    case 16:
      return is_signed ? PQFLOW_STORAGE_INT16 : PQFLOW_STORAGE_UINT16;
    case 32:
      return is_signed ? PQFLOW_STORAGE_INT32 : PQFLOW_STORAGE_UINT32;
    case 64:
      return is_signed ? PQFLOW_STORAGE_INT64 : PQFLOW_STORAGE_UINT64;
    default:
      return PQFLOW_STORAGE_NONE;
  }
}

uint8_t byte_array_storage(const pqflow_column& column) {
  if (column.logical_type == PQFLOW_LOGICAL_DECIMAL) {
    return PQFLOW_STORAGE_FIXED_BYTES;
  }
  return column.length_bytes <= kMaxOneByteLength ? PQFLOW_STORAGE_COUNTED_8 : PQFLOW_STORAGE_COUNTED_16;
}

uint8_t default_storage(const pqflow_column& column) {
  if (column.logical_type == PQFLOW_LOGICAL_INTEGER && integer_storage(column) != PQFLOW_STORAGE_NONE) {
    return integer_storage(column);
  }
  switch (column.physical_type) {
    case PQFLOW_PHYSICAL_BOOLEAN:
      return PQFLOW_STORAGE_BOOL;
    case PQFLOW_PHYSICAL_INT64:
      return PQFLOW_STORAGE_INT64;
    case PQFLOW_PHYSICAL_FLOAT:
      return PQFLOW_STORAGE_FLOAT;
    case PQFLOW_PHYSICAL_DOUBLE:
      return PQFLOW_STORAGE_DOUBLE;
    case PQFLOW_PHYSICAL_BYTE_ARRAY:
      return byte_array_storage(column);
    case PQFLOW_PHYSICAL_INT96:
      return PQFLOW_STORAGE_FIXED_BYTES;
    case PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY:
      return column.logical_type == PQFLOW_LOGICAL_FLOAT16 ? PQFLOW_STORAGE_FLOAT16 : PQFLOW_STORAGE_FIXED_BYTES;
    default:
      return PQFLOW_STORAGE_INT32;
  }
}

// Types of one length need not repeat it.
uint32_t fixed_length_bytes(const pqflow_column& column) {
  if (column.length_bytes != 0) {
    return column.length_bytes;
  }
  switch (column.logical_type) {
    case PQFLOW_LOGICAL_UUID:
      return kUuidBytes;
    case PQFLOW_LOGICAL_INTERVAL:
      return kIntervalBytes;
    case PQFLOW_LOGICAL_FLOAT16:
      return kFloat16Bytes;
    default:
      return 0;
  }
}

uint32_t width_bytes(const pqflow_column& column, uint8_t storage) {
  switch (storage) {
    case PQFLOW_STORAGE_FIXED_BYTES:
      return column.physical_type == PQFLOW_PHYSICAL_INT96 ? kInt96Bytes : fixed_length_bytes(column);
    case PQFLOW_STORAGE_PADDED_TEXT:
      return column.length_bytes;
    case PQFLOW_STORAGE_COUNTED_8:
      return column.length_bytes + 1;
    case PQFLOW_STORAGE_COUNTED_16:
      return column.length_bytes + 2;
    default:
      return columns::fixed_storage_bytes(storage);
  }
}

void set_null(const pqflow_column& column, pqflow_field& field) {
  const bool is_optional = column.null_kind != PQFLOW_NULL_NEVER;
  field.repetition = is_optional ? PQFLOW_REPETITION_OPTIONAL : PQFLOW_REPETITION_REQUIRED;
  field.max_definition_level = is_optional ? 1 : 0;
  field.null_kind = column.null_kind;
  field.null_value_bits = column.null_value_bits;
}

void set_logical_type(const pqflow_column& column, pqflow_field& field) {
  field.logical_type = column.logical_type;
  field.time_unit = column.time_unit;
  field.is_adjusted_to_utc = column.is_adjusted_to_utc;
  field.integer_bit_width = column.integer_bit_width;
  field.integer_is_signed = column.integer_is_signed;
  field.decimal_precision = column.decimal_precision;
  field.decimal_scale = column.decimal_scale;
}

uint8_t storage_of(const pqflow_column& column) { return column.storage != PQFLOW_STORAGE_NONE ? column.storage : default_storage(column); }

// Most bytes that length_bytes may ask for; 0 where the type has a length of its own.
uint32_t max_length_bytes(const pqflow_column& column) {
  switch (storage_of(column)) {
    case PQFLOW_STORAGE_COUNTED_8:
      return kMaxOneByteLength;
    case PQFLOW_STORAGE_COUNTED_16:
      return kMaxTwoByteLength;
    case PQFLOW_STORAGE_PADDED_TEXT:
      return PQFLOW_RECORD_SIZE_MAX_BYTES;
    case PQFLOW_STORAGE_FIXED_BYTES:
      return column.physical_type == PQFLOW_PHYSICAL_INT96 ? 0 : PQFLOW_RECORD_SIZE_MAX_BYTES;
    case PQFLOW_STORAGE_FLOAT16:
      return kFloat16Bytes;
    default:
      return 0;
  }
}

struct Member {
  const char* name;
  bool is_set;
  bool is_used;
  const char* use;
};

}  // namespace

std::string check_unused_members(const pqflow_column& column) {
  const bool is_integer = column.logical_type == PQFLOW_LOGICAL_INTEGER;
  const bool is_decimal = column.logical_type == PQFLOW_LOGICAL_DECIMAL;
  const Member members[] = {
      {"time_unit", column.time_unit != 0, is_time(column), "is for logical types TIME and TIMESTAMP"},
      {"is_adjusted_to_utc", column.is_adjusted_to_utc != 0, is_time(column), "is for logical types TIME and TIMESTAMP"},
      {"integer_bit_width", column.integer_bit_width != 0, is_integer, "is for logical type INTEGER"},
      {"integer_is_signed", column.integer_is_signed != 0, is_integer, "is for logical type INTEGER"},
      {"decimal_precision", column.decimal_precision != 0, is_decimal, "is for logical type DECIMAL"},
      {"decimal_scale", column.decimal_scale != 0, is_decimal, "is for logical type DECIMAL"},
      {"pad_byte", column.pad_byte != 0, is_padded(column), "is for storage PADDED_TEXT"},
      {"null_value_bits", column.null_value_bits != 0, column.null_kind == PQFLOW_NULL_SENTINEL, "is for null_kind SENTINEL"},
      {"enum_values", column.enum_values != nullptr, column.enum_value_count != 0, "needs its enum_value_count"},
      {"unknown_code", column.unknown_code != 0, column.enum_value_count != 0, "is for columns with enum_values"},
      {"field_id", column.field_id != 0, column.has_field_id != 0, "needs has_field_id = 1"},
      {"codec", column.codec != 0, column.has_codec != 0, "needs has_codec = 1"},
      {"has_codec_level", column.has_codec_level != 0, column.has_codec != 0, "needs has_codec = 1"},
      {"codec_level", column.codec_level != 0, column.has_codec_level != 0, "needs has_codec_level = 1"},
      {"encoding", column.encoding != 0, column.has_encoding != 0, "needs has_encoding = 1"},
      {"statistics", column.statistics != 0, column.has_statistics != 0, "needs has_statistics = 1"},
  };
  for (const Member& member : members) {
    if (member.is_set && !member.is_used) {
      return std::string(member.name) + " is set, but it " + member.use + "; set it to 0";
    }
  }
  return {};
}

std::string check_length(const pqflow_column& column) {
  const uint32_t max_bytes = max_length_bytes(column);
  if (max_bytes == 0) {
    return column.length_bytes == 0 ? "" : "length_bytes is set, but its type has a length of its own; set it to 0";
  }
  if (fixed_length_bytes(column) == 0) {
    return "length_bytes is 0; set it to the bytes that the longest value needs, up to " + std::to_string(max_bytes);
  }
  return column.length_bytes <= max_bytes ? ""
                                          : "length_bytes " + std::to_string(column.length_bytes) + " is more than the " +
                                                std::to_string(max_bytes) + " that its storage holds; shorten it";
}

pqflow_field make_field(const pqflow_column& column) {
  pqflow_field field = {};
  field.name = column.name;
  field.member = column.name;
  field.enum_values = column.enum_value_count != 0 ? column.enum_values : nullptr;
  field.enum_value_count = column.enum_value_count;
  field.unknown_code = column.unknown_code;
  field.field_id = column.has_field_id != 0 ? column.field_id : PQFLOW_FIELD_ID_NONE;
  field.storage = storage_of(column);
  field.width_bytes = width_bytes(column, field.storage);
  field.physical_type = column.physical_type;
  field.type_length_bytes = column.physical_type == PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY ? fixed_length_bytes(column) : 0;
  field.pad_byte = column.pad_byte;
  field.codec = column.has_codec != 0 ? column.codec : static_cast<uint8_t>(PQFLOW_CODEC_FROM_FILE);
  field.codec_level = column.has_codec_level != 0 ? column.codec_level : PQFLOW_CODEC_LEVEL_DEFAULT;
  field.statistics = column.has_statistics != 0 ? column.statistics : static_cast<uint8_t>(PQFLOW_COLUMN_STATISTICS_PAGE);
  field.bloom_filter_fpp = column.bloom_filter_fpp;
  field.bloom_filter_ndv = column.bloom_filter_ndv;
  field.encoding = column.has_encoding != 0 ? column.encoding : static_cast<uint8_t>(PQFLOW_ENCODING_AUTO);
  set_null(column, field);
  set_logical_type(column, field);
  return field;
}

}  // namespace pqflow::schema
