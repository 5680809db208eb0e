#include "sink/writer_thread.hpp"

#include <utility>

namespace pqflow::sink {

base::Result WriterThread::start(WriterAgent& agent, IdleStrategy& idle, std::function<void()> after_round, ThreadStarter starter) {
  const auto body = [&agent, &idle, after_round = std::move(after_round)] {
    while (!agent.is_finished()) {
      const size_t work_count = agent.do_work();
      after_round();
      idle.idle(work_count);
    }
  };
  return start_named_thread(starter, "pqflow-writer", "the writer thread", body, thread_);
}

}  // namespace pqflow::sink
