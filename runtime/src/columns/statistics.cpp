#include "columns/statistics.hpp"

#include "columns/bytes_range.hpp"
#include "columns/numeric_range.hpp"

namespace pqflow::columns {

std::unique_ptr<RangeTracker> make_range_tracker(const pqflow_field& field) {
  switch (field.physical_type) {
    case PQFLOW_PHYSICAL_BYTE_ARRAY:
    case PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY:
      return make_bytes_range_tracker(field);
    default:
      return make_numeric_range_tracker(field);
  }
}

}  // namespace pqflow::columns
