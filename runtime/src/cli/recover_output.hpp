// The report of a recovery as text and as JSON.
#pragma once

#include <string>

#include "recover/report.hpp"

namespace pqflow::cli {

std::string recover_text(const std::string& folder, const recover::RecoveryReport& report, bool is_styled);
// One line, one object.
std::string recover_json(const std::string& folder, const recover::RecoveryReport& report, bool is_writing);

}  // namespace pqflow::cli
