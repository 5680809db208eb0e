// Looks in a folder, and those below it, for what killed processes left, and brings it in order (RUNTIME.md 5.3).
#pragma once

#include <string>

#include "base/result.hpp"
#include "base/system.hpp"
#include "recover/report.hpp"

namespace pqflow::recover {

inline constexpr const char* kDefaultRingFolder = "/dev/shm";

struct RecoveryRequest {
  std::string folder;
  bool is_writing = false;  // Else nothing is changed, and the report says what would be done.
  std::string ring_folder = kDefaultRingFolder;
  std::string manifest_path{};  // Gets a line for each file that is finished; with is_writing. Empty: none.
};

// Blocks, allocates. An error for a folder that cannot be listed and a manifest that cannot be written, before anything is changed; of a
// file that cannot be recovered the report says so, and the others are gone on with. Live files are left alone. Killed at any point and
// called again, it gives the same files.
base::Result recover_folder(const RecoveryRequest& request, const base::SystemCalls& system, const base::Clock& clock,
                            RecoveryReport& report);

}  // namespace pqflow::recover
