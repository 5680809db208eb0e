#include "sink/thread_starter.hpp"

#include <pthread.h>
#include <signal.h>

#include <string>
#include <system_error>
#include <utility>

namespace pqflow::sink {

namespace {

void name_this_thread(const char* name) noexcept {
#if defined(__linux__)
  pthread_setname_np(pthread_self(), name);
#elif defined(__APPLE__)
  pthread_setname_np(name);
#endif
}

// A thread inherits the mask of the one that starts it.
class AllSignalsBlocked {
 public:
  AllSignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  AllSignalsBlocked(const AllSignalsBlocked&) = delete;
  AllSignalsBlocked& operator=(const AllSignalsBlocked&) = delete;
  ~AllSignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_;
};

}  // namespace

std::thread start_real_thread(std::function<void()> body) {
  const AllSignalsBlocked blocked;
  return std::thread(std::move(body));
}

base::Result start_named_thread(ThreadStarter starter, const char* name, const char* role, std::function<void()> body,
                                std::thread& thread) {
  try {
    thread = starter([name, body = std::move(body)] {
      name_this_thread(name);
      body();
    });
  } catch (const std::system_error& error) {
    return base::Result::failure(PQFLOW_STATUS_THREAD_ERROR,
                                 std::string("cannot start ") + role + ": " + error.what() + "; raise the limit on threads or on memory",
                                 error.code().value());
  }
  return base::Result::ok();
}

}  // namespace pqflow::sink
