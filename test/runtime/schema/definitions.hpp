// Definitions for tests, through the public C API alone.
#pragma once

#include <gtest/gtest.h>
#include <pqflow/schema.h>

#include <memory>
#include <string>
#include <vector>

namespace pqflow::schema::test {

struct FreeSchema {
  void operator()(pqflow_schema* schema) const { pqflow_schema_free(schema); }
};
using SchemaPointer = std::unique_ptr<pqflow_schema, FreeSchema>;

inline pqflow_column column(const char* name, uint8_t physical_type, uint32_t length_bytes = 0) {
  pqflow_column column = {};
  column.name = name;
  column.physical_type = physical_type;
  column.length_bytes = length_bytes;
  return column;
}

inline pqflow_column at(uint32_t offset_bytes, pqflow_column column) {
  column.offset_bytes = offset_bytes;
  return column;
}

inline pqflow_column nullable(pqflow_column column) {
  column.null_kind = PQFLOW_NULL_BIT;
  return column;
}

inline pqflow_column annotated(pqflow_column column, uint8_t logical_type) {
  column.logical_type = logical_type;
  return column;
}

inline pqflow_column with_id(pqflow_column column, int32_t field_id) {
  column.has_field_id = 1;
  column.field_id = field_id;
  return column;
}

inline pqflow_column integer(const char* name, uint8_t bit_width, bool is_signed) {
  pqflow_column made = column(name, bit_width == 64 ? PQFLOW_PHYSICAL_INT64 : PQFLOW_PHYSICAL_INT32);
  made.logical_type = PQFLOW_LOGICAL_INTEGER;
  made.integer_bit_width = bit_width;
  made.integer_is_signed = is_signed ? 1 : 0;
  return made;
}

inline pqflow_schema_definition define(const std::vector<pqflow_column>& columns) {
  return pqflow_schema_define("probe", columns.data(), static_cast<uint32_t>(columns.size()));
}

inline pqflow_schema_definition explicit_layout(const std::vector<pqflow_column>& columns, uint32_t size_bytes, uint32_t align_bytes) {
  pqflow_schema_definition definition = define(columns);
  definition.layout = PQFLOW_LAYOUT_EXPLICIT;
  definition.record_size_bytes = size_bytes;
  definition.record_align_bytes = align_bytes;
  return definition;
}

inline SchemaPointer create(const pqflow_schema_definition& definition) {
  pqflow_schema* schema = nullptr;
  pqflow_error error = {};
  EXPECT_EQ(pqflow_schema_create(&schema, &definition, &error), PQFLOW_STATUS_OK) << error.message;
  return SchemaPointer(schema);
}

inline SchemaPointer create(const std::vector<pqflow_column>& columns) { return create(define(columns)); }

// The definition must be refused with every one of `expected` in the message; nothing is created.
inline void expect_refused(const pqflow_schema_definition& definition, const std::vector<std::string>& expected,
                           pqflow_status status = PQFLOW_STATUS_INVALID_DESCRIPTOR) {
  pqflow_schema* schema = reinterpret_cast<pqflow_schema*>(&status);
  pqflow_error error = {};
  EXPECT_EQ(pqflow_schema_create(&schema, &definition, &error), status) << error.message;
  EXPECT_EQ(schema, nullptr);
  for (const std::string& text : expected) {
    EXPECT_NE(std::string(error.message).find(text), std::string::npos) << text << " is not in: " << error.message;
  }
}

inline void expect_refused(const std::vector<pqflow_column>& columns, const std::vector<std::string>& expected) {
  expect_refused(define(columns), expected);
}

}  // namespace pqflow::schema::test
