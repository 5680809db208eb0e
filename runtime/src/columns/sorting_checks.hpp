// The order of rows that a descriptor names (pqflow_descriptor.sorting_columns).
#pragma once

#include <pqflow/descriptor.h>

#include <string>

namespace pqflow::columns {

// What is wrong with it; empty when nothing is. For a descriptor whose fields were found good.
std::string check_sorting(const pqflow_descriptor& descriptor);

}  // namespace pqflow::columns
