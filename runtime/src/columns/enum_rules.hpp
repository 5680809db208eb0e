// The table of codes and names of one field.
#pragma once

#include <pqflow/descriptor.h>

#include <string>

namespace pqflow::columns {

// Answers what is wrong, or nothing. Takes storage and types for checked. Pure; reads what the field's pointers lead to.
std::string check_enum_values(const pqflow_field& field);

}  // namespace pqflow::columns
