#include "columns/value_converter.hpp"

#include <algorithm>
#include <utility>

#include "columns/constant_converter.hpp"
#include "columns/decimal_converter.hpp"
#include "columns/enum_converter.hpp"
#include "columns/fixed_converters.hpp"
#include "columns/int96_converter.hpp"
#include "columns/storage_traits.hpp"
#include "columns/text_converters.hpp"
#include "columns/type_rules.hpp"
#include "encoding/plain.hpp"

namespace pqflow::columns {
namespace {

size_t longest_enum_name(const pqflow_field& field) {
  size_t longest_bytes = 0;
  for (uint32_t index = 0; index < field.enum_value_count; ++index) {
    longest_bytes = std::max(longest_bytes, field.enum_values[index].name.length_bytes);
  }
  return longest_bytes;
}

}  // namespace

size_t max_plain_bytes(const pqflow_field& field) noexcept {
  if (field.physical_type != PQFLOW_PHYSICAL_BYTE_ARRAY) {
    return physical_bytes(field);
  }
  switch (field.storage) {
    case PQFLOW_STORAGE_NONE:
      return encoding::kByteArrayPrefixBytes + field.constant_length_bytes;
    case PQFLOW_STORAGE_PADDED_TEXT:
      return encoding::kByteArrayPrefixBytes + field.width_bytes;
    case PQFLOW_STORAGE_COUNTED_8:
      return encoding::kByteArrayPrefixBytes + field.width_bytes - 1;
    case PQFLOW_STORAGE_COUNTED_16:
      return encoding::kByteArrayPrefixBytes + field.width_bytes - 2;
    default:  // Codes as names; integers and bytes as decimals of no more bytes than they have in the record.
      return encoding::kByteArrayPrefixBytes + (is_named_code(field) ? longest_enum_name(field) : field.width_bytes);
  }
}

bool ValueConverter::drop_unknown(const uint8_t*, uint8_t*, size_t) { return false; }

uint64_t ValueConverter::take_nan_count() noexcept { return std::exchange(nan_count_, 0); }

std::unique_ptr<ValueConverter> make_value_converter(const pqflow_field& field) {
  if (field.null_kind == PQFLOW_NULL_ALWAYS) {
    return make_no_value_converter();
  }
  if (field.storage == PQFLOW_STORAGE_NONE) {
    return make_constant_converter(field);
  }
  if (field.enum_value_count != 0) {
    return make_enum_converter(field);
  }
  if (is_text_storage(field.storage)) {
    return make_text_converter(field);
  }
  if (field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY) {
    return make_decimal_converter(field);
  }
  const bool is_nanoseconds = field.physical_type == PQFLOW_PHYSICAL_INT96 && field.storage == PQFLOW_STORAGE_INT64;
  return is_nanoseconds ? make_int96_converter() : make_fixed_converter(field);
}

}  // namespace pqflow::columns
