// Where in the tree a field stands, by name.
#pragma once

#include <pqflow/descriptor.h>

#include <span>
#include <string>
#include <vector>

namespace pqflow::columns {

using FieldPath = std::vector<std::string>;

// Of every field, groups included. `fields`: depth first, of sound shape and with names. Allocates.
std::vector<FieldPath> field_paths(std::span<const pqflow_field> fields);

// The names with dots between them.
std::string dotted(const FieldPath& path);

}  // namespace pqflow::columns
