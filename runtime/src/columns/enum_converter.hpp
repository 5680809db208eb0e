// Enumeration codes → names, or themselves.
#pragma once

#include <memory>

#include "columns/value_converter.hpp"

namespace pqflow::columns {

// A code that is not in the table: null in an optional column (drop_unknown), counted as invalid unless the field's unknown_code says NULL;
// in a required one invalid, and the empty string, or the code itself in a column of codes.
std::unique_ptr<ValueConverter> make_enum_converter(const pqflow_field& field);

}  // namespace pqflow::columns
