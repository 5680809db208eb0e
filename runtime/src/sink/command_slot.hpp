// One command at a time from any thread to the writer thread, and its answer. The cold path: mutex and condition variable; the writer's
// poll is one load of a word that nobody stores while there is no command.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>

#include "base/result.hpp"
#include "base/shared.hpp"
#include "sink/idle_strategy.hpp"

namespace pqflow::sink {

enum class Command : uint32_t { kNone, kFlush, kClose };

class CommandSlot final : public Sleeper {
 public:
  // Hands the command over and blocks until the writer has replied. One caller at a time (Sink sees to that). What the caller did before is
  // visible to the writer once poll() has told it the command.
  base::Result run(Command command);

  // Writer thread. The command that waits for a reply, kNone if there is none. Never blocks for longer than run() holds the mutex.
  Command poll();
  // Writer thread, once per command.
  void reply(base::Result result);
  // Writer thread. Ends early when a command arrives.
  void sleep_ns(uint64_t duration_ns) override;
  void wake() override;

 private:
  std::mutex mutex_;
  std::condition_variable writer_wanted_;
  std::condition_variable reply_arrived_;
  Command command_ = Command::kNone;
  bool woken_ = false;
  std::optional<base::Result> reply_;
  base::Shared<uint32_t> pending_;  // 1 while command_ waits.
};

}  // namespace pqflow::sink
