#include "sink/manifest.hpp"

#include <utility>

#include "base/json.hpp"
#include "base/utc_text.hpp"

namespace pqflow::sink {
namespace {

void append_name(std::string& json, const char* name) {
  json += json.size() == 1 ? "" : ",";
  base::append_json_string(json, name);
  json += ':';
}

void append_text(std::string& json, const char* name, std::string_view text) {
  append_name(json, name);
  base::append_json_string(json, text);
}

void append_number(std::string& json, const char* name, uint64_t number) {
  append_name(json, name);
  json += std::to_string(number);
}

}  // namespace

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
  std::string json = "{";
  append_text(json, "path", file.path);
  append_text(json, "schema", names.schema);
  append_number(json, "file_sequence", file.file_sequence);
  append_number(json, "rows", file.rows);
  append_number(json, "bytes", file.bytes);
  append_number(json, "row_groups", file.row_groups);
  append_number(json, "first_sequence", file.first_sequence);
  append_number(json, "last_sequence", file.last_sequence);
  append_text(json, "begun_at", base::utc_moment_text(file.begun_at_utc_ns));
  append_text(json, "ended_at", base::utc_moment_text(file.ended_at_utc_ns));
  append_text(json, "end", file_end_name(file.end));
  append_name(json, "is_synced");
  json += file.is_synced != 0 ? "true" : "false";
  append_text(json, "host", names.host);
  append_number(json, "pid", names.process_id);
  return json + "}";
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
