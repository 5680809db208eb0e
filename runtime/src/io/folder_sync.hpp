// The folder of a file, and its sync: names that were made, changed or removed in it last through a power cut from then on.
#pragma once

#include <string>

#include "base/system.hpp"

namespace pqflow::io {

// With its slash; "./" for a name without folders.
std::string folder_of(const std::string& path);

// 0, or the system's error. A call that a signal interrupts is repeated. Blocks.
int sync_folder(const base::SystemCalls& system, const std::string& folder);

}  // namespace pqflow::io
