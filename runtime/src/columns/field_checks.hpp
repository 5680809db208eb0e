// Every rule of descriptor.h that concerns one field.
#pragma once

#include <pqflow/descriptor.h>

#include <cstdint>
#include <string>

namespace pqflow::columns {

// Answers what is wrong, without the field's name, or nothing. The name itself: text_checks.hpp. Pure; reads what the field's pointers lead
// to.
std::string check_leaf(const pqflow_field& field, uint32_t record_size_bytes);

}  // namespace pqflow::columns
