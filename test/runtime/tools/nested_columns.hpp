// The columns of the nested probe file: required and optional structs, lists and maps of everything, inside each other.
#pragma once

#include <vector>

#include "columns/nested_schema.hpp"

namespace pqflow::test {

std::vector<Node> nested_columns();

}  // namespace pqflow::test
