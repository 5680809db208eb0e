// pqflow recover DIR [--write] [--manifest FILE] [--json] [--ring-dir DIR]
#pragma once

#include <string>
#include <vector>

namespace pqflow::cli {

// Prints what killed captures left in the folder, and with --write what became of it. Exit code: 0 nothing was left or all is recovered, 1
// something was found and nothing was asked to be written, 2 wrong usage, a folder that cannot be listed, or something that could not be
// recovered.
int run_recover(const std::vector<std::string>& arguments);

}  // namespace pqflow::cli
