// A file from its creation under a hidden name to its final one: descriptor and names, not what is in it.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "base/system.hpp"
#include "io/file_target.hpp"

namespace pqflow::io {

// Writer thread; blocks for the system call it is named after. Failures name the file and say what can be done.
class ProgressFile {
 public:
  explicit ProgressFile(const base::SystemCalls& system) noexcept : system_(system) {}
  // Closes, gives the lock back, and leaves the file where it is.
  ~ProgressFile();
  ProgressFile(const ProgressFile&) = delete;
  ProgressFile& operator=(const ProgressFile&) = delete;

  // A new file, readable and writable, at `path` or the first free path.1, path.2 …: a file of that name is another live capture's, or what
  // a killed one left. No link is followed. This process has the file's lock from then on, until the destructor: who finds it free has
  // found what a process that ended left behind. Where the file system has no locks there is none.
  base::Result create(const std::string& path);
  // A file that is there already, without a lock; no link is followed.
  base::Result adopt(const std::string& path);
  // To a name that another file has, which goes: at every instant one of the two has it.
  base::Result replace(const std::string& path);
  // To a name that nothing has: `path`, or the first free path.1, path.2 …
  base::Result take_name(const std::string& path);
  // To the target's final name. `resolved_path`: as resolve_target() found it; when it was taken since and if_exists is not REPLACE, the
  // file takes a suffix: a capture is never lost. `final_path` tells.
  base::Result take_final_name(const FileTarget& target, const std::string& resolved_path, std::string& final_path);
  // After a failure the system may have dropped the unwritten pages and would report success the next time (RUNTIME.md 5.5): it is never
  // asked again, and every further call gives the same IO_ERROR.
  base::Result sync();
  // Of the folder the file is in: its name lasts through a power cut from then on.
  base::Result sync_folder();
  // The descriptor is gone whatever the system answers: a repeated call is OK.
  base::Result close();
  void remove() noexcept;

  int fd() const noexcept { return fd_; }
  bool is_suspect() const noexcept { return !sync_failure_.is_ok(); }
  const std::string& path() const noexcept { return path_; }

 private:
  bool take_lock();

  const base::SystemCalls& system_;
  std::string path_;
  base::Result sync_failure_;
  int fd_ = -1;
  int lock_fd_ = -1;  // Outlives fd_: the file is nobody's between close() and its final name.
};

}  // namespace pqflow::io
