// The thread that runs the agent: rounds of work, idling between them, until the agent is finished.
#pragma once

#include <functional>
#include <thread>

#include "base/result.hpp"
#include "sink/idle_strategy.hpp"
#include "sink/thread_starter.hpp"
#include "sink/writer_agent.hpp"

namespace pqflow::sink {

class WriterThread {
 public:
  // PQFLOW_STATUS_THREAD_ERROR when the system refuses. `agent` and `idle` must outlive the thread. `after_round` is called on it after
  // each round of work; never blocks or throws.
  base::Result start(WriterAgent& agent, IdleStrategy& idle, std::function<void()> after_round, ThreadStarter starter);
  // After the agent answered a close command.
  void join() { thread_.join(); }

 private:
  std::thread thread_;
};

}  // namespace pqflow::sink
