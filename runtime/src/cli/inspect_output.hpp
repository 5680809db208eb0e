// A file's report as text and as JSON.
#pragma once

#include <string>

#include "inspect/file_report.hpp"

namespace pqflow::cli {

std::string inspect_text(const std::string& path, const inspect::FileReport& report, bool lists_pages, bool is_styled);
// One line, one object.
std::string inspect_json(const std::string& path, const inspect::FileReport& report, bool lists_pages);

}  // namespace pqflow::cli
