// A PLAIN value as a person reads it, in the form of its logical type.
#pragma once

#include <string>

#include "verify/schema_tree.hpp"

namespace pqflow::inspect {

// `value`: of the column, of its PLAIN size. Times as ISO 8601, decimals with their point, texts in quotes, bytes in hexadecimal; texts and
// bytes are cut after `max_length` characters, with "…" in place of the rest.
std::string value_text(const verify::Leaf& leaf, verify::Bytes value, size_t max_length);

// The logical type as LogicalTypes.md calls it: "TIMESTAMP(NANOS,UTC)"; empty where there is none.
std::string logical_type_text(const verify::Leaf& leaf);
// The physical type: "FIXED_LEN_BYTE_ARRAY(16)".
std::string physical_type_text(const verify::Leaf& leaf);

// A name, a path or other text of the file, fit to be printed: control characters and what is not UTF-8 as \xNN.
std::string printable(std::string_view text);
// The same, cut.
std::string cut(std::string_view text, size_t max_length);

}  // namespace pqflow::inspect
