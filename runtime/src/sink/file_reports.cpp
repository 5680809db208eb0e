#include "sink/file_reports.hpp"

namespace pqflow::sink {

void FileReports::tell(const pqflow_finished_file& file) {
  manifest_.add(file);
  show_manifest();
  if (listener_.callback != nullptr) {
    listener_.callback(listener_.context, &file);
  }
}

void FileReports::catch_up() {
  manifest_.retry();
  show_manifest();
}

void FileReports::show_manifest() {
  counters_.manifest_missing_lines.store(manifest_.missing_lines());
  health_.note_manifest(manifest_.failure());
}

}  // namespace pqflow::sink
