// pqflow inspect FILE… [--json] [--columns a,b] [--pages]
#pragma once

#include <string>
#include <vector>

namespace pqflow::cli {

// Prints what each file holds. Exit code: 0, or 2 for wrong usage, a column that a file does not have, or a file that cannot be read.
int run_inspect(const std::vector<std::string>& arguments);

}  // namespace pqflow::cli
