// What killed captures of the same target left, recovered before a sink's first file.
#pragma once

#include <cstdint>

#include "base/result.hpp"
#include "base/system.hpp"
#include "sink/file_names.hpp"
#include "sink/open_request.hpp"

namespace pqflow::sink {

struct RecoveredOrphans {
  uint32_t found = 0;
  uint32_t recovered = 0;
  uint64_t next_sequence = 0;  // Behind all that were found, and behind complete files unless those are to be replaced.
  base::Result failure;        // Why some were not recovered: of the first of them.
};

// FILE_EXISTS, and nothing touched, where somebody writes files of the path. Whatever else goes wrong is in `orphans`: it costs no capture.
// Blocks for reading what was left and writing it anew.
base::Result recover_orphans(const OpenPlan& plan, const FileNames& names, const base::SystemCalls& system, const base::Clock& clock,
                             RecoveredOrphans& orphans);

}  // namespace pqflow::sink
