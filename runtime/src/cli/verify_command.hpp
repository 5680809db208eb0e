// pqflow verify FILE… [--json]
#pragma once

#include <string>
#include <vector>

namespace pqflow::cli {

// Verifies each file and prints what is wrong. Exit code: 0 every file is right, 1 findings, 2 wrong usage or a file that cannot be read.
int run_verify(const std::vector<std::string>& arguments);

}  // namespace pqflow::cli
