// Which encodings a column's values may have (parquet-format Encodings.md).
#pragma once

#include <pqflow/descriptor.h>

namespace pqflow::columns {

// Whether the encoding exists for the field's physical type. AUTO exists for all.
bool is_encoding_of(const pqflow_field& field, uint8_t encoding) noexcept;

// Whether the writer chooses: AUTO in both forms.
constexpr bool is_chosen_encoding(uint8_t encoding) noexcept {
  return encoding == PQFLOW_ENCODING_AUTO || encoding == PQFLOW_ENCODING_AUTO_NO_DICTIONARY;
}

// Whether the field may have a dictionary: by its type, and by what was asked for.
bool may_have_dictionary(const pqflow_field& field) noexcept;

// Parquet's name ("PLAIN"); null for a number that is no encoding a column can have.
const char* encoding_name(uint8_t encoding) noexcept;

}  // namespace pqflow::columns
