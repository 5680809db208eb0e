// What a descriptor must not say: helpers that damage a good one and look at the refusal.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "columns/record_schema.hpp"
#include "columns/test_schema.hpp"

namespace pqflow::test {

inline base::Result build(const pqflow_descriptor& descriptor) {
  columns::RecordSchema schema;
  return columns::RecordSchema::build(descriptor, nullptr, schema);
}

// A schema of one field `price`, changed by `damage`, must be refused with a message that names the field and has `expected` in it.
inline void expect_refused(pqflow_field field, const std::function<void(pqflow_field&)>& damage, const std::string& expected) {
  TestSchema schema({field});
  EXPECT_TRUE(build(schema.descriptor()).is_ok()) << "undamaged: " << build(schema.descriptor()).message;
  damage(schema.fields()[0]);
  const base::Result result = build(schema.descriptor());
  EXPECT_EQ(result.status, PQFLOW_STATUS_INVALID_DESCRIPTOR) << expected;
  EXPECT_NE(result.message.find(expected), std::string::npos) << result.message;
  EXPECT_NE(result.message.find("field `price`"), std::string::npos) << result.message;
}

// Likewise a schema as a whole.
inline void expect_schema_refused(const std::function<void(pqflow_descriptor&)>& damage, const std::string& expected,
                                  pqflow_status status = PQFLOW_STATUS_INVALID_DESCRIPTOR) {
  TestSchema schema({make_field("price", PQFLOW_STORAGE_INT64), make_field("size", PQFLOW_STORAGE_INT32)});
  damage(schema.descriptor());
  const base::Result result = build(schema.descriptor());
  EXPECT_EQ(result.status, status) << expected;
  EXPECT_NE(result.message.find(expected), std::string::npos) << result.message;
}

inline pqflow_field price(uint8_t storage = PQFLOW_STORAGE_INT64, uint32_t width_bytes = 0) {
  return make_field("price", storage, width_bytes);
}

}  // namespace pqflow::test
