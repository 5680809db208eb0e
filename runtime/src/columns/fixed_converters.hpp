// Converters of bool, integers, floats and fixed bytes.
#pragma once

#include <memory>

#include "columns/value_converter.hpp"

namespace pqflow::columns {

// Narrow integers are widened to INT32 keeping their value; NaNs of any bits become the one quiet NaN of their type, so that equal records
// give equal files; a bool byte other than 0 and 1 becomes true and is invalid. Everything else is copied.
std::unique_ptr<ValueConverter> make_fixed_converter(const pqflow_field& field);

// Replaces NaNs while copying; returns how many there were. Width: 2 for FLOAT16, 4 for FLOAT, 8 for DOUBLE. Pure.
size_t canonicalise_nans(uint8_t* target, const uint8_t* values, size_t count, size_t width_bytes) noexcept;

}  // namespace pqflow::columns
