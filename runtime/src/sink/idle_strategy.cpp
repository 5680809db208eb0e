#include "sink/idle_strategy.hpp"

#include <algorithm>
#include <thread>

namespace pqflow::sink {

void relax_processor() noexcept {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

namespace {

class SpinStrategy final : public IdleStrategy {
 public:
  void idle(size_t work_count) override {
    if (work_count == 0) {
      relax_processor();
    }
  }
};

class YieldStrategy final : public IdleStrategy {
 public:
  void idle(size_t work_count) override {
    if (work_count == 0) {
      std::this_thread::yield();
    }
  }
};

class SleepStrategy final : public IdleStrategy {
 public:
  SleepStrategy(uint64_t sleep_ns, Sleeper& sleeper) : sleep_ns_(sleep_ns), sleeper_(sleeper) {}
  void idle(size_t work_count) override {
    if (work_count == 0) {
      sleeper_.sleep_ns(sleep_ns_);
    }
  }

 private:
  const uint64_t sleep_ns_;
  Sleeper& sleeper_;
};

// Spins, then yields, then sleeps in doubling steps. A busy round starts over.
class AdaptiveStrategy final : public IdleStrategy {
 public:
  AdaptiveStrategy(const IdleOptions& options, Sleeper& sleeper)
      : sleep_max_ns_(options.sleep_max_ns), busy_records_(options.busy_records), sleeper_(sleeper) {
    start_over();
  }

  void idle(size_t work_count) override {
    if (work_count >= busy_records_) {
      start_over();
    } else if (quiet_rounds_ < kSpinRounds) {
      ++quiet_rounds_;
      relax_processor();
    } else if (quiet_rounds_ < kSpinRounds + kYieldRounds) {
      ++quiet_rounds_;
      std::this_thread::yield();
    } else {
      sleeper_.sleep_ns(next_sleep_ns_);
      next_sleep_ns_ = std::min(next_sleep_ns_ * 2, sleep_max_ns_);
    }
  }

 private:
  static constexpr uint32_t kSpinRounds = 100;
  static constexpr uint32_t kYieldRounds = 20;
  static constexpr uint64_t kFirstSleepNs = 10'000;

  void start_over() noexcept {
    quiet_rounds_ = 0;
    next_sleep_ns_ = std::min(kFirstSleepNs, sleep_max_ns_);
  }

  const uint64_t sleep_max_ns_;
  const size_t busy_records_;
  Sleeper& sleeper_;
  uint32_t quiet_rounds_ = 0;
  uint64_t next_sleep_ns_ = 0;
};

}  // namespace

std::unique_ptr<IdleStrategy> make_idle_strategy(const IdleOptions& options, Sleeper& sleeper) {
  switch (options.strategy) {
    case PQFLOW_IDLE_SPIN:
      return std::make_unique<SpinStrategy>();
    case PQFLOW_IDLE_YIELD:
      return std::make_unique<YieldStrategy>();
    case PQFLOW_IDLE_SLEEP:
      return std::make_unique<SleepStrategy>(options.sleep_max_ns, sleeper);
    case PQFLOW_IDLE_ADAPTIVE:
      break;
  }
  return std::make_unique<AdaptiveStrategy>(options, sleeper);
}

}  // namespace pqflow::sink
