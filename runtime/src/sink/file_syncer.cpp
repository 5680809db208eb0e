#include "sink/file_syncer.hpp"

#include <cerrno>

namespace pqflow::sink {

FileSyncer::~FileSyncer() {
  if (thread_.joinable()) {
    wait();
    state_.publish(kStopping);
    asked_.ring();
    thread_.join();
  }
}

base::Result FileSyncer::start(ThreadStarter starter) {
  return start_named_thread(
      starter, "pqflow-sync", "the thread that syncs", [this] { run(); }, thread_);
}

// ---- Writer thread ----

void FileSyncer::begin(int fd) {
  fd_ = fd;
  if (!thread_.joinable()) {
    os_error_ = sync();
    state_.publish(kAnswered);
    return;
  }
  state_.publish(kAsked);  // Release: the sync thread sees which file.
  asked_.ring();
}

std::optional<int> FileSyncer::answer() {
  // Acquire pairs with run(): the error is seen.
  if (state_.load_published() != kAnswered) {
    return std::nullopt;
  }
  state_.publish(kIdle);
  return os_error_;
}

std::optional<int> FileSyncer::wait() {
  if (is_idle()) {
    return std::nullopt;
  }
  answered_.wait([this] { return state_.load_published() == kAnswered; });
  return answer();
}

// ---- Sync thread ----

int FileSyncer::sync() const noexcept {
  int outcome = 0;
  do {
    outcome = system_.fdatasync(system_.context, fd_);
  } while (outcome != 0 && errno == EINTR);
  return outcome == 0 ? 0 : errno;
}

void FileSyncer::run() noexcept {
  for (;;) {
    asked_.wait([this] { return state_.load_published() == kAsked || state_.load_published() == kStopping; });
    if (state_.load_published() == kStopping) {
      return;
    }
    os_error_ = sync();
    state_.publish(kAnswered);
    answered_.ring();
    writer_.wake();
  }
}

}  // namespace pqflow::sink
