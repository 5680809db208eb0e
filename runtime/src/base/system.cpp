#include "base/system.hpp"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#if defined(__linux__)
#include <linux/magic.h>
#include <sys/vfs.h>
#endif

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/units.hpp"

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

ssize_t copy_through_memory(int from_fd, int to_fd, off_t offset_bytes, size_t size_bytes) {
  std::array<char, size_t{64} << 10> buffer;
  const ssize_t read_bytes = ::pread(from_fd, buffer.data(), std::min(size_bytes, buffer.size()), offset_bytes);
  return read_bytes <= 0 ? read_bytes : ::pwrite(to_fd, buffer.data(), static_cast<size_t>(read_bytes), offset_bytes);
}

ssize_t real_copy_range(void*, int from_fd, int to_fd, off_t offset_bytes, size_t size_bytes) {
#if defined(__linux__)
  off_t from_offset = offset_bytes;
  off_t to_offset = offset_bytes;
  const ssize_t copied = ::copy_file_range(from_fd, &from_offset, to_fd, &to_offset, size_bytes, 0);
  const bool unsupported = copied < 0 && (errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP || errno == EXDEV);
  if (!unsupported) {
    return copied;
  }
#endif
  return copy_through_memory(from_fd, to_fd, offset_bytes, size_bytes);
}

// A lease (fcntl(2)) is granted only to the sole user of a file. Whoever breaks one has a signal sent: by default SIGIO to the process,
// which kills it. SIGURG does nothing by default, and goes to this thread.
int real_cut_unseen(void*, int fd, off_t size_bytes) {
#if defined(__linux__)
  const f_owner_ex owner{F_OWNER_TID, ::gettid()};
  if (::fcntl(fd, F_SETSIG, SIGURG) != 0 || ::fcntl(fd, F_SETOWN_EX, &owner) != 0 || ::fcntl(fd, F_SETLEASE, F_WRLCK) != 0) {
    return -1;
  }
  const int outcome = ::ftruncate(fd, size_bytes);
  const int os_error = errno;
  ::fcntl(fd, F_SETLEASE, F_UNLCK);
  errno = os_error;
  return outcome;
#else
  (void)fd;
  (void)size_bytes;
  errno = EOPNOTSUPP;
  return -1;
#endif
}

int real_sync_directory(void*, const char* path) {
  const int fd = ::open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) {
    return -1;
  }
  const int outcome = ::fsync(fd);
  const int os_error = errno;
  ::close(fd);
  errno = os_error;
  return outcome != 0 && os_error == EINVAL ? 0 : outcome;  // EINVAL: a file system whose directories cannot be synced.
}

int real_is_remote(void*, int fd) {
#if defined(__linux__)
  // NFS, SMB, CIFS, SMB2, Ceph, AFS, 9P, FUSE, Lustre, Coda (linux/magic.h).
  constexpr std::array<uint32_t, 10> kRemote = {0x6969,     0x517B,     0xFF534D42, 0xFE534D42, 0x00C36400,
                                                0x5346414F, 0x01021997, 0x65735546, 0x0BD00BD0, 0x73757245};
  struct statfs status {};
  if (::fstatfs(fd, &status) != 0) {
    return -1;
  }
  return std::ranges::find(kRemote, static_cast<uint32_t>(status.f_type)) != kRemote.end() ? 1 : 0;
#else
  (void)fd;
  return 0;
#endif
}

// The process's limit; files of FAT have 32 bits for their length.
uint64_t real_max_file_bytes(void*, int fd) {
  rlimit limit{RLIM_INFINITY, RLIM_INFINITY};
  ::getrlimit(RLIMIT_FSIZE, &limit);
  const uint64_t allowed_bytes = limit.rlim_cur == RLIM_INFINITY ? UINT64_MAX : uint64_t{limit.rlim_cur};
#if defined(__linux__)
  struct statfs status {};
  const bool is_fat = ::fstatfs(fd, &status) == 0 && status.f_type == MSDOS_SUPER_MAGIC;
  return is_fat ? std::min<uint64_t>(allowed_bytes, UINT32_MAX) : allowed_bytes;
#else
  (void)fd;
  return allowed_bytes;
#endif
}

// Whoever held the lock before may have removed the file: then there is nothing that the lock would protect.
int check_locked(int fd) {
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    return -1;
  }
  struct stat status {};
  if (::fstat(fd, &status) == 0 && status.st_nlink == 0) {
    errno = ESTALE;
    return -1;
  }
  return 0;
}

int real_lock(void*, int fd) {
  const int lock_fd = ::fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (lock_fd >= 0 && check_locked(lock_fd) != 0) {
    const int os_error = errno;
    ::close(lock_fd);
    errno = os_error;
    return -1;
  }
  return lock_fd;
}

void real_unlock(void*, int lock_fd) { ::close(lock_fd); }

int real_mkdir(void*, const char* path, unsigned mode) { return ::mkdir(path, static_cast<mode_t>(mode)); }

ssize_t real_append(void*, int fd, const void* bytes, size_t size_bytes) { return ::write(fd, bytes, size_bytes); }

int real_last_byte(void*, int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) {
    return -1;
  }
  if (status.st_size == 0) {
    return kNoLastByte;
  }
  unsigned char byte = 0;
  const ssize_t read_bytes = ::pread(fd, &byte, 1, status.st_size - 1);
  if (read_bytes < 0) {
    return -1;
  }
  return read_bytes == 1 ? byte : kNoLastByte;
}

uint64_t read_clock_ns(clockid_t id) {
  timespec now{};
  ::clock_gettime(id, &now);
  return static_cast<uint64_t>(now.tv_sec) * kNsPerSecond + static_cast<uint64_t>(now.tv_nsec);
}

uint64_t real_monotonic_ns(void*) { return read_clock_ns(CLOCK_MONOTONIC); }

uint64_t real_utc_ns(void*) { return read_clock_ns(CLOCK_REALTIME); }

}  // namespace

const SystemCalls& real_system_calls() noexcept {
  static const SystemCalls calls{
      nullptr,         real_open,       real_pwritev,        real_ftruncate, real_fdatasync,       real_close,
      real_rename,     real_unlink,     real_access,         real_reserve,   real_start_writeback, real_is_in_memory,
      real_copy_range, real_cut_unseen, real_sync_directory, real_is_remote, real_max_file_bytes,  real_lock,
      real_unlock,     real_mkdir,      real_append,         real_last_byte};
  return calls;
}

const Clock& real_clock() noexcept {
  static const Clock clock{nullptr, real_monotonic_ns, real_utc_ns};
  return clock;
}

std::string host_name() {
  std::array<char, 256> name{};  // POSIX: 255 bytes at most.
  return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string();
}

uint64_t process_id() noexcept { return static_cast<uint64_t>(::getpid()); }

}  // namespace pqflow::base
