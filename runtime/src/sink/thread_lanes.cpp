#include "sink/thread_lanes.hpp"

#include <vector>

#include "sink/live_sinks.hpp"

namespace pqflow::sink {

namespace {

struct ThreadLane {
  uint64_t sink_id;
  pqflow_lane* lane;
  bool ends_with_thread;
};

class ThreadLanes {
 public:
  ThreadLanes() = default;
  ThreadLanes(const ThreadLanes&) = delete;
  ThreadLanes& operator=(const ThreadLanes&) = delete;
  ~ThreadLanes() {
    for (const ThreadLane& one : lanes_) {
      if (one.ends_with_thread) {
        LiveSinks::instance().detach(one.sink_id, *one.lane);
      }
    }
  }

  pqflow_lane* find(uint64_t sink_id) const noexcept {
    for (const ThreadLane& one : lanes_) {
      if (one.sink_id == sink_id) {
        return one.lane;
      }
    }
    return nullptr;
  }
  // Forgets sinks that are gone, or a thread that outlives many would remember them all.
  void make_room() {
    std::erase_if(lanes_, [](const ThreadLane& one) { return !LiveSinks::instance().contains(one.sink_id); });
    lanes_.reserve(lanes_.size() + 1);
  }
  void remove(uint64_t sink_id, const pqflow_lane& lane) noexcept {
    std::erase_if(lanes_, [&](const ThreadLane& one) { return one.sink_id == sink_id && one.lane == &lane && one.ends_with_thread; });
  }
  void add(const ThreadLane& one) { lanes_.push_back(one); }

 private:
  std::vector<ThreadLane> lanes_;
};

thread_local ThreadLanes this_thread;

}  // namespace

base::Result thread_lane(uint64_t sink_id, LaneTable& lanes, pqflow_lane*& lane) {
  lane = this_thread.find(sink_id);
  if (lane != nullptr) {
    return base::Result::ok();
  }
  this_thread.make_room();  // First: a lane that cannot be remembered would never be detached.
  if (auto result = lanes.attach(lane); !result.is_ok()) {
    return result;
  }
  this_thread.add({sink_id, lane, true});
  return base::Result::ok();
}

void forget_thread_lane(uint64_t sink_id, const pqflow_lane& lane) noexcept { this_thread.remove(sink_id, lane); }

void remember_opening_lane(uint64_t sink_id, pqflow_lane& lane) {
  this_thread.make_room();
  this_thread.add({sink_id, &lane, false});
}

}  // namespace pqflow::sink
