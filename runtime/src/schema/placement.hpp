// Where each field and null bit lies in the record: computed for a packed definition, taken from an explicit one.
#pragma once

#include <pqflow/schema.h>

#include <cstdint>
#include <string>
#include <vector>

namespace pqflow::schema {

struct Placement {
  uint32_t record_size_bytes = 0;
  uint32_t record_align_bytes = 1;
  uint32_t null_bits_offset_bytes = 0;
  uint32_t null_bits_size_bytes = 0;
};

// Fills offsets and null bits of `fields`, which stand in the order of the definition's columns, with their widths. Answers what is wrong,
// or nothing: a record too large, bytes outside it, bytes that two columns share.
std::string place(const pqflow_schema_definition& definition, std::vector<pqflow_field>& fields, Placement& placement);

}  // namespace pqflow::schema
