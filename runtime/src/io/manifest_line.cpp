#include "io/manifest_line.hpp"

#include "base/json.hpp"
#include "base/utc_text.hpp"

namespace pqflow::io {
namespace {

class LineWriter {
 public:
  void text(const char* name, const std::optional<std::string>& value) {
    begin_member(name);
    if (value) {
      base::append_json_string(json_, *value);
    } else {
      json_ += "null";
    }
  }
  void number(const char* name, const std::optional<uint64_t>& value) {
    begin_member(name);
    json_ += value ? std::to_string(*value) : "null";
  }
  void moment(const char* name, const std::optional<uint64_t>& utc_ns) {
    text(name, utc_ns ? std::optional(base::utc_moment_text(*utc_ns)) : std::nullopt);
  }
  void truth(const char* name, bool value) {
    begin_member(name);
    json_ += value ? "true" : "false";
  }
  std::string end() { return std::move(json_) + "}"; }

 private:
  void begin_member(const char* name) {
    json_ += json_.size() == 1 ? "" : ",";
    base::append_json_string(json_, name);
    json_ += ':';
  }

  std::string json_ = "{";
};

}  // namespace

std::string manifest_line(const ManifestEntry& entry) {
  LineWriter line;
  line.text("path", entry.path);
  line.text("schema", entry.schema);
  line.number("file_sequence", entry.file_sequence);
  line.number("rows", entry.rows);
  line.number("bytes", entry.bytes);
  line.number("row_groups", entry.row_groups);
  line.number("first_sequence", entry.first_sequence);
  line.number("last_sequence", entry.last_sequence);
  line.moment("begun_at", entry.begun_at_utc_ns);
  line.moment("ended_at", entry.ended_at_utc_ns);
  line.text("end", std::string(entry.end));
  line.truth("is_synced", entry.is_synced);
  line.text("host", entry.host);
  line.number("pid", entry.process_id);
  return line.end();
}

}  // namespace pqflow::io
