// A text file that several processes append whole lines to.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/system.hpp"

namespace pqflow::io {

// Writer thread, but for the first call.
class LineFile {
 public:
  LineFile(const base::SystemCalls& system, std::string path) : system_(system), path_(std::move(path)) {}

  // Appends `lines`, each with its line feed, in one write, and syncs; makes the file where it is missing. A last line that was torn, by a
  // full disk or a kill, is ended first. After a failure a part of them may be there: the caller appends them again. Empty: only makes sure
  // that the file can be written. Blocks.
  base::Result append(std::string_view lines);

 private:
  int open() const noexcept;
  base::Result append_to(int fd, std::string_view lines);
  base::Result write(int fd, std::string_view text);
  base::Result sync(int fd, bool is_new);

  const base::SystemCalls& system_;
  const std::string path_;
};

}  // namespace pqflow::io
