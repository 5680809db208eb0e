// JSON text of what goes into a file's metadata.
#pragma once

#include <string>
#include <string_view>

namespace pqflow::base {

// Appends `text`, UTF-8, in quotes. Allocates.
void append_json_string(std::string& json, std::string_view text);

}  // namespace pqflow::base
