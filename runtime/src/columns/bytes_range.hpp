// Range of BYTE_ARRAY and FIXED_LEN_BYTE_ARRAY values.
#pragma once

#include <memory>

#include "columns/statistics.hpp"

namespace pqflow::columns {

// Unsigned bytewise comparison, a prefix before its extension; DECIMAL: signed big-endian comparison of the value.
std::unique_ptr<RangeTracker> make_bytes_range_tracker(const pqflow_field& field);

}  // namespace pqflow::columns
