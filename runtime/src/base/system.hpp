// The system calls the runtime makes on files, and its clock, as tables that tests replace: the N-th call can fail with any errno without
// mount rights.
#pragma once

#include <sys/types.h>
#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace pqflow::base {

// Each entry has the contract of the call it is named after: -1 and errno on failure. Entries get `context` first.
struct SystemCalls {
  void* context;
  int (*open)(void* context, const char* path, int flags, unsigned mode);
  ssize_t (*pwritev)(void* context, int fd, const iovec* pieces, int piece_count, off_t offset);
  int (*ftruncate)(void* context, int fd, off_t size_bytes);
  int (*fdatasync)(void* context, int fd);
  int (*close)(void* context, int fd);
  // Renames without replacing an existing target (EEXIST) unless replace is set.
  int (*rename)(void* context, const char* from, const char* to, bool replace);
  int (*unlink)(void* context, const char* path);
  int (*access)(void* context, const char* path);
  // Takes disk space for these bytes, which are not written yet; the file keeps its length. EOPNOTSUPP where the file system cannot.
  int (*reserve)(void* context, int fd, off_t offset, off_t size_bytes);
  // The system begins to write these bytes to the disk; nobody waits for them, and their errors are left to fdatasync.
  int (*start_writeback)(void* context, int fd, off_t offset, off_t size_bytes);
  // 1: the file lives in memory alone (tmpfs). 0: it does not. -1: cannot tell.
  int (*is_in_memory)(void* context, int fd);
  // Copies up to `size_bytes` from `offset_bytes` of one file, which must be readable, to the same offset of another; answers how many.
  ssize_t (*copy_range)(void* context, int from_fd, int to_fd, off_t offset_bytes, size_t size_bytes);
  // Cuts a file that no other descriptor and no mapping refers to: EAGAIN where one does, and nothing was done. Whoever opens the file
  // meanwhile waits.
  int (*cut_unseen)(void* context, int fd, off_t size_bytes);
  int (*sync_directory)(void* context, const char* path);
  // 1 where other machines reach the file, or a program stands between: what they see, and in what order, is not known. 0: local.
  int (*is_remote)(void* context, int fd);
  // How long the file may become, as far as that is known: behind it writes answer EFBIG. UINT64_MAX: no limit.
  uint64_t (*max_file_bytes)(void* context, int fd);
  // Takes the lock of an open file (flock) without waiting: EWOULDBLOCK where another has it, ESTALE where the file has no name any more.
  // Answers a descriptor that keeps the lock until unlock(), whatever becomes of `fd`; a child of fork() keeps it too.
  int (*lock)(void* context, int fd);
  void (*unlock)(void* context, int lock_fd);
  int (*mkdir)(void* context, const char* path, unsigned mode);
  // Behind the last byte of a file opened with O_APPEND, as write() does: in one piece where it is short.
  ssize_t (*append)(void* context, int fd, const void* bytes, size_t size_bytes);
  // The last byte of a file opened for reading, kNoLastByte when it is empty.
  int (*last_byte)(void* context, int fd);
};

constexpr int kNoLastByte = 256;

struct Clock {
  void* context;
  uint64_t (*monotonic_ns)(void* context);
  uint64_t (*utc_ns)(void* context);  // Since 1970-01-01; for names and for what the wall clock decides, never for intervals.
};

const SystemCalls& real_system_calls() noexcept;
const Clock& real_clock() noexcept;

// As the system has it; empty when it has none. Allocates.
std::string host_name();
uint64_t process_id() noexcept;

}  // namespace pqflow::base
