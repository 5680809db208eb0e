// The manifest's line of a recovered file: noted beside the file in progress before that gets its final name, and appended afterwards. A
// recovery that is killed in between leaves the note, and the next one appends the line if the manifest does not have it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/system.hpp"
#include "io/progress_file.hpp"
#include "recover/source_file.hpp"

namespace pqflow::recover {

// One thread; blocks.
class LineNote {
 public:
  // `progress_path`: of the file in progress.
  LineNote(const base::SystemCalls& system, const std::string& progress_path);

  // Replaces an older one; on the disk with its name when this is OK. Fails without leaving one.
  base::Result write(const std::string& final_path, const std::string& line);
  // The file has that name: into the manifest, and the note goes.
  base::Result settle(const std::string& manifest_path);

 private:
  base::Result fill(const std::string& text);

  const base::SystemCalls& system_;
  const std::string path_;
  std::string line_;
  std::optional<io::ProgressFile> file_;  // Has the note's lock.
};

// One that was left.
struct FoundNote {
  std::string line;        // Empty: torn, before the file was named.
  std::string final_path;  // That the file was to get.
};

// Nothing: it is none, other programs may use the name. IO_ERROR where it cannot be read.
base::Result read_note(const SourceFile& source, std::optional<FoundNote>& note);
// Whether its file got the name before the recovery ended.
bool is_file_named(const std::string& note_path, const FoundNote& note);
// Appends the line, unless the manifest has it.
base::Result append_once(const base::SystemCalls& system, const std::string& manifest_path, const std::string& line);

}  // namespace pqflow::recover
