// Decimals that are written as BYTE_ARRAY.
#pragma once

#include <memory>

#include "columns/value_converter.hpp"

namespace pqflow::columns {

// A signed integer, or FIXED_BYTES of big-endian two's complement → big-endian two's complement in the fewest bytes (LogicalTypes.md,
// DECIMAL): one byte for 0.
std::unique_ptr<ValueConverter> make_decimal_converter(const pqflow_field& field);

}  // namespace pqflow::columns
