// Range of INT32, INT64, FLOAT, DOUBLE and BOOLEAN values.
#pragma once

#include <memory>

#include "columns/statistics.hpp"

namespace pqflow::columns {

// Unsigned comparison for unsigned INTEGER columns, signed otherwise; NaNs have no place in the order.
std::unique_ptr<RangeTracker> make_numeric_range_tracker(const pqflow_field& field);

}  // namespace pqflow::columns
