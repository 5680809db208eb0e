// Every rule of descriptor.h that concerns one field.
#pragma once

#include <pqflow/descriptor.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace pqflow::columns {

// Each answers what is wrong, without the field's name, or nothing. Pure; reads what the field's pointers lead to.
std::string check_field_name(const char* name);
std::string check_leaf(const pqflow_field& field, uint32_t record_size_bytes);

// A text that goes into the file: pointer, length, UTF-8. `what` names it in the message.
std::string check_text(const pqflow_text& text, size_t max_bytes, std::string_view what);

}  // namespace pqflow::columns
