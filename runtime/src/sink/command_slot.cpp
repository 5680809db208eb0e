#include "sink/command_slot.hpp"

#include <chrono>
#include <utility>

namespace pqflow::sink {

base::Result CommandSlot::run(Command command) {
  std::unique_lock lock(mutex_);
  command_ = command;
  reply_.reset();
  pending_.store(1);
  writer_wanted_.notify_one();
  reply_arrived_.wait(lock, [this] { return reply_.has_value(); });
  return std::move(*reply_);
}

Command CommandSlot::poll() {
  if (pending_.load() == 0) {
    return Command::kNone;
  }
  const std::lock_guard lock(mutex_);  // Orders what the caller did before run() before what the writer does next.
  return command_;
}

void CommandSlot::reply(base::Result result) {
  const std::lock_guard lock(mutex_);
  command_ = Command::kNone;
  pending_.store(0);
  reply_ = std::move(result);
  reply_arrived_.notify_one();
}

void CommandSlot::sleep_ns(uint64_t duration_ns) {
  std::unique_lock lock(mutex_);
  writer_wanted_.wait_for(lock, std::chrono::nanoseconds(duration_ns), [this] { return command_ != Command::kNone || woken_; });
  woken_ = false;
}

void CommandSlot::wake() {
  const std::lock_guard lock(mutex_);
  woken_ = true;
  writer_wanted_.notify_one();
}

}  // namespace pqflow::sink
