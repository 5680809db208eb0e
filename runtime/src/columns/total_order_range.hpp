// Range of FLOAT, DOUBLE and FLOAT16 values in IEEE_754_TOTAL_ORDER.
#pragma once

#include <memory>

#include "columns/statistics.hpp"

namespace pqflow::columns {

// parquet.thrift, ColumnOrder.IEEE_754_TOTAL_ORDER: -0.0 is below +0.0; the range is that of the numbers, and where there are NaNs alone,
// that of the NaNs: the one quiet NaN that converters leave of all. The field is floating (type_rules.hpp).
std::unique_ptr<RangeTracker> make_total_order_range_tracker(const pqflow_field& field);

}  // namespace pqflow::columns
