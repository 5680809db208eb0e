#include "columns/field_paths.hpp"

#include <cstdint>

namespace pqflow::columns {

std::vector<FieldPath> field_paths(std::span<const pqflow_field> fields) {
  std::vector<FieldPath> paths;
  FieldPath path;                          // Names of the open groups, and the current field's.
  std::vector<uint32_t> remaining_counts;  // Children of the open groups still to come.
  for (const pqflow_field& field : fields) {
    if (!remaining_counts.empty()) {
      --remaining_counts.back();
    }
    path.emplace_back(field.name);
    paths.push_back(path);
    if (field.child_count != 0) {
      remaining_counts.push_back(field.child_count);
      continue;
    }
    path.pop_back();
    while (!remaining_counts.empty() && remaining_counts.back() == 0) {
      remaining_counts.pop_back();
      path.pop_back();
    }
  }
  return paths;
}

std::string dotted(const FieldPath& path) {
  std::string text;
  for (const std::string& name : path) {
    text += (text.empty() ? "" : ".") + name;
  }
  return text;
}

}  // namespace pqflow::columns
