// Constant columns: the same PLAIN value for every row.
#pragma once

#include <memory>

#include "columns/value_converter.hpp"

namespace pqflow::columns {

// convert() ignores its `values`, which a constant has none of.
std::unique_ptr<ValueConverter> make_constant_converter(const pqflow_field& field);

}  // namespace pqflow::columns
