#include "sink/manifest.hpp"

#include <utility>

#include "io/manifest_line.hpp"

namespace pqflow::sink {
const char* file_end_name(pqflow_file_end end) noexcept {
  switch (end) {
    case PQFLOW_FILE_END_ROWS:
      return "rows";
    case PQFLOW_FILE_END_BYTES:
      return "bytes";
    case PQFLOW_FILE_END_INTERVAL:
      return "interval";
    case PQFLOW_FILE_END_CLOCK:
      return "clock";
    case PQFLOW_FILE_END_FULL:
      return "full";
    case PQFLOW_FILE_END_FLUSH:
      return "flush";
    case PQFLOW_FILE_END_CLOSE:
      return "close";
    case PQFLOW_FILE_END_FAULT:
      return "fault";
  }
  return "unknown";
}

std::string manifest_line(const pqflow_finished_file& file, const ManifestNames& names) {
  io::ManifestEntry entry;
  entry.path = file.path;
  entry.schema = names.schema;
  entry.file_sequence = file.file_sequence;
  entry.rows = file.rows;
  entry.bytes = file.bytes;
  entry.row_groups = file.row_groups;
  entry.first_sequence = file.first_sequence;
  entry.last_sequence = file.last_sequence;
  entry.begun_at_utc_ns = file.begun_at_utc_ns;
  entry.ended_at_utc_ns = file.ended_at_utc_ns;
  entry.end = file_end_name(file.end);
  entry.is_synced = file.is_synced != 0;
  entry.host = names.host;
  entry.process_id = names.process_id;
  return io::manifest_line(entry);
}

Manifest::Manifest(const base::SystemCalls& system, std::string path, ManifestNames names)
    : path_(std::move(path)), names_(std::move(names)), file_(system, path_) {}

base::Result Manifest::begin() { return path_.empty() ? base::Result::ok() : file_.append({}); }

void Manifest::add(const pqflow_finished_file& file) {
  if (path_.empty()) {
    return;
  }
  const std::string line = manifest_line(file, names_) + "\n";
  if (waiting_.size() + line.size() > kMaxWaitingBytes) {
    ++lost_lines_;
  } else {
    waiting_ += line;
    ++waiting_lines_;
  }
  retry();
}

void Manifest::retry() {
  if (waiting_.empty()) {
    return;
  }
  base::Result result = file_.append(waiting_);
  if (result.is_ok()) {
    waiting_.clear();
    waiting_lines_ = 0;
  }
  if (result.is_ok() && lost_lines_ != 0) {
    return;  // failure_ stands: the manifest will never name those files.
  }
  failure_ = std::move(result);
  if (!failure_.is_ok()) {
    failure_.message += "; it lacks " + std::to_string(missing_lines()) + " finished files, which are complete";
  }
}

}  // namespace pqflow::sink
