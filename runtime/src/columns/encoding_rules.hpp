// Which encodings a column's values may have (parquet-format Encodings.md).
#pragma once

#include <pqflow/descriptor.h>

namespace pqflow::columns {

// Whether the encoding exists for the field's physical type. AUTO exists for all.
bool is_encoding_of(const pqflow_field& field, uint8_t encoding) noexcept;

// Parquet's name ("PLAIN"); null for a number that is no encoding a column can have.
const char* encoding_name(uint8_t encoding) noexcept;

}  // namespace pqflow::columns
