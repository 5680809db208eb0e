#include "schema/resolved.hpp"

#include <pqflow/lane.h>

#include <cinttypes>
#include <cstdio>

#include "columns/storage_traits.hpp"
#include "columns/type_rules.hpp"
#include "schema/json_text.hpp"

namespace pqflow::schema {
namespace {

std::string hexadecimal(uint64_t value, const char* format) {
  char text[24];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

std::string fingerprint_text(uint64_t value) { return hexadecimal(value, "%016" PRIx64); }

const char* unit_name(uint8_t unit) { return unit == PQFLOW_UNIT_MILLIS ? "MILLIS" : unit == PQFLOW_UNIT_MICROS ? "MICROS" : "NANOS"; }

bool is_padded(const pqflow_field& field) { return field.storage == PQFLOW_STORAGE_PADDED_TEXT; }

void write_null(JsonText& json, const pqflow_field& field) {
  json.open('{').key("kind");
  switch (field.null_kind) {
    case PQFLOW_NULL_BIT:
      json.text("BIT").key("byte_offset_bytes").number(field.null_byte_offset_bytes).key("bit_index").number(field.null_bit_index);
      json.key("when_present").number(field.null_bit_when_present);
      break;
    case PQFLOW_NULL_SENTINEL:
      json.text("SENTINEL").key("bits").text(hexadecimal(field.null_value_bits, "0x%" PRIx64));
      break;
    default:
      json.text(field.null_kind == PQFLOW_NULL_NAN ? "NAN" : "NEVER");
  }
  json.close('}');
}

void write_logical_type(JsonText& json, const pqflow_field& field) {
  json.key("logical_type").open('{').key("kind").text(columns::logical_name(field.logical_type));
  switch (field.logical_type) {
    case PQFLOW_LOGICAL_DECIMAL:
      json.key("precision").number(field.decimal_precision).key("scale").number(field.decimal_scale);
      break;
    case PQFLOW_LOGICAL_TIME:
    case PQFLOW_LOGICAL_TIMESTAMP:
      json.key("unit").text(unit_name(field.time_unit)).key("is_adjusted_to_utc").boolean(field.is_adjusted_to_utc != 0);
      break;
    case PQFLOW_LOGICAL_INTEGER:
      json.key("bit_width").number(field.integer_bit_width).key("is_signed").boolean(field.integer_is_signed != 0);
      break;
    default:
      break;
  }
  json.close('}');
}

void write_enum_values(JsonText& json, const pqflow_field& field) {
  json.key("unknown").text(field.unknown_code == PQFLOW_UNKNOWN_CODE_NULL ? "NULL" : "INVALID").key("values").open('[');
  for (uint32_t index = 0; index < field.enum_value_count; ++index) {
    const pqflow_enum_value& value = field.enum_values[index];
    json.open('{').key("name").text({value.name.data, value.name.length_bytes}).key("value").number(value.code).close('}');
  }
  json.close(']');
}

// Name, id and type: what the schema fingerprint covers.
void write_meaning(JsonText& json, const pqflow_field& field) {
  json.key("name").text(field.name);
  if (field.field_id != PQFLOW_FIELD_ID_NONE) {
    json.key("id").number(field.field_id);
  }
  json.key("presence").text(field.null_kind == PQFLOW_NULL_NEVER ? "required" : "optional");
  json.key("physical_type").text(columns::physical_name(field.physical_type));
  write_logical_type(json, field);
  json.key("type_length_bytes").number(field.type_length_bytes);
  if (field.enum_value_count != 0) {
    write_enum_values(json, field);
  }
}

// Bytes of one column: what the layout fingerprint covers.
void write_place(JsonText& json, const pqflow_field& field) {
  json.key("storage").text(columns::storage_name(field.storage));
  if (is_padded(field)) {
    json.key("pad_byte").number(field.pad_byte);
  }
  json.key("offset_bytes").number(field.offset_bytes).key("width_bytes").number(field.width_bytes).key("null");
  write_null(json, field);
}

void write_columns(JsonText& json, const std::vector<pqflow_field>& fields) {
  json.key("columns").open('[');
  for (const pqflow_field& field : fields) {
    json.open('{');
    write_meaning(json, field);
    json.close('}');
  }
  json.close(']');
}

}  // namespace

std::string layout_json(const std::vector<pqflow_field>& fields, const Placement& placement) {
  JsonText json;
  json.open('{').key("size_bytes").number(placement.record_size_bytes).key("align_bytes").number(placement.record_align_bytes);
  json.key("columns").open('[');
  for (const pqflow_field& field : fields) {
    json.open('{').key("name").text(field.name);
    write_place(json, field);
    json.close('}');
  }
  return json.close(']').close('}').str();
}

std::string meaning_json(const char* name, const std::vector<pqflow_field>& fields) {
  JsonText json;
  json.open('{').key("name").text(name);
  write_columns(json, fields);
  return json.close('}').str();
}

std::string stored_json(const pqflow_schema_definition& definition, const std::vector<pqflow_field>& fields,
                        const Fingerprints& fingerprints) {
  JsonText json;
  json.open('{').key("pqflow").number(1).key("name").text(definition.name).key("version").number(definition.version);
  json.key("layout_fingerprint").text(fingerprint_text(fingerprints.layout));
  json.key("schema_fingerprint").text(fingerprint_text(fingerprints.schema));
  write_columns(json, fields);
  return json.close('}').str();
}

}  // namespace pqflow::schema
