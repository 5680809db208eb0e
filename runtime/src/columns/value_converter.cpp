#include "columns/value_converter.hpp"

#include <algorithm>
#include <utility>

#include "columns/constant_converter.hpp"
#include "columns/enum_converter.hpp"
#include "columns/fixed_converters.hpp"
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
    default:
      return encoding::kByteArrayPrefixBytes + longest_enum_name(field);
  }
}

bool ValueConverter::drop_unknown(const uint8_t*, uint8_t*, size_t) { return false; }

uint64_t ValueConverter::take_nan_count() noexcept { return std::exchange(nan_count_, 0); }

std::unique_ptr<ValueConverter> make_value_converter(const pqflow_field& field) {
  if (field.storage == PQFLOW_STORAGE_NONE) {
    return make_constant_converter(field);
  }
  if (field.enum_value_count != 0) {
    return make_enum_converter(field);
  }
  return is_text_storage(field.storage) ? make_text_converter(field) : make_fixed_converter(field);
}

}  // namespace pqflow::columns
