// The sinks of this process that are open or not freed yet, by a number that is never given twice: for those who come late, a thread that
// ends after its sink, or a child that was forked from us.
#pragma once

#include <cstdint>
#include <mutex>
#include <unordered_map>

#include "sink/lane_table.hpp"

namespace pqflow::sink {

// Any thread; blocks for other calls only.
class LiveSinks {
 public:
  // Of this process; never destroyed: threads end while static objects are torn down. The first call asks for fork() to be watched.
  static LiveSinks& instance();

  // Allocates. From now on the lanes answer PQFLOW_STATUS_FORKED in a forked child.
  uint64_t add(LaneTable& lanes);
  // Returns when nobody uses the lanes through here any more.
  void remove(uint64_t sink_id) noexcept;

  bool contains(uint64_t sink_id) noexcept;
  // Nothing when the sink is gone or the lane was detached.
  void detach(uint64_t sink_id, const pqflow_lane& lane) noexcept;

 private:
  LiveSinks();
  static void before_fork() noexcept { instance().mutex_.lock(); }
  static void after_fork_in_parent() noexcept { instance().mutex_.unlock(); }
  static void after_fork_in_child() noexcept;

  std::mutex mutex_;  // Held during fork(), so that the child's copy is whole and free.
  std::unordered_map<uint64_t, LaneTable*> sinks_;
  uint64_t last_id_ = 0;
};

}  // namespace pqflow::sink
