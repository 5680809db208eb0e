#include "parquet/schema_elements.hpp"

#include <string_view>

#include "parquet/thrift_writer.hpp"

namespace pqflow::parquet {
namespace {

// enum ConvertedType
enum Converted : int32_t {
  kUtf8 = 0,
  kMap = 1,
  kList = 3,
  kEnum = 4,
  kDecimal = 5,
  kDate = 6,
  kTimeMillis = 7,
  kTimeMicros = 8,
  kTimestampMillis = 9,
  kTimestampMicros = 10,
  kUint8 = 11,
  kInt8 = 15,
  kJson = 19,
  kInterval = 21
};

// By unit; NANOS has none.
int32_t converted_time(const pqflow_field& field, int32_t millis, int32_t micros) noexcept {
  switch (field.time_unit) {
    case PQFLOW_UNIT_MILLIS:
      return millis;
    case PQFLOW_UNIT_MICROS:
      return micros;
    default:
      return kNoConvertedType;
  }
}

int32_t converted_integer(const pqflow_field& field) noexcept {
  const int32_t first = field.integer_is_signed != 0 ? kInt8 : kUint8;
  switch (field.integer_bit_width) {
    case 8:
      return first;
    case 16:
      return first + 1;
    case 32:
      return first + 2;
    default:
      return first + 3;
  }
}

void encode_time(const pqflow_field& field, ThriftWriter& thrift) {
  thrift.field_bool(1, field.is_adjusted_to_utc != 0);
  thrift.field_struct(2);
  thrift.field_empty_struct(field.time_unit);  // union TimeUnit numbers its members as pqflow_time_unit does.
  thrift.end_struct();
}

// union LogicalType: one member, whose id is the number in pqflow_logical_type.
void encode_logical_type(const pqflow_field& field, ThriftWriter& thrift) {
  thrift.field_struct(10);
  thrift.field_struct(field.logical_type);
  switch (field.logical_type) {
    case PQFLOW_LOGICAL_DECIMAL:
      thrift.field_i32(1, field.decimal_scale);
      thrift.field_i32(2, field.decimal_precision);
      break;
    case PQFLOW_LOGICAL_TIME:
    case PQFLOW_LOGICAL_TIMESTAMP:
      encode_time(field, thrift);
      break;
    case PQFLOW_LOGICAL_INTEGER:
      thrift.field_i8(1, static_cast<int8_t>(field.integer_bit_width));
      thrift.field_bool(2, field.integer_is_signed != 0);
      break;
    default:
      break;  // The others are empty structs.
  }
  thrift.end_struct();
  thrift.end_struct();
}

void encode_annotation(const pqflow_field& field, ThriftWriter& thrift) {
  if (const int32_t converted = converted_type(field); converted != kNoConvertedType) {
    thrift.field_i32(6, converted);
  }
  if (field.logical_type == PQFLOW_LOGICAL_DECIMAL) {
    thrift.field_i32(7, field.decimal_scale);
    thrift.field_i32(8, field.decimal_precision);
  }
  if (field.field_id != PQFLOW_FIELD_ID_NONE) {
    thrift.field_i32(9, field.field_id);
  }
  if (field.logical_type != PQFLOW_LOGICAL_NONE && field.logical_type != PQFLOW_LOGICAL_INTERVAL) {  // The union reserves 9 for INTERVAL.
    encode_logical_type(field, thrift);
  }
}

void encode_element(const pqflow_field& field, ThriftWriter& thrift) {
  const bool is_leaf = field.child_count == 0;
  thrift.begin_struct();
  if (is_leaf) {
    thrift.field_i32(1, field.physical_type);
  }
  if (field.type_length_bytes != 0) {
    thrift.field_i32(2, static_cast<int32_t>(field.type_length_bytes));
  }
  thrift.field_i32(3, field.repetition);
  thrift.field_string(4, field.name);
  if (!is_leaf) {
    thrift.field_i32(5, static_cast<int32_t>(field.child_count));
  }
  encode_annotation(field, thrift);
  thrift.end_struct();
}

// Fields that are not below another one.
int32_t top_level_count(const columns::RecordSchema& schema) {
  int32_t count = 0;
  size_t open_count = 0;  // Descendants of the current top field still to come.
  for (const pqflow_field& field : schema.fields) {
    count += open_count == 0 ? 1 : 0;
    open_count = open_count == 0 ? field.child_count : open_count - 1 + field.child_count;
  }
  return count;
}

void encode_root(const columns::RecordSchema& schema, ThriftWriter& thrift) {
  thrift.begin_struct();
  thrift.field_string(4, schema.name);  // The root alone has no repetition.
  thrift.field_i32(5, top_level_count(schema));
  thrift.end_struct();
}

}  // namespace

int32_t converted_type(const pqflow_field& field) noexcept {
  switch (field.logical_type) {
    case PQFLOW_LOGICAL_STRING:
      return kUtf8;
    case PQFLOW_LOGICAL_MAP:
      return kMap;
    case PQFLOW_LOGICAL_LIST:
      return kList;
    case PQFLOW_LOGICAL_ENUM:
      return kEnum;
    case PQFLOW_LOGICAL_DECIMAL:
      return kDecimal;
    case PQFLOW_LOGICAL_DATE:
      return kDate;
    case PQFLOW_LOGICAL_TIME:
      return converted_time(field, kTimeMillis, kTimeMicros);
    case PQFLOW_LOGICAL_TIMESTAMP:
      return converted_time(field, kTimestampMillis, kTimestampMicros);
    case PQFLOW_LOGICAL_INTEGER:
      return converted_integer(field);
    case PQFLOW_LOGICAL_JSON:
      return kJson;
    case PQFLOW_LOGICAL_BSON:
      return kNoConvertedType;  // One exists; DuckDB 1.5 refuses a whole file that has a column with it, and reads the logical type.
    case PQFLOW_LOGICAL_INTERVAL:
      return kInterval;
    default:
      return kNoConvertedType;
  }
}

void encode_schema_elements(const columns::RecordSchema& schema, std::vector<uint8_t>& out) {
  ThriftWriter thrift(out);
  encode_root(schema, thrift);
  for (const pqflow_field& field : schema.fields) {
    encode_element(field, thrift);
  }
}

}  // namespace pqflow::parquet
