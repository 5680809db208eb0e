// Enumeration codes → names.
#pragma once

#include <memory>

#include "columns/value_converter.hpp"

namespace pqflow::columns {

// A code without a name is invalid: null in an optional column (drop_unknown), the empty string in a required one.
std::unique_ptr<ValueConverter> make_enum_converter(const pqflow_field& field);

}  // namespace pqflow::columns
