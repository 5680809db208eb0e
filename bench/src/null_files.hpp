// System calls that lead every output file to /dev/null: what is left of writing is processor time.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

#include "base/system.hpp"

namespace bench {

inline int open_null(void*, const char*, int, unsigned) { return open("/dev/null", O_WRONLY | O_CLOEXEC); }

// Folders are there, files are not.
inline int only_folders(void*, const char* path) {
  struct stat status {};
  if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
    return 0;
  }
  errno = ENOENT;
  return -1;
}

inline const pqflow::base::SystemCalls& null_system_calls() {
  static const pqflow::base::SystemCalls calls = [] {
    pqflow::base::SystemCalls changed = pqflow::base::real_system_calls();
    changed.open = open_null;
    changed.ftruncate = [](void*, int, off_t) { return 0; };
    changed.fdatasync = [](void*, int) { return 0; };
    changed.rename = [](void*, const char*, const char*, bool) { return 0; };
    changed.unlink = [](void*, const char*) { return 0; };
    changed.access = only_folders;
    changed.lock = [](void*, int fd) { return fcntl(fd, F_DUPFD_CLOEXEC, 0); };  // All files are one here.
    changed.sync_directory = [](void*, const char*) { return 0; };
    return changed;
  }();
  return calls;
}

}  // namespace bench
