#include "columns/group_checks.hpp"

#include "columns/storage_traits.hpp"
#include "columns/type_rules.hpp"

namespace pqflow::columns {
namespace {

std::string check_type(const pqflow_field& field) {
  if (field.physical_type != PQFLOW_PHYSICAL_NONE) {
    return "a group has physical type NONE, not " + physical_name(field.physical_type);
  }
  if (field.constant_value != nullptr || field.enum_value_count != 0) {
    return "a group has neither a constant_value nor enum_values";
  }
  const bool is_list = field.logical_type == PQFLOW_LOGICAL_LIST || field.logical_type == PQFLOW_LOGICAL_MAP;
  if (!is_list) {
    return field.logical_type == PQFLOW_LOGICAL_NONE
               ? ""
               : "a group has logical type LIST, MAP or none, not " + logical_name(field.logical_type);
  }
  if (is_repeated(field)) {
    return logical_name(field.logical_type) + " stands at the group around the REPEATED one";
  }
  return field.child_count == 1
             ? ""
             : logical_name(field.logical_type) + " has one child, the REPEATED group, not " + std::to_string(field.child_count);
}

std::string check_null(const pqflow_field& field) {
  const bool is_optional = field.repetition == PQFLOW_REPETITION_OPTIONAL;
  if (field.null_kind != (is_optional ? PQFLOW_NULL_BIT : PQFLOW_NULL_NEVER)) {
    return is_optional ? "an optional group needs null_kind BIT" : "a group that is not optional needs null_kind NEVER";
  }
  if (is_optional && (field.null_bit_index > 7 || field.null_bit_when_present > 1)) {
    return "null_bit_index must be 0 … 7 and null_bit_when_present 0 or 1";
  }
  return {};
}

std::string check_count(const pqflow_field& field) {
  const uint32_t width_bytes = fixed_storage_bytes(field.storage);
  if (field.storage != PQFLOW_STORAGE_UINT8 && field.storage != PQFLOW_STORAGE_UINT16) {
    return "a REPEATED group has the storage of its count, UINT8 or UINT16, not " + storage_name(field.storage);
  }
  if (field.width_bytes != width_bytes) {
    return "a count of storage " + storage_name(field.storage) + " has width_bytes " + std::to_string(width_bytes) + ", not " +
           std::to_string(field.width_bytes);
  }
  const uint32_t largest_count = field.storage == PQFLOW_STORAGE_UINT8 ? 255 : 65535;
  if (field.max_element_count == 0 || field.max_element_count > largest_count) {
    return "max_element_count " + std::to_string(field.max_element_count) + " is not 1 … " + std::to_string(largest_count);
  }
  return field.element_stride_bytes == 0 ? "element_stride_bytes is 0" : "";
}

std::string check_room(const pqflow_field& field) {
  if (is_repeated(field)) {
    return check_count(field);
  }
  if (field.storage != PQFLOW_STORAGE_NONE) {
    return "a group that is not REPEATED has storage NONE, not " + storage_name(field.storage);
  }
  return field.max_element_count == 0 && field.element_stride_bytes == 0
             ? ""
             : "max_element_count and element_stride_bytes are for REPEATED groups only";
}

std::string check_repetition(const pqflow_field& field) {
  return field.repetition <= PQFLOW_REPETITION_REPEATED ? "" : "repetition number " + std::to_string(field.repetition) + " is not known";
}

std::string check_id(const pqflow_field& field) {
  return field.field_id >= 0 || field.field_id == PQFLOW_FIELD_ID_NONE ? "" : "field_id " + std::to_string(field.field_id) + " is negative";
}

}  // namespace

std::string check_group(const pqflow_field& field) {
  for (const auto check : {check_repetition, check_type, check_null, check_room, check_id}) {
    if (std::string problem = check(field); !problem.empty()) {
      return problem;
    }
  }
  return {};
}

}  // namespace pqflow::columns
