#include "sink/live_sinks.hpp"

#include <pthread.h>

namespace pqflow::sink {

LiveSinks& LiveSinks::instance() {
  static auto* const sinks = new LiveSinks;
  return *sinks;
}

// Where the system has no room for the handlers, a child's records go into its copy of the ring and no further.
LiveSinks::LiveSinks() { (void)pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child); }

uint64_t LiveSinks::add(LaneTable& lanes) {
  const std::lock_guard lock(mutex_);
  sinks_.emplace(++last_id_, &lanes);
  return last_id_;
}

void LiveSinks::remove(uint64_t sink_id) noexcept {
  const std::lock_guard lock(mutex_);
  sinks_.erase(sink_id);
}

bool LiveSinks::contains(uint64_t sink_id) noexcept {
  const std::lock_guard lock(mutex_);
  return sinks_.contains(sink_id);
}

void LiveSinks::detach(uint64_t sink_id, const pqflow_lane& lane) noexcept {
  const std::lock_guard lock(mutex_);
  const auto found = sinks_.find(sink_id);
  if (found == sinks_.end()) {
    return;
  }
  try {
    (void)found->second->detach(lane);
  } catch (...) {  // No memory for the words of a refusal that nobody reads.
  }
}

void LiveSinks::after_fork_in_child() noexcept {
  for (const auto& [id, lanes] : instance().sinks_) {
    lanes->mark_forked();
  }
  instance().mutex_.unlock();
}

}  // namespace pqflow::sink
