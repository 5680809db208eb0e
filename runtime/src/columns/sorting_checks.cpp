#include "columns/sorting_checks.hpp"

#include <set>

#include "columns/type_rules.hpp"

namespace pqflow::columns {
namespace {

const pqflow_field* find_leaf(const pqflow_descriptor& descriptor, uint32_t column_index) {
  uint32_t leaves_before = 0;
  for (uint32_t index = 0; index < descriptor.field_count; ++index) {
    const pqflow_field& field = descriptor.fields[index];
    if (field.child_count == 0 && leaves_before++ == column_index) {
      return &field;
    }
  }
  return nullptr;
}

std::string check_sorting_column(const pqflow_descriptor& descriptor, const pqflow_sorting_column& sorting) {
  const pqflow_field* const field = find_leaf(descriptor, sorting.column_index);
  if (field == nullptr) {
    return "sorting_columns names column " + std::to_string(sorting.column_index) + ", which does not exist";
  }
  const std::string name = "sorting_columns: `" + std::string(field->name) + "` ";
  const bool is_nested =
      field->max_repetition_level != 0 || field->max_definition_level > (field->repetition == PQFLOW_REPETITION_OPTIONAL);
  if (is_nested || !has_order(*field)) {
    return name + (is_nested ? "lies in a list, a map or an optional group" : "is of a type without an order");
  }
  return sorting.is_descending > 1 || sorting.is_nulls_first > 1 ? name + "has a flag that is not 0 or 1" : "";
}

}  // namespace

std::string check_sorting(const pqflow_descriptor& descriptor) {
  if (descriptor.sorting_column_count != 0 && descriptor.sorting_columns == nullptr) {
    return "sorting_columns is null, but its count is " + std::to_string(descriptor.sorting_column_count);
  }
  std::set<uint32_t> columns;
  for (uint32_t index = 0; index < descriptor.sorting_column_count; ++index) {
    const pqflow_sorting_column& sorting = descriptor.sorting_columns[index];
    if (std::string problem = check_sorting_column(descriptor, sorting); !problem.empty()) {
      return problem;
    }
    if (!columns.insert(sorting.column_index).second) {
      return "sorting_columns names column " + std::to_string(sorting.column_index) + " twice";
    }
  }
  return {};
}

}  // namespace pqflow::columns
