#include "io/lock_owner.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <sstream>

#if defined(__linux__)
#include <sys/sysmacros.h>
#endif

namespace pqflow::io {

namespace {

#if defined(__linux__)
// As /proc/locks names a file: 08:01:1234567.
std::string name_in_lock_table(const struct stat& status) {
  char name[64];
  std::snprintf(name, sizeof name, "%02x:%02x:%llu", major(status.st_dev), minor(status.st_dev),
                static_cast<unsigned long long>(status.st_ino));
  return name;
}
#endif

}  // namespace

LockState ask_lock(const std::string& path) noexcept {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0) {
    const bool is_being_cut = errno == EWOULDBLOCK;  // By its writer, see fcntl(2), leases.
    return is_being_cut ? LockState::kTaken : errno == ENOENT ? LockState::kGone : LockState::kUnknown;
  }
  const bool is_free = ::flock(fd, LOCK_SH | LOCK_NB) == 0;
  const LockState state = is_free ? LockState::kFree : errno == EWOULDBLOCK ? LockState::kTaken : LockState::kUnknown;
  ::close(fd);
  return state;
}

uint64_t lock_owner(const std::string& path) {
#if defined(__linux__)
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) {
    return 0;
  }
  const std::string wanted = name_in_lock_table(status);
  std::ifstream table("/proc/locks");
  for (std::string line; std::getline(table, line);) {
    std::istringstream words(line);  // 1: FLOCK  ADVISORY  WRITE 4711 08:01:1234567 0 EOF
    std::string number, kind, advice, access, file;
    uint64_t process_id = 0;
    if (words >> number >> kind >> advice >> access >> process_id >> file && kind == "FLOCK" && file == wanted) {
      return process_id;
    }
  }
#else
  (void)path;
#endif
  return 0;
}

}  // namespace pqflow::io
