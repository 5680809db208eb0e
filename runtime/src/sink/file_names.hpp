// What the names of a capture's files have in common, found out once at open.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "base/system.hpp"
#include "sink/open_request.hpp"

namespace pqflow::sink {

struct FileNames {
  std::string host;  // As io::safe_host_name() has it.
  uint64_t process_id = 0;
  std::string manifest_path;  // Empty: there is none.
};

// Makes the folders that placeholders of the manifest's path name. INVALID_ARGUMENT where that path is not possible, and what
// io::FolderMaker answers. Blocks.
base::Result name_files(const OpenPlan& plan, const base::SystemCalls& system, const base::Clock& clock, FileNames& names);

}  // namespace pqflow::sink
