#include "sink/writer_thread.hpp"

namespace pqflow::sink {

base::Result WriterThread::start(WriterAgent& agent, IdleStrategy& idle, ThreadStarter starter) {
  const auto body = [&agent, &idle] {
    while (!agent.is_finished()) {
      idle.idle(agent.do_work());
    }
  };
  return start_named_thread(starter, "pqflow-writer", "the writer thread", body, thread_);
}

}  // namespace pqflow::sink
