// Where a file of a capture goes, and what to do when the name is taken.
#pragma once

#include <pqflow/pqflow.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/system.hpp"

namespace pqflow::io {

struct FileTarget {
  std::string final_path;
  std::string in_progress_path;  // Hidden, same folder: .NAME.inprogress
  pqflow_if_exists if_exists = PQFLOW_IF_EXISTS_FAIL;
  uint64_t reserve_bytes = 0;  // Disk space to ask for at once, and again each time it is used up; 0 = none.
  // Its row groups are synced while it grows: begin() syncs the folder, so that the name in progress lasts through a power cut, and what
  // was appended since the last good sync is kept in memory.
  bool keeps_unsynced = false;
  // Of the live layout: how long the file is while it is in progress, and what makes it a file without rows: FileMetaData, not its length.
  uint64_t capacity_bytes = 0;
  std::span<const uint8_t> first_metadata = {};
};

// INVALID_ARGUMENT where no file of this name can be made: it names a folder, has a NUL, or is too long as a whole or in a part.
base::Result check_path(const std::string& path);

// What begin() asks the file system before it creates anything: the folder must exist, the name must be a file's, and where it is taken
// if_exists decides (PQFLOW_STATUS_FILE_EXISTS, keep it, or the first free suffix, which `final_path` then has). Whether the folder can be
// written to shows when the file is created. Blocks for a few access() calls.
base::Result resolve_target(const base::SystemCalls& system, const FileTarget& target, std::string& final_path);

// NAME, insert, extension.
std::string with_insert(std::string_view path, std::string_view insert);

// NAME.1.parquet, NAME.2.parquet …
std::string suffixed_path(const std::string& path, uint64_t number);

// How many suffixes are tried before giving up.
constexpr uint64_t kMaxSuffix = 9999;

}  // namespace pqflow::io
