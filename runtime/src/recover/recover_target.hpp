// Looks for what killed captures of one target left, and brings it in order: what a sink asks for before its first file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/system.hpp"
#include "io/path_template.hpp"
#include "recover/report.hpp"

namespace pqflow::recover {

struct TargetRequest {
  std::string path_template;
  io::PathValues values;  // Of the sink, now.
  uint64_t schema_fingerprint = 0;
  std::string ring_folder;
  std::string manifest_path{};      // Of the sink; gets a line for each file that is finished. Empty: none.
  bool is_behind_finished = false;  // Complete files of names that the sink may give have their number too.
};

struct TargetRecovery {
  std::vector<OrphanReport> orphans;  // Without live files.
  std::string taken_path;             // Not empty: somebody writes or recovers this file of the sink's own names, and nothing was done.
  uint64_t next_sequence = 0;         // Behind all that was found, and behind complete files where that is asked for.
};

// Files in progress whose final name the template gives, at any time and in any process, and their rings and journals. All files are locked
// before the first is looked into, rings and journals afterwards: of those who come at once each orphan has one. Blocks; allocates. An
// error for a folder that cannot be listed; one that is not there has nothing. Killed at any point and called again, it gives the same
// files.
base::Result recover_target(const TargetRequest& request, const base::SystemCalls& system, TargetRecovery& recovery);

}  // namespace pqflow::recover
