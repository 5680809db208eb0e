#include "columns/storage_rules.hpp"

#include <limits>

#include "columns/storage_traits.hpp"
#include "columns/type_rules.hpp"

namespace pqflow::columns {
namespace {

std::string width_text(const pqflow_field& field) { return "width_bytes is " + std::to_string(field.width_bytes); }

std::string width_range(const StorageTraits& traits) {
  const std::string min = std::to_string(traits.min_width_bytes);
  return traits.max_width_bytes == std::numeric_limits<uint32_t>::max() ? "≥ " + min : min + " … " + std::to_string(traits.max_width_bytes);
}

std::string check_type_length(const pqflow_field& field) {
  const bool is_fixed_length = field.physical_type == PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY;
  if (is_fixed_length == (field.type_length_bytes != 0)) {
    return {};
  }
  return is_fixed_length ? "FIXED_LEN_BYTE_ARRAY needs type_length_bytes ≥ 1" : "type_length_bytes is for FIXED_LEN_BYTE_ARRAY only";
}

// Bytes that are copied as they are have the length of the column's type.
std::string check_copied_width(const pqflow_field& field) {
  const uint32_t size_bytes = physical_bytes(field);
  if (field.storage != PQFLOW_STORAGE_FIXED_BYTES || size_bytes == 0 || field.width_bytes == size_bytes) {
    return {};
  }
  return field.physical_type == PQFLOW_PHYSICAL_INT96
             ? "storage FIXED_BYTES written as INT96 is 12 bytes wide, but " + width_text(field)
             : "storage FIXED_BYTES is type_length_bytes " + std::to_string(size_bytes) + " wide, but " + width_text(field);
}

// What else a BYTE_ARRAY needs that is not text already.
std::string check_byte_array(const pqflow_field& field) {
  const bool is_decimal = field.logical_type == PQFLOW_LOGICAL_DECIMAL;
  if (is_integer_storage(field.storage) && !is_decimal && field.enum_value_count == 0) {
    return "an integer storage written as BYTE_ARRAY needs enum_values or logical type DECIMAL";
  }
  if (field.storage == PQFLOW_STORAGE_FIXED_BYTES && !is_decimal) {
    return "storage FIXED_BYTES written as BYTE_ARRAY needs logical type DECIMAL";
  }
  return {};
}

}  // namespace

std::string check_storage_width(const pqflow_field& field) {
  const StorageTraits* const traits = find_storage_traits(field.storage);
  if (traits == nullptr) {
    return "storage " + storage_name(field.storage) + " is not known";
  }
  if (field.width_bytes >= traits->min_width_bytes && field.width_bytes <= traits->max_width_bytes) {
    return {};
  }
  if (traits->has_one_width()) {
    return "storage " + storage_name(field.storage) + " is " + std::to_string(traits->min_width_bytes) + " bytes wide, but " +
           width_text(field);
  }
  return "storage " + storage_name(field.storage) + " needs width_bytes " + width_range(*traits) + ", but " + width_text(field);
}

std::string check_physical_type(const pqflow_field& field) {
  if (field.physical_type > PQFLOW_PHYSICAL_FIXED_LEN_BYTE_ARRAY) {
    return "physical type " + physical_name(field.physical_type) + " cannot be written";
  }
  if (!find_storage_traits(field.storage)->can_be_written_as(field.physical_type)) {
    return "storage " + storage_name(field.storage) + " cannot be written as " + physical_name(field.physical_type);
  }
  if (std::string problem = check_type_length(field); !problem.empty()) {
    return problem;
  }
  return field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY ? check_byte_array(field) : check_copied_width(field);
}

}  // namespace pqflow::columns
