// The list of a capture's finished files: a line of JSON for each, in a file that other captures may share.
#pragma once

#include <pqflow/pqflow.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "base/system.hpp"
#include "io/line_file.hpp"

namespace pqflow::sink {

// What every line says of the capture.
struct ManifestNames {
  std::string schema;
  std::string host;
  uint64_t process_id = 0;
};

// As io::manifest_line() has it.
std::string manifest_line(const pqflow_finished_file& file, const ManifestNames& names);

// "rows", "bytes" … of PQFLOW_FILE_END_ROWS …
const char* file_end_name(pqflow_file_end end) noexcept;

// Writer thread, but for the constructor and begin(). Lines that cannot be appended wait, and go with the next one.
class Manifest {
 public:
  static constexpr size_t kMaxWaitingBytes = size_t{1} << 20;

  // An empty path: there is none, and every call is OK.
  Manifest(const base::SystemCalls& system, std::string path, ManifestNames names);

  // The file is there, and can be written.
  base::Result begin();
  // Appends its line behind those that wait. Blocks for the file's write and sync.
  void add(const pqflow_finished_file& file);
  // Appends those that wait.
  void retry();

  // The one that still stands.
  const base::Result& failure() const noexcept { return failure_; }
  // Those that wait, and those that there was no more room for.
  uint64_t missing_lines() const noexcept { return waiting_lines_ + lost_lines_; }

 private:
  const std::string path_;
  const ManifestNames names_;
  io::LineFile file_;
  std::string waiting_;
  uint64_t waiting_lines_ = 0;
  uint64_t lost_lines_ = 0;
  base::Result failure_;
};

}  // namespace pqflow::sink
