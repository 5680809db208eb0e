#include "sink/lane_table.hpp"

#include <string>
#include <utility>

namespace pqflow::sink {

LaneTable::LaneTable(const LaneRecipe& recipe) : recipe_(recipe), lanes_(recipe.max_lanes) {}

base::Result LaneTable::attach(pqflow_lane*& lane) {
  const std::lock_guard lock(mutex_);
  const uint32_t lane_index = count_.load();
  if (lane_index == recipe_.max_lanes) {
    return base::Result::failure(PQFLOW_STATUS_LANE_UNAVAILABLE,
                                 "this version has one lane per sink, owned by the thread that opened it; open a sink per thread");
  }
  if (auto result = ring::check_geometry(recipe_.geometry); !result.is_ok()) {
    return result;
  }
  auto made = std::make_unique<SinkLane>();
  if (auto result =
          made->lay_out({recipe_.geometry, recipe_.layout_fingerprint, recipe_.schema_fingerprint, lane_index, recipe_.first_index});
      !result.is_ok()) {
    return result;
  }
  lane = &made->lane();
  lanes_[lane_index] = std::move(made);
  // Release pairs with count()'s acquire: who counts the lane sees it laid out.
  count_.publish(lane_index + 1);
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

uint64_t LaneTable::dropped_records() const noexcept {
  uint64_t records = 0;
  for (uint32_t index = 0; index < count(); ++index) {
    records += PQFLOW_ATOMIC_LOAD_RELAXED(&lanes_[index]->lane().producer.dropped_count);
  }
  return records;
}

size_t LaneTable::memory_bytes() const noexcept {
  size_t bytes = 0;
  for (uint32_t index = 0; index < count(); ++index) {
    bytes += lanes_[index]->memory_bytes();
  }
  return bytes;
}

void LaneTable::close() noexcept {
  for (uint32_t index = 0; index < count(); ++index) {
    ring::lane_close(lanes_[index]->lane());
    lanes_[index]->discard_slots();
  }
}

}  // namespace pqflow::sink
