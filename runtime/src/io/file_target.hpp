// Where a capture's files go: template, sequence number, what to do when the name is taken.
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
  // Of the live layout: how long the file is while it is in progress, and what makes it a file without rows: FileMetaData, not its length.
  uint64_t capacity_bytes = 0;
  std::span<const uint8_t> first_metadata = {};
};

// What stands for the placeholders of a path template.
struct PathValues {
  std::string_view schema_name;
  uint64_t sequence = 0;
  uint64_t opened_at_utc_ns = 0;  // Since 1970-01-01.
};

// Replaces {schema}, {seq} and {utc_date} (YYYY-MM-DD of the file's opening); without {seq}, sequence 0 keeps the path and later ones take
// -000001 … before the extension. Unknown placeholders, an empty or too long path are PQFLOW_STATUS_INVALID_ARGUMENT with a message that
// names the placeholder and the known ones.
base::Result expand_path(std::string_view path_template, const PathValues& values, std::string& path);

// What begin() asks the file system before it creates anything: the folder must exist, the name must be a file's, and where it is taken
// if_exists decides (PQFLOW_STATUS_FILE_EXISTS, keep it, or the first free suffix, which `final_path` then has). Whether the folder can be
// written to shows when the file is created. Blocks for a few access() calls.
base::Result resolve_target(const base::SystemCalls& system, const FileTarget& target, std::string& final_path);

// NAME.1.parquet, NAME.2.parquet …
std::string suffixed_path(const std::string& path, uint64_t number);

// How many suffixes are tried before giving up.
constexpr uint64_t kMaxSuffix = 9999;

}  // namespace pqflow::io
