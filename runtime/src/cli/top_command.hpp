// pqflow top [--once] [--json]
#pragma once

#include <string>
#include <vector>

namespace pqflow::cli {

// Shows the sinks of this machine, in a terminal again and again until it is interrupted. Exit code: 0, or 2 for wrong usage and where
// processes cannot be listed.
int run_top(const std::vector<std::string>& arguments);

}  // namespace pqflow::cli
