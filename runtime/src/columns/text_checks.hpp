// Texts of a descriptor: names and what else goes into the file.
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace pqflow::columns {

bool is_well_formed(const void* data, size_t size_bytes);

// Each answers what is wrong, or nothing. Pure; reads what the pointers lead to.
std::string check_field_name(const char* name);
// Pointer, length, UTF-8. `what` names the text in the message.
std::string check_text(const pqflow_text& text, size_t max_bytes, std::string_view what);

}  // namespace pqflow::columns
