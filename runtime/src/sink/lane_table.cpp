#include "sink/lane_table.hpp"

#include <string>
#include <utility>

namespace pqflow::sink {

base::Result forked() {
  return base::Result::failure(PQFLOW_STATUS_FORKED,
                               "the sink belongs to the process that this one was forked from; open one of its own here");
}

LaneTable::LaneTable(const LaneRecipe& recipe) : recipe_(recipe), lanes_(recipe.max_lanes), seats_(recipe.max_lanes) {}

LaneTable::~LaneTable() {
  for (uint32_t index = 0; index < count(); ++index) {
    ring::FullCallbacks::instance().remove(lanes_[index]->lane());
  }
}

base::Result LaneTable::attach(pqflow_lane*& lane) {
  if (is_forked()) {
    return forked();
  }
  const std::lock_guard lock(mutex_);
  if (is_closed_) {
    return base::Result::failure(PQFLOW_STATUS_CLOSED, "the sink was closed");
  }
  uint32_t index = find_free(true);
  if (index == kNone && count_.load() < recipe_.max_lanes) {
    if (auto result = make(index); !result.is_ok()) {
      return result;
    }
  } else if (index == kNone) {
    index = find_free(false);
  }
  if (index == kNone) {
    return unavailable();
  }
  lane = &lanes_[index]->lane();
  ring::lane_reopen(*lane);
  seats_[index].is_attached = true;
  attached_count_.add(1);
  return base::Result::ok();
}

uint32_t LaneTable::find_free(bool drained) const noexcept {
  uint32_t found = kNone;
  for (uint32_t index = 0; index < count_.load(); ++index) {
    const bool fits = !seats_[index].is_attached && (!drained || ring::is_drained(lanes_[index]->lane()));
    if (fits && (found == kNone || seats_[index].detached_at < seats_[found].detached_at)) {
      found = index;
    }
  }
  return found;
}

base::Result LaneTable::make(uint32_t& lane_index) {
  if (auto result = ring::check_geometry(recipe_.geometry); !result.is_ok()) {
    return result;
  }
  const uint32_t index = count_.load();
  auto made = std::make_unique<SinkLane>();
  if (auto result = lay_out(*made, index); !result.is_ok()) {
    return result;
  }
  if (recipe_.full_callback.function != nullptr) {
    ring::FullCallbacks::instance().add(made->lane(), recipe_.full_callback);
  }
  lanes_[index] = std::move(made);
  // Release pairs with count()'s acquire: who counts the lane sees it laid out.
  count_.publish(index + 1);
  lane_index = index;
  return base::Result::ok();
}

// After one that the ring has no room for, no lane lies there: whoever recovers it takes the first that is missing for its end.
base::Result LaneTable::lay_out(SinkLane& lane, uint32_t index) {
  const ring::LaneParams params{recipe_.geometry,    recipe_.layout_fingerprint, recipe_.schema_fingerprint, index,
                                recipe_.first_index, recipe_.full_policy,        recipe_.full_timeout_ns};
  ring::RingFile* const ring = recipe_.ring != nullptr && !has_left_ring() ? recipe_.ring : nullptr;
  base::Result result = lane.lay_out(params, recipe_.ring_memory, ring);
  const bool may_leave_ring = recipe_.is_ring_optional && index != 0;
  if (result.status != PQFLOW_STATUS_NO_SPACE || !may_leave_ring) {
    return result;
  }
  result = lane.lay_out(params, recipe_.ring_memory, nullptr);
  if (result.is_ok()) {
    has_left_ring_.store(1);
  }
  return result;
}

base::Result LaneTable::unavailable() const {
  return base::Result::failure(PQFLOW_STATUS_LANE_UNAVAILABLE,
                               "all " + std::to_string(recipe_.max_lanes) +
                                   " lanes of the sink are attached; raise max_lanes, or detach those of threads that "
                                   "log no more");
}

base::Result LaneTable::detach(const pqflow_lane& lane) {
  if (is_forked()) {
    return forked();
  }
  const std::lock_guard lock(mutex_);
  uint32_t index = 0;
  while (index < count_.load() && &lanes_[index]->lane() != &lane) {
    ++index;
  }
  if (index == count_.load()) {
    return base::Result::failure(PQFLOW_STATUS_INVALID_HANDLE, "the lane is not one of this sink");
  }
  if (index == 0) {
    return base::Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, "the opening thread's lane stays attached until the sink is closed");
  }
  Seat& seat = seats_[index];
  if (!seat.is_attached) {
    return base::Result::failure(PQFLOW_STATUS_LANE_DETACHED, "the lane was detached before");
  }
  seat = {false, ++detached_count_};
  attached_count_.store(attached_count_.load() - 1);
  if (!is_closed_) {
    shut(*lanes_[index], PQFLOW_LANE_STATE_DETACHED);
  }
  return base::Result::ok();
}

uint64_t LaneTable::accepted_records() const noexcept {
  uint64_t records = 0;
  for (uint32_t index = 0; index < count(); ++index) {
    const SinkLane& one = *lanes_[index];
    records += ring::accepted_records(one.lane(), recipe_.geometry.slot_count, one.first_index());
  }
  return records;
}

uint64_t LaneTable::sum_of(uint64_t pqflow_lane_producer::*counter) const noexcept {
  uint64_t sum = 0;
  for (uint32_t index = 0; index < count(); ++index) {
    sum += PQFLOW_ATOMIC_LOAD_RELAXED(&(lanes_[index]->lane().producer.*counter));
  }
  return sum;
}

size_t LaneTable::memory_bytes() const noexcept {
  size_t bytes = 0;
  for (uint32_t index = 0; index < count(); ++index) {
    bytes += lanes_[index]->memory_bytes();
  }
  return bytes;
}

void LaneTable::close() noexcept {
  const std::lock_guard lock(mutex_);
  is_closed_ = true;
  for (uint32_t index = 0; index < count_.load(); ++index) {
    shut(*lanes_[index], PQFLOW_LANE_STATE_CLOSED);
    lanes_[index]->discard_slots();
  }
}

void LaneTable::mark_forked() noexcept {
  is_forked_.store(1);
  for (uint32_t index = 0; index < count(); ++index) {
    if (lanes_[index]->part_from_parent()) {
      shut(*lanes_[index], PQFLOW_LANE_STATE_FORKED);
    }
  }
  if (recipe_.ring != nullptr) {
    recipe_.ring->part_from_parent();
  }
}

}  // namespace pqflow::sink
