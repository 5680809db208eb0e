// What lies in a target's folder under names in progress: files that somebody writes, and those that a process which ended has left.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/path_template.hpp"

namespace pqflow::io {

struct TargetFiles {
  std::vector<std::string> written;  // Somebody has their lock.
  std::vector<std::string> left;     // Nobody has, of any time and process; with what was made beside such a file.
};

// Those of a capture with this template, whatever their sequence, in the folder of `values`. `own_path`, which may be empty, is left out,
// and so are files whose lock cannot be asked for, those of other times and processes that are empty, and all where the folder cannot be
// listed. In the order of their names. Blocks for one listing of the folder, and for opening each file that is found; allocates.
TargetFiles find_target_files(std::string_view path_template, const PathValues& values, uint64_t now_utc_ns, std::string_view own_path);

}  // namespace pqflow::io
