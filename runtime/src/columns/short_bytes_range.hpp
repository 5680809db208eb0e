// Range of BYTE_ARRAY and FIXED_LEN_BYTE_ARRAY values of 8 bytes at most: symbols, short codes, small fixed fields.
#pragma once

#include <memory>

#include "columns/statistics.hpp"

namespace pqflow::columns {

// Same order as make_bytes_range_tracker(), for columns whose longest value has no more than kOrderKeyBytes. Few distinct values sit at an
// end of their range all the time; here that costs no branch.
std::unique_ptr<RangeTracker> make_short_bytes_range_tracker(const pqflow_field& field);

}  // namespace pqflow::columns
