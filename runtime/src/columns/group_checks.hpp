// Every rule of descriptor.h that concerns one group by itself.
#pragma once

#include <pqflow/descriptor.h>

#include <string>

namespace pqflow::columns {

// Answers what is wrong, without the field's name, or nothing. Pure.
std::string check_group(const pqflow_field& field);

}  // namespace pqflow::columns
