// The real system calls with chosen failures: the N-th call of a kind fails with an errno, writes are cut short, and everything is counted.
#pragma once

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/system.hpp"
#include "support/pieces.hpp"

namespace pqflow::test {

class FailingSystem {
 public:
  FailingSystem() : calls_(base::real_system_calls()) {
    calls_.context = this;
    calls_.open = [](void* self, const char* path, int flags, unsigned mode) {
      return of(self).fails("open") ? -1 : of(self).real_.open(nullptr, path, flags, mode);
    };
    calls_.pwritev = [](void* self, int fd, const iovec* pieces, int piece_count, off_t offset) {
      return of(self).pwritev(fd, pieces, piece_count, offset);
    };
    calls_.ftruncate = [](void* self, int fd, off_t size_bytes) {
      return of(self).fails("ftruncate") ? -1 : of(self).real_.ftruncate(nullptr, fd, size_bytes);
    };
    calls_.fdatasync = [](void* self, int fd) { return of(self).fails("fdatasync") ? -1 : of(self).real_.fdatasync(nullptr, fd); };
    calls_.close = [](void* self, int fd) {
      const int outcome = of(self).real_.close(nullptr, fd);
      return of(self).fails("close") ? -1 : outcome;
    };
    calls_.rename = [](void* self, const char* from, const char* to, bool replace) {
      return of(self).fails("rename") ? -1 : of(self).real_.rename(nullptr, from, to, replace);
    };
    calls_.unlink = [](void* self, const char* path) { return of(self).fails("unlink") ? -1 : of(self).real_.unlink(nullptr, path); };
    calls_.access = [](void* self, const char* path) { return of(self).fails("access") ? -1 : of(self).real_.access(nullptr, path); };
    calls_.reserve = [](void* self, int fd, off_t offset, off_t size_bytes) {
      return of(self).fails("reserve") ? -1 : of(self).real_.reserve(nullptr, fd, offset, size_bytes);
    };
    calls_.start_writeback = [](void* self, int fd, off_t offset, off_t size_bytes) {
      of(self).writebacks_.push_back({offset, size_bytes});
      return of(self).fails("start_writeback") ? -1 : of(self).real_.start_writeback(nullptr, fd, offset, size_bytes);
    };
    calls_.is_in_memory = [](void* self, int) { return of(self).is_in_memory_ ? 1 : 0; };
    calls_.copy_range = [](void* self, int from_fd, int to_fd, off_t offset_bytes, size_t size_bytes) -> ssize_t {
      return of(self).fails("copy_range") ? -1 : of(self).real_.copy_range(nullptr, from_fd, to_fd, offset_bytes, size_bytes);
    };
    calls_.cut_unseen = [](void* self, int fd, off_t size_bytes) {
      return of(self).fails("cut_unseen") ? -1 : of(self).real_.cut_unseen(nullptr, fd, size_bytes);
    };
    calls_.sync_directory = [](void* self, const char* path) {
      return of(self).fails("sync_directory") ? -1 : of(self).real_.sync_directory(nullptr, path);
    };
    calls_.mkdir = [](void* self, const char* path, unsigned mode) {
      return of(self).fails("mkdir") ? -1 : of(self).real_.mkdir(nullptr, path, mode);
    };
    calls_.append = [](void* self, int fd, const void* bytes, size_t size_bytes) -> ssize_t {
      const size_t limit_bytes = of(self).write_limit_bytes_ == 0 ? SIZE_MAX : of(self).write_limit_bytes_;
      return of(self).fails("append") ? -1 : of(self).real_.append(nullptr, fd, bytes, std::min(size_bytes, limit_bytes));
    };
    calls_.last_byte = [](void* self, int fd) { return of(self).fails("last_byte") ? -1 : of(self).real_.last_byte(nullptr, fd); };
    calls_.is_remote = [](void* self, int fd) { return of(self).is_remote_ ? 1 : of(self).real_.is_remote(nullptr, fd); };
  }
  FailingSystem(const FailingSystem&) = delete;

  const base::SystemCalls& calls() const { return calls_; }

  // The next call of this kind fails, after `skip_count` that do not.
  void fail(const std::string& kind, int os_error, size_t skip_count = 0) {
    failures_[kind].push_back({count(kind) + skip_count, os_error});
  }
  // Each write takes no more than this many bytes; 0 = all.
  void limit_writes(size_t size_bytes) { write_limit_bytes_ = size_bytes; }
  // Writes answer 0 without an error.
  void write_nothing(bool is_on) { writes_nothing_ = is_on; }
  // As on a tmpfs, wherever the test runs.
  void live_in_memory() { is_in_memory_ = true; }
  const std::vector<std::pair<off_t, off_t>>& writebacks() const { return writebacks_; }  // Offset and size.
  // The folder is on another machine.
  void be_remote() { is_remote_ = true; }
  size_t count(const std::string& kind) { return counts_[kind]; }

 private:
  struct Failure {
    size_t call_index;
    int os_error;
  };

  static FailingSystem& of(void* self) { return *static_cast<FailingSystem*>(self); }

  bool fails(const std::string& kind) {
    const size_t call_index = counts_[kind]++;
    for (const Failure& failure : failures_[kind]) {
      if (failure.call_index == call_index) {
        errno = failure.os_error;
        return true;
      }
    }
    return false;
  }

  ssize_t pwritev(int fd, const iovec* pieces, int piece_count, off_t offset) {
    if (fails("pwritev")) {
      return -1;
    }
    if (writes_nothing_) {
      return 0;
    }
    const FirstPieces first(pieces, piece_count, write_limit_bytes_ == 0 ? SIZE_MAX : write_limit_bytes_);
    return real_.pwritev(nullptr, fd, first.taken.data(), first.count, offset);
  }

  const base::SystemCalls& real_ = base::real_system_calls();
  base::SystemCalls calls_;
  std::map<std::string, std::vector<Failure>> failures_;
  std::map<std::string, size_t> counts_;
  size_t write_limit_bytes_ = 0;
  bool writes_nothing_ = false;
  bool is_in_memory_ = false;
  std::vector<std::pair<off_t, off_t>> writebacks_;
  bool is_remote_ = false;
};

}  // namespace pqflow::test
