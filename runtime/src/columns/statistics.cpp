#include "columns/statistics.hpp"

#include "columns/bytes_range.hpp"
#include "columns/decimal_range.hpp"
#include "columns/half_range.hpp"
#include "columns/numeric_range.hpp"
#include "columns/order_key.hpp"
#include "columns/short_bytes_range.hpp"
#include "columns/total_order_range.hpp"
#include "columns/type_rules.hpp"
#include "columns/value_converter.hpp"
#include "encoding/plain.hpp"

namespace pqflow::columns {
namespace {

bool has_short_values(const pqflow_field& field) {
  const size_t prefix_bytes = field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY ? encoding::kByteArrayPrefixBytes : 0;
  return max_plain_bytes(field) - prefix_bytes <= kOrderKeyBytes;
}

}  // namespace

std::unique_ptr<RangeTracker> make_range_tracker(const pqflow_field& field, pqflow_float_order float_order) {
  if (float_order == PQFLOW_FLOAT_ORDER_IEEE_754_TOTAL_ORDER && is_floating_column(field)) {
    return make_total_order_range_tracker(field);
  }
  if (field.logical_type == PQFLOW_LOGICAL_FLOAT16) {
    return make_half_range_tracker();
  }
  switch (field.physical_type) {
    case PQFLOW_PHYSICAL_BYTE_ARRAY:
      if (field.logical_type == PQFLOW_LOGICAL_DECIMAL) {
        return make_decimal_range_tracker(field);
      }
      [[fallthrough]];
    case PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY:
      return has_short_values(field) ? make_short_bytes_range_tracker(field) : make_bytes_range_tracker(field);
    default:
      return make_numeric_range_tracker(field);
  }
}

}  // namespace pqflow::columns
