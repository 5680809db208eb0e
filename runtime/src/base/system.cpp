#include "base/system.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#if defined(__linux__)
#include <linux/magic.h>
#include <sys/vfs.h>
#endif

#include <cerrno>

namespace pqflow::base {

namespace {

int real_open(void*, const char* path, int flags, unsigned mode) { return ::open(path, flags, static_cast<mode_t>(mode)); }

ssize_t real_pwritev(void*, int fd, const iovec* pieces, int piece_count, off_t offset) {
  return ::pwritev(fd, pieces, piece_count, offset);
}

int real_ftruncate(void*, int fd, off_t size_bytes) { return ::ftruncate(fd, size_bytes); }

int real_fdatasync(void*, int fd) {
#if defined(__APPLE__)
  return ::fcntl(fd, F_FULLFSYNC);
#else
  return ::fdatasync(fd);
#endif
}

int real_close(void*, int fd) { return ::close(fd); }

// Where the file system has no rename that refuses to replace: link() refuses, and the old name goes afterwards.
int rename_by_link(const char* from, const char* to) {
  if (::link(from, to) != 0) {
    return -1;
  }
  return ::unlink(from);
}

int rename_without_replacing(const char* from, const char* to) {
#if defined(__linux__)
  const int outcome = ::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
#elif defined(__APPLE__)
  const int outcome = ::renamex_np(from, to, RENAME_EXCL);
#else
  const int outcome = -1;
  errno = ENOSYS;
#endif
  const bool unsupported = outcome != 0 && (errno == EINVAL || errno == ENOSYS || errno == ENOTSUP);
  return unsupported ? rename_by_link(from, to) : outcome;
}

int real_rename(void*, const char* from, const char* to, bool replace) {
  return replace ? ::rename(from, to) : rename_without_replacing(from, to);
}

int real_unlink(void*, const char* path) { return ::unlink(path); }

int real_access(void*, const char* path) { return ::access(path, F_OK); }

int real_reserve(void*, int fd, off_t offset, off_t size_bytes) {
#if defined(__linux__)
  return ::fallocate(fd, FALLOC_FL_KEEP_SIZE, offset, size_bytes);
#else
  (void)fd;
  (void)offset;
  (void)size_bytes;
  errno = EOPNOTSUPP;
  return -1;
#endif
}

int real_start_writeback(void*, int fd, off_t offset, off_t size_bytes) {
#if defined(__linux__)
  return ::sync_file_range(fd, offset, size_bytes, SYNC_FILE_RANGE_WRITE);
#else
  (void)fd;
  (void)offset;
  (void)size_bytes;
  return 0;
#endif
}

int real_is_in_memory(void*, int fd) {
#if defined(__linux__)
  struct statfs status {};
  if (::fstatfs(fd, &status) != 0) {
    return -1;
  }
  return status.f_type == TMPFS_MAGIC || status.f_type == RAMFS_MAGIC ? 1 : 0;
#else
  (void)fd;
  return 0;
#endif
}

uint64_t read_clock_ns(clockid_t id) {
  timespec now{};
  ::clock_gettime(id, &now);
  return static_cast<uint64_t>(now.tv_sec) * 1'000'000'000U + static_cast<uint64_t>(now.tv_nsec);
}

uint64_t real_monotonic_ns(void*) { return read_clock_ns(CLOCK_MONOTONIC); }

uint64_t real_utc_ns(void*) { return read_clock_ns(CLOCK_REALTIME); }

}  // namespace

const SystemCalls& real_system_calls() noexcept {
  static const SystemCalls calls{nullptr,     real_open,   real_pwritev, real_ftruncate, real_fdatasync,       real_close,
                                 real_rename, real_unlink, real_access,  real_reserve,   real_start_writeback, real_is_in_memory};
  return calls;
}

const Clock& real_clock() noexcept {
  static const Clock clock{nullptr, real_monotonic_ns, real_utc_ns};
  return clock;
}

}  // namespace pqflow::base
