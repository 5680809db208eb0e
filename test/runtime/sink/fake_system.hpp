// Real system calls that fail where a test wants them to, and a clock that a test moves.
#pragma once

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>

#include "base/system.hpp"
#include "support/pieces.hpp"

namespace pqflow::sink::test {

// Any thread. Calls are numbered from 0 in the order they come.
class FakeSystem {
 public:
  static constexpr uint64_t kNever = UINT64_MAX;

  FakeSystem()
      : calls_{this,
               open,
               pwritev,
               ftruncate,
               fdatasync,
               close,
               rename,
               unlink,
               access,
               reserve,
               real().start_writeback,
               real().is_in_memory,
               copy_range,
               cut_unseen,
               sync_directory,
               is_remote,
               real().max_file_bytes,
               real().lock,
               real().unlock,
               mkdir,
               append,
               last_byte} {}
  FakeSystem(const FakeSystem&) = delete;
  FakeSystem& operator=(const FakeSystem&) = delete;

  const base::SystemCalls& calls() const { return calls_; }
  uint64_t call_count() const { return call_count_.load(); }
  uint64_t failure_count() const { return failure_count_.load(); }
  uint64_t sync_count() const { return sync_count_.load(); }

  // `count` calls from `first_call` on fail with `os_error`; access, rename and unlink know no EINTR. close() does its work before it
  // fails, as the kernel's does.
  void fail(int os_error, uint64_t first_call, uint64_t count = kNever) {
    os_error_ = os_error;
    last_failing_ = count == kNever ? kNever : first_call + count - 1;
    first_failing_ = first_call;
  }
  void fail_from_now_on(int os_error) { fail(os_error, call_count()); }
  void fail_next_sync(int os_error) { sync_os_error_ = os_error; }
  // The next `count` pwritev(), after `skip_count` that do not.
  void fail_next_writes(int os_error, uint64_t count = 1, uint64_t skip_count = 0) {
    write_os_error_ = os_error;
    failing_writes_ = count;
    sound_writes_ = skip_count;
  }
  void fail_next_folder_sync(int os_error) { folder_sync_os_error_ = os_error; }
  // The folder is on another machine.
  void be_remote() { is_remote_ = true; }
  void heal() { first_failing_ = kNever; }
  // pwritev() writes at most this much at once.
  void write_at_most(size_t size_bytes) { write_limit_bytes_ = size_bytes; }
  // Called before the next pwritev(), once.
  void at_next_write(std::function<void()> action) { action_ = std::move(action); }
  // The next pwritev() throws instead.
  void throw_at_next_write() { throws_ = true; }

 private:
  static FakeSystem& self(void* context) { return *static_cast<FakeSystem*>(context); }
  static const base::SystemCalls& real() { return base::real_system_calls(); }

  bool fails(bool can_be_interrupted = true) {
    const uint64_t call = call_count_.fetch_add(1);
    const bool possible = can_be_interrupted || os_error_.load() != EINTR;
    const bool failing = possible && call >= first_failing_.load() && call <= last_failing_.load();
    if (failing) {
      failure_count_.fetch_add(1);
      errno = os_error_.load();
    }
    return failing;
  }

  // One writing thread.
  bool fails_write() {
    if (sound_writes_ > 0 || failing_writes_ == 0) {
      sound_writes_ -= sound_writes_ > 0 ? 1 : 0;
      return false;
    }
    --failing_writes_;
    failure_count_.fetch_add(1);
    errno = write_os_error_;
    return true;
  }

  static int open(void* context, const char* path, int flags, unsigned mode) {
    return self(context).fails() ? -1 : real().open(nullptr, path, flags, mode);
  }
  static ssize_t pwritev(void* context, int fd, const iovec* pieces, int piece_count, off_t offset) {
    FakeSystem& fake = self(context);
    if (auto action = std::exchange(fake.action_, nullptr)) {
      action();
    }
    if (fake.throws_.exchange(false)) {
      throw std::runtime_error("thrown by the test");
    }
    const pqflow::test::FirstPieces first(pieces, piece_count, fake.write_limit_bytes_.load());
    if (fake.fails_write()) {
      return -1;
    }
    return fake.fails() ? -1 : real().pwritev(nullptr, fd, first.taken.data(), first.count, offset);
  }
  static int ftruncate(void* context, int fd, off_t size_bytes) {
    return self(context).fails() ? -1 : real().ftruncate(nullptr, fd, size_bytes);
  }
  static int fdatasync(void* context, int fd) {
    (void)fd;  // Not synced for real: no test pulls the plug, and disks are slow.
    self(context).sync_count_.fetch_add(1);
    if (const int os_error = self(context).sync_os_error_.exchange(0); os_error != 0) {
      self(context).failure_count_.fetch_add(1);
      errno = os_error;
      return -1;
    }
    return self(context).fails() ? -1 : 0;
  }
  static int close(void* context, int fd) {
    const int outcome = real().close(nullptr, fd);
    return self(context).fails() ? -1 : outcome;
  }
  static int rename(void* context, const char* from, const char* to, bool replace) {
    return self(context).fails(false) ? -1 : real().rename(nullptr, from, to, replace);
  }
  static int unlink(void* context, const char* path) { return self(context).fails(false) ? -1 : real().unlink(nullptr, path); }
  static int access(void* context, const char* path) { return self(context).fails(false) ? -1 : real().access(nullptr, path); }
  static int reserve(void* context, int fd, off_t offset, off_t size_bytes) {
    return self(context).fails() ? -1 : real().reserve(nullptr, fd, offset, size_bytes);
  }

  static ssize_t copy_range(void* context, int from_fd, int to_fd, off_t offset_bytes, size_t size_bytes) {
    return self(context).fails() ? -1 : real().copy_range(nullptr, from_fd, to_fd, offset_bytes, size_bytes);
  }
  static int cut_unseen(void* context, int fd, off_t size_bytes) {
    return self(context).fails() ? -1 : real().cut_unseen(nullptr, fd, size_bytes);
  }
  static int sync_directory(void* context, const char* path) {
    (void)path;
    if (const int os_error = self(context).folder_sync_os_error_.exchange(0); os_error != 0) {
      errno = os_error;
      return -1;
    }
    return self(context).fails() ? -1 : 0;
  }
  static int is_remote(void* context, int fd) {
    if (self(context).is_remote_) {
      return 1;
    }
    return self(context).fails() ? -1 : real().is_remote(nullptr, fd);
  }

  static int mkdir(void* context, const char* path, unsigned mode) {
    return self(context).fails(false) ? -1 : real().mkdir(nullptr, path, mode);
  }
  static ssize_t append(void* context, int fd, const void* bytes, size_t size_bytes) {
    return self(context).fails() ? -1 : real().append(nullptr, fd, bytes, std::min(size_bytes, self(context).write_limit_bytes_.load()));
  }
  static int last_byte(void* context, int fd) { return self(context).fails(false) ? -1 : real().last_byte(nullptr, fd); }

  base::SystemCalls calls_;
  std::atomic<uint64_t> call_count_{0};
  std::atomic<uint64_t> failure_count_{0};
  std::atomic<uint64_t> sync_count_{0};
  std::atomic<uint64_t> first_failing_{kNever};
  std::atomic<uint64_t> last_failing_{kNever};
  std::atomic<int> os_error_{0};
  std::atomic<int> sync_os_error_{0};
  std::atomic<int> write_os_error_{0};
  std::atomic<uint64_t> failing_writes_{0};
  std::atomic<uint64_t> sound_writes_{0};
  std::atomic<int> folder_sync_os_error_{0};
  std::atomic<size_t> write_limit_bytes_{SIZE_MAX};
  std::function<void()> action_;
  std::atomic<bool> throws_{false};
  std::atomic<bool> is_remote_{false};
};

class FakeClock {
 public:
  FakeClock()
      : clock_{this, [](void* context) { return static_cast<FakeClock*>(context)->now_ns.load(); },
               [](void* context) { return static_cast<FakeClock*>(context)->utc_ns.load(); }} {}
  const base::Clock& clock() const { return clock_; }
  std::atomic<uint64_t> now_ns{1};
  std::atomic<uint64_t> utc_ns{0};

 private:
  base::Clock clock_;
};

}  // namespace pqflow::sink::test
