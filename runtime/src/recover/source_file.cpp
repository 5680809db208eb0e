#include "recover/source_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "io/os_error.hpp"

namespace pqflow::recover {

SourceFile::~SourceFile() {
  if (fd_ >= 0) {
    ::close(fd_);
  }
}

// Without waiting for a writer that is cutting its file (fcntl(2), leases): that one is alive, and the file is not open then.
base::Result SourceFile::open_file(const std::string& path, struct stat& status) {
  path_ = path;
  fd_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd_ < 0 && (errno == EWOULDBLOCK || errno == ENOENT)) {
    ownership_ = errno == ENOENT ? Ownership::kGone : Ownership::kWriter;
    return base::Result::ok();
  }
  if (fd_ < 0 || ::fstat(fd_, &status) != 0) {
    return io::os_failure(PQFLOW_FILE_CALL_LOOK_UP, "cannot open " + path, errno);
  }
  if (!S_ISREG(status.st_mode)) {
    return base::Result::failure(PQFLOW_STATUS_IO_ERROR, path + " is no file");
  }
  size_bytes_ = static_cast<uint64_t>(status.st_size);
  return base::Result::ok();
}

base::Result SourceFile::open_unlocked(const std::string& path) {
  struct stat status {};
  return open_file(path, status);
}

base::Result SourceFile::open(const std::string& path, bool is_alone) {
  struct stat status {};
  if (auto result = open_file(path, status); !result.is_ok() || fd_ < 0) {
    return result;
  }
  take_lock(is_alone);
  // Its size counts once nobody writes any more; its name may have gone to another file until then.
  struct stat named {};
  if (::fstat(fd_, &status) != 0 || ::lstat(path.c_str(), &named) != 0 || named.st_ino != status.st_ino || named.st_dev != status.st_dev) {
    ownership_ = Ownership::kGone;
  }
  size_bytes_ = static_cast<uint64_t>(status.st_size);
  return base::Result::ok();
}

void SourceFile::take_lock(bool is_alone) {
  const bool is_free = ::flock(fd_, (is_alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0;
  ownership_ = is_free ? Ownership::kNobody : errno == EWOULDBLOCK ? Ownership::kWriter : Ownership::kUnknown;
}

base::Result SourceFile::read(uint64_t offset_bytes, uint64_t size_bytes, std::vector<uint8_t>& bytes) const {
  bytes.resize(size_bytes);
  for (uint64_t done = 0; done < size_bytes;) {
    const ssize_t count = ::pread(fd_, bytes.data() + done, size_bytes - done, static_cast<off_t>(offset_bytes + done));
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count <= 0) {
      return io::os_failure(PQFLOW_FILE_CALL_COPY, "cannot read " + path_, count < 0 ? errno : EIO);
    }
    done += static_cast<uint64_t>(count);
  }
  return base::Result::ok();
}

}  // namespace pqflow::recover
