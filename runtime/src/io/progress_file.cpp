#include "io/progress_file.hpp"

#include <fcntl.h>

#include <cerrno>
#include <utility>

#include "io/folder_sync.hpp"
#include "io/os_error.hpp"

namespace pqflow::io {
namespace {

constexpr unsigned kFileMode = 0640;
constexpr int kNoFile = -1;

std::string numbered(const std::string& path, uint64_t number) { return number == 0 ? path : path + "." + std::to_string(number); }

}  // namespace

ProgressFile::~ProgressFile() {
  (void)close();
  if (lock_fd_ != kNoFile) {
    system_.unlock(system_.context, lock_fd_);
  }
}

// Between open() and here another process may have taken the file, which is empty, for what a killed one left.
bool ProgressFile::take_lock() {
  lock_fd_ = system_.lock(system_.context, fd_);
  return lock_fd_ >= 0 || (errno != EWOULDBLOCK && errno != ESTALE);
}

base::Result ProgressFile::create(const std::string& path) {
  for (uint64_t number = 0; number <= kMaxSuffix; ++number) {
    path_ = numbered(path, number);
    do {
      fd_ = system_.open(system_.context, path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, kFileMode);
    } while (fd_ < 0 && errno == EINTR);
    if (fd_ >= 0 && take_lock()) {
      break;
    }
    if (fd_ >= 0) {
      (void)close();
      errno = EEXIST;
    }
    if (errno != EEXIST) {
      break;
    }
  }
  sync_failure_ = base::Result::ok();
  return fd_ >= 0 ? base::Result::ok() : os_failure(PQFLOW_FILE_CALL_CREATE, "cannot create " + path_, errno);
}

base::Result ProgressFile::adopt(const std::string& path) {
  path_ = path;
  do {
    fd_ = system_.open(system_.context, path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0);
  } while (fd_ < 0 && errno == EINTR);
  sync_failure_ = base::Result::ok();
  return fd_ >= 0 ? base::Result::ok() : os_failure(PQFLOW_FILE_CALL_LOOK_UP, "cannot open " + path_, errno);
}

base::Result ProgressFile::take_name(const std::string& path) {
  for (uint64_t number = 0; number <= kMaxSuffix; ++number) {
    const std::string name = numbered(path, number);
    if (system_.rename(system_.context, path_.c_str(), name.c_str(), false) == 0) {
      path_ = name;
      return base::Result::ok();
    }
    if (errno != EEXIST) {
      break;
    }
  }
  return os_failure(PQFLOW_FILE_CALL_RENAME, "cannot rename " + path_ + " to " + path, errno);
}

base::Result ProgressFile::replace(const std::string& path) {
  if (system_.rename(system_.context, path_.c_str(), path.c_str(), true) != 0) {
    return os_failure(PQFLOW_FILE_CALL_RENAME, "cannot rename " + path_ + " to " + path, errno);
  }
  path_ = path;
  return base::Result::ok();
}

base::Result ProgressFile::take_final_name(const FileTarget& target, const std::string& resolved_path, std::string& final_path) {
  const bool is_replacing = target.if_exists == PQFLOW_IF_EXISTS_REPLACE;
  for (uint64_t number = 0; number <= kMaxSuffix; ++number) {
    const std::string name = number == 0 ? resolved_path : suffixed_path(target.final_path, number);
    if (system_.rename(system_.context, path_.c_str(), name.c_str(), is_replacing) == 0) {
      path_ = name;
      final_path = name;
      return base::Result::ok();
    }
    if (is_replacing || errno != EEXIST) {
      break;
    }
  }
  return os_failure(PQFLOW_FILE_CALL_RENAME, "cannot rename " + path_ + " to " + resolved_path, errno);
}

base::Result ProgressFile::sync() {
  if (!sync_failure_.is_ok()) {
    return sync_failure_;
  }
  int outcome = 0;
  do {
    outcome = system_.fdatasync(system_.context, fd_);
  } while (outcome != 0 && errno == EINTR);
  if (outcome != 0) {
    sync_failure_ =
        os_failure(PQFLOW_FILE_CALL_SYNC, "cannot sync " + path_ + ", whose contents are suspect now and which keeps this name", errno);
    sync_failure_.status = PQFLOW_STATUS_IO_ERROR;
  }
  return sync_failure_;
}

base::Result ProgressFile::sync_folder() {
  const std::string folder = folder_of(path_);
  const int os_error = io::sync_folder(system_, folder);
  return os_error == 0
             ? base::Result::ok()
             : os_failure(PQFLOW_FILE_CALL_SYNC_FOLDER, "a power cut may take " + path_ + " away: cannot sync folder " + folder, os_error);
}

base::Result ProgressFile::close() {
  if (fd_ == kNoFile) {
    return base::Result::ok();
  }
  const int outcome = system_.close(system_.context, std::exchange(fd_, kNoFile));
  return outcome == 0 || errno == EINTR ? base::Result::ok() : os_failure(PQFLOW_FILE_CALL_CLOSE, "cannot close " + path_, errno);
}

void ProgressFile::remove() noexcept { system_.unlink(system_.context, path_.c_str()); }

}  // namespace pqflow::io
