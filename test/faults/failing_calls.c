/* Preloaded before libc, makes system calls on the files of one folder fail: the N-th, or all from it on. Of the environment:
 *
 *   PQFLOW_FAULT_FOLDER   calls on files in this folder count, and mmap of anything
 *   PQFLOW_FAULT_FIRST    the first call to fail, counted from 0; nothing fails without it
 *   PQFLOW_FAULT_COUNT    how many fail; 1 without it
 *   PQFLOW_FAULT_ERRNO    with this errno; 0: writes take half of their bytes, copies too, and nothing else fails
 *   PQFLOW_FAULT_DELAY_US every call takes so much longer; 0 without it
 *   PQFLOW_FAULT_REPORT   a file that gets "CALLS FAILED KIND": how many there were, how many failed, what the first of them was
 *
 * What fails does what it does when it fails for real: close() closes all the same, writes that are cut short have written so much, calls
 * that cannot be interrupted are not. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/statfs.h>
#include <sys/uio.h>
#include <unistd.h>

enum { kMaxFds = 1024 };

static char folder[4096];
static size_t folder_length;
static long first_failing = -1;
static long failing_count = 1;
static int failing_errno;
static useconds_t delay_us;
static char report_path[4096];
static atomic_long call_count;
static atomic_long failed_count;
static _Atomic(const char*) first_kind;
static atomic_bool is_ours[kMaxFds];

static long number_of(const char* name, long otherwise) {
  const char* const text = getenv(name);
  return text != NULL ? atol(text) : otherwise;
}

static void text_of(const char* name, char* text, size_t capacity) {
  const char* const value = getenv(name);
  snprintf(text, capacity, "%s", value != NULL ? value : "");
}

__attribute__((constructor)) static void begin(void) {
  text_of("PQFLOW_FAULT_FOLDER", folder, sizeof folder);
  text_of("PQFLOW_FAULT_REPORT", report_path, sizeof report_path);
  folder_length = strlen(folder);
  failing_errno = (int)number_of("PQFLOW_FAULT_ERRNO", 0);
  failing_count = number_of("PQFLOW_FAULT_COUNT", 1);
  delay_us = (useconds_t)number_of("PQFLOW_FAULT_DELAY_US", 0);
  first_failing = number_of("PQFLOW_FAULT_FIRST", -1);
}

__attribute__((destructor)) static void report(void) {
  FILE* const file = report_path[0] != '\0' ? fopen(report_path, "w") : NULL;
  if (file != NULL) {
    const char* const kind = atomic_load(&first_kind);
    fprintf(file, "%ld %ld %s\n", atomic_load(&call_count), atomic_load(&failed_count), kind != NULL ? kind : "none");
    fclose(file);
  }
}

static void* real(const char* name) {
  void* const function = dlsym(RTLD_NEXT, name);
  if (function == NULL) {
    abort();
  }
  return function;
}

#define REAL(name) ((__typeof__(&name))real(#name))

static bool is_in_folder(const char* path) { return folder_length != 0 && strncmp(path, folder, folder_length) == 0; }
static bool is_our_fd(int fd) { return fd >= 0 && fd < kMaxFds && atomic_load(&is_ours[fd]); }

/* One call of ours. */
static bool is_hit(const char* kind) {
  const long call = atomic_fetch_add(&call_count, 1);
  if (delay_us != 0) {
    usleep(delay_us);
  }
  const bool hit = first_failing >= 0 && call >= first_failing && call - first_failing < failing_count;
  if (hit && atomic_fetch_add(&failed_count, 1) == 0) {
    atomic_store(&first_kind, kind);
  }
  return hit;
}

static bool fails(const char* kind, bool can_be_interrupted) {
  const bool hit = is_hit(kind) && failing_errno != 0 && (can_be_interrupted || failing_errno != EINTR);
  if (hit) {
    errno = failing_errno;
  }
  return hit;
}

/* ---- Names ---- */

static int open_real(int (*function)(const char*, int, ...), const char* path, int flags, mode_t mode) {
  if (!is_in_folder(path)) {
    return function(path, flags, mode);
  }
  if (fails("open", true)) {
    return -1;
  }
  const int fd = function(path, flags, mode);
  if (fd >= 0 && fd < kMaxFds) {
    atomic_store(&is_ours[fd], true);
  }
  return fd;
}

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return open_real(REAL(open), path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return open_real(REAL(open64), path, flags, mode);
}

int close(int fd) {
  const bool counts = is_our_fd(fd);
  if (counts) {
    atomic_store(&is_ours[fd], false);
  }
  const int outcome = REAL(close)(fd);
  return counts && fails("close", true) ? -1 : outcome;
}

int access(const char* path, int mode) { return is_in_folder(path) && fails("access", false) ? -1 : REAL(access)(path, mode); }

int rename(const char* from, const char* to) { return is_in_folder(from) && fails("rename", false) ? -1 : REAL(rename)(from, to); }

int renameat2(int from_fd, const char* from, int to_fd, const char* to, unsigned flags) {
  return is_in_folder(from) && fails("rename", false) ? -1 : REAL(renameat2)(from_fd, from, to_fd, to, flags);
}

int link(const char* from, const char* to) { return is_in_folder(from) && fails("link", false) ? -1 : REAL(link)(from, to); }

int unlink(const char* path) { return is_in_folder(path) && fails("unlink", false) ? -1 : REAL(unlink)(path); }

/* ---- Contents ---- */

static int half_of(const struct iovec* pieces, int piece_count, struct iovec* half) {
  size_t size_bytes = 0;
  for (int i = 0; i < piece_count; ++i) {
    size_bytes += pieces[i].iov_len;
  }
  size_t left_bytes = (size_bytes + 1) / 2;
  int count = 0;
  for (; count < piece_count && left_bytes != 0; ++count) {
    half[count] = pieces[count];
    half[count].iov_len = pieces[count].iov_len < left_bytes ? pieces[count].iov_len : left_bytes;
    left_bytes -= half[count].iov_len;
  }
  return count;
}

static ssize_t write_pieces(ssize_t (*function)(int, const struct iovec*, int, off_t), int fd, const struct iovec* pieces, int piece_count,
                            off_t offset) {
  if (!is_our_fd(fd) || !is_hit("write")) {
    return function(fd, pieces, piece_count, offset);
  }
  if (failing_errno != 0) {
    errno = failing_errno;
    return -1;
  }
  struct iovec half[1024];
  return function(fd, half, half_of(pieces, piece_count, half), offset);
}

ssize_t pwritev(int fd, const struct iovec* pieces, int piece_count, off_t offset) {
  return write_pieces(REAL(pwritev), fd, pieces, piece_count, offset);
}

ssize_t pwritev64(int fd, const struct iovec* pieces, int piece_count, off64_t offset) {
  return write_pieces(REAL(pwritev64), fd, pieces, piece_count, offset);
}

ssize_t copy_file_range(int from_fd, off64_t* from_offset, int to_fd, off64_t* to_offset, size_t size_bytes, unsigned flags) {
  if (!is_our_fd(to_fd) || !is_hit("copy")) {
    return REAL(copy_file_range)(from_fd, from_offset, to_fd, to_offset, size_bytes, flags);
  }
  if (failing_errno != 0) {
    errno = failing_errno;
    return -1;
  }
  return REAL(copy_file_range)(from_fd, from_offset, to_fd, to_offset, (size_bytes + 1) / 2, flags);
}

int ftruncate(int fd, off_t size_bytes) { return is_our_fd(fd) && fails("truncate", true) ? -1 : REAL(ftruncate)(fd, size_bytes); }
int ftruncate64(int fd, off64_t size_bytes) { return is_our_fd(fd) && fails("truncate", true) ? -1 : REAL(ftruncate64)(fd, size_bytes); }
int fdatasync(int fd) { return is_our_fd(fd) && fails("sync", true) ? -1 : 0; } /* No test pulls the plug, and disks are slow. */
int fsync(int fd) { return is_our_fd(fd) && fails("sync", true) ? -1 : 0; }

int fallocate(int fd, int mode, off_t offset, off_t size_bytes) {
  return is_our_fd(fd) && fails("reserve", true) ? -1 : REAL(fallocate)(fd, mode, offset, size_bytes);
}

int fallocate64(int fd, int mode, off64_t offset, off64_t size_bytes) {
  return is_our_fd(fd) && fails("reserve", true) ? -1 : REAL(fallocate64)(fd, mode, offset, size_bytes);
}

int sync_file_range(int fd, off64_t offset, off64_t size_bytes, unsigned flags) {
  return is_our_fd(fd) && fails("writeback", false) ? -1 : REAL(sync_file_range)(fd, offset, size_bytes, flags);
}

int fstatfs(int fd, struct statfs* status) { return is_our_fd(fd) && fails("statfs", false) ? -1 : REAL(fstatfs)(fd, status); }

void* mmap(void* address, size_t size_bytes, int protection, int flags, int fd, off_t offset) {
  return fails("mmap", false) ? MAP_FAILED : REAL(mmap)(address, size_bytes, protection, flags, fd, offset);
}
