// Columns without bytes in the record: the same PLAIN value for every row, or none at all.
#pragma once

#include <memory>

#include "columns/value_converter.hpp"

namespace pqflow::columns {

// convert() ignores its `values`, which a constant has none of.
std::unique_ptr<ValueConverter> make_constant_converter(const pqflow_field& field);

// PQFLOW_NULL_ALWAYS: nothing is ever converted.
std::unique_ptr<ValueConverter> make_no_value_converter();

}  // namespace pqflow::columns
