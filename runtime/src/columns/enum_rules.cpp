#include "columns/enum_rules.hpp"

#include <limits>
#include <set>

#include "columns/limits.hpp"
#include "columns/storage_traits.hpp"
#include "columns/text_checks.hpp"

namespace pqflow::columns {
namespace {

bool fits_storage(int64_t code, uint8_t storage) {
  const uint32_t bits = fixed_storage_bytes(storage) * 8;
  if (!is_signed_storage(storage)) {
    return code >= 0 && (bits == 64 || static_cast<uint64_t>(code) >> bits == 0);
  }
  const int64_t largest = std::numeric_limits<int64_t>::max() >> (64 - bits);
  return code >= -largest - 1 && code <= largest;
}

std::string check_value(const pqflow_enum_value& value, uint8_t storage) {
  if (!fits_storage(value.code, storage)) {
    return "enum code " + std::to_string(value.code) + " does not fit storage " + storage_name(storage);
  }
  return check_text(value.name, kMaxEnumNameBytes, "the name of enum code " + std::to_string(value.code));
}

std::string check_unknown_code(const pqflow_field& field) {
  if (field.unknown_code > PQFLOW_UNKNOWN_CODE_NULL) {
    return "unknown_code number " + std::to_string(field.unknown_code) + " is not known";
  }
  if (field.unknown_code == PQFLOW_UNKNOWN_CODE_INVALID) {
    return {};
  }
  if (field.enum_value_count == 0) {
    return "unknown_code is for fields with enum_values only";
  }
  return field.repetition == PQFLOW_REPETITION_OPTIONAL ? "" : "unknown_code NULL needs an optional field";
}

// Names: any annotation of text. Codes: a number that means itself.
std::string check_column(const pqflow_field& field) {
  const bool is_code = field.physical_type == PQFLOW_PHYSICAL_INT32 || field.physical_type == PQFLOW_PHYSICAL_INT64;
  if (!is_integer_storage(field.storage) || (!is_code && field.physical_type != PQFLOW_PHYSICAL_BYTE_ARRAY)) {
    return "enum_values are for integer storages written as INT32, INT64 or BYTE_ARRAY only";
  }
  if (field.logical_type == PQFLOW_LOGICAL_DECIMAL) {
    return "enum_values do not go with logical type DECIMAL";
  }
  if (is_code && field.logical_type != PQFLOW_LOGICAL_NONE && field.logical_type != PQFLOW_LOGICAL_INTEGER) {
    return "enum_values of a column of codes need logical type INTEGER or none";
  }
  return {};
}

std::string check_table(const pqflow_field& field) {
  if (field.enum_values == nullptr || field.enum_value_count > kMaxEnumValueCount) {
    return field.enum_values == nullptr ? "enum_values is null" : "more than " + std::to_string(kMaxEnumValueCount) + " enum values";
  }
  std::set<int64_t> codes;
  for (uint32_t index = 0; index < field.enum_value_count; ++index) {
    const pqflow_enum_value& value = field.enum_values[index];
    if (std::string problem = check_value(value, field.storage); !problem.empty()) {
      return problem;
    }
    if (!codes.insert(value.code).second) {
      return "enum code " + std::to_string(value.code) + " appears twice";
    }
  }
  return {};
}

}  // namespace

std::string check_enum_values(const pqflow_field& field) {
  if (std::string problem = check_unknown_code(field); !problem.empty() || field.enum_value_count == 0) {
    return problem;
  }
  if (std::string problem = check_column(field); !problem.empty()) {
    return problem;
  }
  return check_table(field);
}

}  // namespace pqflow::columns
