// Nanoseconds since 1970-01-01 → INT96 timestamps.
#pragma once

#include <memory>

#include "columns/value_converter.hpp"

namespace pqflow::columns {

// Deprecated form that old readers alone need: 8 bytes nanoseconds of the day, 4 bytes Julian day number, both little-endian. Days begin at
// midnight, times before 1970 included.
std::unique_ptr<ValueConverter> make_int96_converter();

}  // namespace pqflow::columns
