// One thread waits for what another brings about.
#pragma once

#include <condition_variable>
#include <mutex>

#include "sink/idle_strategy.hpp"

namespace pqflow::sink {

class Doorbell {
 public:
  // Until `is_ready()`, which whoever rings has made true before. Spins for a few microseconds, then blocks.
  template <typename Condition>
  void wait(const Condition& is_ready) {
    for (int spin = 0; spin < kSpins; ++spin) {
      if (is_ready()) {
        return;
      }
      relax_processor();
    }
    std::unique_lock lock(mutex_);
    rung_.wait(lock, is_ready);
  }

  // Any thread. The mutex keeps the change from falling between the other side's last look and its sleep; it is free but for that moment.
  void ring() {
    { const std::lock_guard lock(mutex_); }
    rung_.notify_one();
  }

 private:
  static constexpr int kSpins = 100;

  std::mutex mutex_;
  std::condition_variable rung_;
};

}  // namespace pqflow::sink
