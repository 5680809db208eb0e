#include "io/line_file.hpp"

#include <fcntl.h>

#include <cerrno>

#include "io/folder_sync.hpp"
#include "io/os_error.hpp"

namespace pqflow::io {
namespace {

constexpr unsigned kLineFileMode = 0640;

}  // namespace

int LineFile::open() const noexcept {
  int fd = -1;
  do {
    fd = system_.open(system_.context, path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, kLineFileMode);
  } while (fd < 0 && errno == EINTR);
  return fd;
}

base::Result LineFile::append(std::string_view lines) {
  const int fd = open();
  if (fd < 0) {
    return os_failure(PQFLOW_FILE_CALL_MANIFEST, "cannot open manifest " + path_, errno);
  }
  base::Result result = append_to(fd, lines);
  const int outcome = system_.close(system_.context, fd);
  return result.is_ok() && outcome != 0 && errno != EINTR ? os_failure(PQFLOW_FILE_CALL_MANIFEST, "cannot close manifest " + path_, errno)
                                                          : result;
}

base::Result LineFile::append_to(int fd, std::string_view lines) {
  const int last_byte = system_.last_byte(system_.context, fd);
  if (last_byte < 0) {
    return os_failure(PQFLOW_FILE_CALL_MANIFEST, "cannot read manifest " + path_, errno);
  }
  const bool is_torn = last_byte != base::kNoLastByte && last_byte != '\n';
  if (base::Result result = write(fd, (is_torn ? "\n" : "") + std::string(lines)); !result.is_ok()) {
    return result;
  }
  return sync(fd, last_byte == base::kNoLastByte);
}

base::Result LineFile::write(int fd, std::string_view text) {
  if (text.empty()) {
    return base::Result::ok();
  }
  ssize_t written = 0;
  do {
    written = system_.append(system_.context, fd, text.data(), text.size());
  } while (written < 0 && errno == EINTR);
  if (written < 0) {
    return os_failure(PQFLOW_FILE_CALL_MANIFEST, "cannot append to manifest " + path_, errno);
  }
  if (static_cast<size_t>(written) != text.size()) {  // The rest would be a write of its own, behind lines of others.
    return os_failure(
        PQFLOW_FILE_CALL_MANIFEST,
        "cannot append to manifest " + path_ + " more than " + std::to_string(written) + " of " + std::to_string(text.size()) + " bytes",
        ENOSPC);
  }
  return base::Result::ok();
}

base::Result LineFile::sync(int fd, bool is_new) {
  int outcome = 0;
  do {
    outcome = system_.fdatasync(system_.context, fd);
  } while (outcome != 0 && errno == EINTR);
  if (outcome != 0 && errno != EINVAL) {  // EINVAL: nothing that can be synced, a pipe.
    return os_failure(PQFLOW_FILE_CALL_MANIFEST, "cannot sync manifest " + path_, errno);
  }
  if (!is_new) {
    return base::Result::ok();
  }
  const std::string folder = folder_of(path_);
  const int os_error = sync_folder(system_, folder);
  return os_error == 0 ? base::Result::ok() : os_failure(PQFLOW_FILE_CALL_MANIFEST, "cannot sync folder " + folder, os_error);
}

}  // namespace pqflow::io
