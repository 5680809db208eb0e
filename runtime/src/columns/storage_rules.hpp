// Which storage may be written as which physical type, and how wide it is.
#pragma once

#include <pqflow/descriptor.h>

#include <string>

namespace pqflow::columns {

// Each answers what is wrong, or nothing. Pure. In this order: the second takes the storage for a known one.
std::string check_storage_width(const pqflow_field& field);
std::string check_physical_type(const pqflow_field& field);

}  // namespace pqflow::columns
