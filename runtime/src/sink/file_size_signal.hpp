// A file that would become longer than the process may make one: the system answers EFBIG, and a signal that kills the process. The writer
// thread has all signals blocked; for what the opening thread does to the first file there is this.
#pragma once

#include <pthread.h>
#include <signal.h>

namespace pqflow::sink {

// Of this thread, while it lives: the error is left alone to tell. A signal that came before is kept for later.
class FileSizeSignalBlocked {
 public:
  FileSizeSignalBlocked() noexcept : was_pending_(is_pending()) {
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGXFSZ);
    pthread_sigmask(SIG_BLOCK, &blocked, &before_);
  }
  FileSizeSignalBlocked(const FileSizeSignalBlocked&) = delete;
  FileSizeSignalBlocked& operator=(const FileSizeSignalBlocked&) = delete;
  ~FileSizeSignalBlocked() {
    if (!was_pending_ && is_pending()) {
      sigset_t taken;
      sigemptyset(&taken);
      sigaddset(&taken, SIGXFSZ);
      int signal_number = 0;
      sigwait(&taken, &signal_number);  // It is there: does not wait.
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  static bool is_pending() noexcept {
    sigset_t pending;
    sigemptyset(&pending);
    sigpending(&pending);
    return sigismember(&pending, SIGXFSZ) == 1;
  }

  const bool was_pending_;
  sigset_t before_{};
};

}  // namespace pqflow::sink
