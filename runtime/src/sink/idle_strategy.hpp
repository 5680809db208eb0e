// What the writer thread does between two rounds of work, chosen by name. It alone sleeps; the work never does.
#pragma once

#include <pqflow/pqflow.h>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace pqflow::sink {

// Sleeps that something may end early.
class Sleeper {
 public:
  virtual ~Sleeper() = default;
  virtual void sleep_ns(uint64_t duration_ns) = 0;
  // Any thread. Ends the sleep, or the next one.
  virtual void wake() = 0;
};

// Tells the processor that this thread waits for another.
void relax_processor() noexcept;

class IdleStrategy {
 public:
  virtual ~IdleStrategy() = default;
  // After a round that moved `work_count` records. Writer thread; may block for the longest sleep.
  virtual void idle(size_t work_count) = 0;
};

struct IdleOptions {
  pqflow_idle_strategy strategy = PQFLOW_IDLE_ADAPTIVE;
  uint64_t sleep_max_ns = 0;
  // ADAPTIVE: a round of fewer records drained the lane, and the next one is better done later and larger. Chasing single records would
  // cost a core and take the producer's cache lines away.
  size_t busy_records = 1;
};

// `sleeper` must outlive the strategy.
std::unique_ptr<IdleStrategy> make_idle_strategy(const IdleOptions& options, Sleeper& sleeper);

}  // namespace pqflow::sink
