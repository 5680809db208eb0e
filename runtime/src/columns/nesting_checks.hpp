// Every rule of descriptor.h that concerns a field's place in the tree: levels, the groups of lists and maps, bytes inside of bytes.
#pragma once

#include <pqflow/descriptor.h>

#include <string>

namespace pqflow::columns {

struct NestingProblem {
  size_t field_index;
  std::string text;  // Empty: none.
};

// The first field that does not stand where it may. The tree's shape and each field by itself have been checked. Pure.
NestingProblem check_nesting(const pqflow_descriptor& descriptor);

}  // namespace pqflow::columns
