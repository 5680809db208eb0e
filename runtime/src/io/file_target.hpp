// Where a capture's files go: template, sequence number, what to do when the name is taken.
#pragma once

#include <pqflow/pqflow.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace pqflow::io {

struct FileTarget {
  std::string final_path;
  std::string in_progress_path;  // Hidden, same folder: .NAME.inprogress
  pqflow_if_exists if_exists = PQFLOW_IF_EXISTS_FAIL;
};

// Replaces {schema} and {seq}; without {seq}, sequence 0 keeps the path and later ones take -000001 … before the extension. Unknown placeholders, an empty or too long
// path are PQFLOW_STATUS_INVALID_ARGUMENT with a message that names the placeholder and the known ones.
base::Result expand_path(std::string_view path_template, std::string_view schema_name, uint64_t sequence, std::string& path);

}  // namespace pqflow::io
