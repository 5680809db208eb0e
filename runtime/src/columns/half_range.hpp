// Range of FLOAT16 values.
#pragma once

#include <memory>

#include "columns/statistics.hpp"

namespace pqflow::columns {

// Ordered as numbers; NaNs have no place in the order (parquet.thrift, ColumnOrder: FLOAT16 as FLOAT and DOUBLE).
std::unique_ptr<RangeTracker> make_half_range_tracker();

}  // namespace pqflow::columns
