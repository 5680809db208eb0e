// Open refused: somebody writes files of the same path.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace pqflow::sink {

// FILE_EXISTS, with who writes `file`, or recovers it, as far as the system tells, and what to do.
base::Result path_is_taken(const std::string& path_template, const std::string& file, uint64_t own_process_id);

}  // namespace pqflow::sink
