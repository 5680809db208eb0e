// Range of decimals that are written as BYTE_ARRAY.
#pragma once

#include <memory>

#include "columns/statistics.hpp"

namespace pqflow::columns {

// Signed comparison of the value (parquet.thrift, ColumnOrder: DECIMAL). Bytes of equal sign but unequal length do not compare as bytes: a
// positive value with more of them is larger, a negative one smaller. Values have the fewest bytes.
std::unique_ptr<RangeTracker> make_decimal_range_tracker(const pqflow_field& field);

}  // namespace pqflow::columns
