#include "sink/lane_collector.hpp"

#include <algorithm>

namespace pqflow::sink {

LaneCollector::LaneCollector(LaneTable& lanes, pqflow_slot_release slot_release, bool keeps_unsynced)
    : lanes_(lanes), slot_release_(slot_release), keeps_unsynced_(keeps_unsynced), taken_records_(lanes.recipe().first_index) {
  look_for_lanes();
}

ring::Span LaneCollector::peek(uint64_t max_records) noexcept {
  for (uint32_t looked_at = 0; looked_at < lane_count_; ++looked_at) {
    const SinkLane& lane = lanes_[turn_];
    const uint64_t room = is_aimed_ ? std::min(max_records, lane.records_to_aim()) : max_records;
    const ring::Span span = lane.reader().peek(room);
    if (span.record_count != 0) {
      return span;
    }
    next_turn();
  }
  return {};
}

void LaneCollector::advance(size_t record_count) {
  SinkLane& lane = lanes_[turn_];
  lane.reader().advance(record_count);
  lane.gaps().follow(lane.reader());
  taken_records_ += record_count;
  unpersisted_.append(turn_, record_count);
  if (slot_release_ == PQFLOW_SLOT_RELEASE_PER_SPAN) {
    unreleased_.append(turn_, record_count);
  }
  next_turn();
}

uint64_t LaneCollector::waiting_records(const ring::Span& span) noexcept {
  ring::LaneReader& reader = lanes_[turn_].reader();
  const uint64_t waiting = span.may_continue ? std::max<uint64_t>(reader.waiting_records(), span.record_count) : span.record_count;
  reader.note_high_water(waiting);
  return waiting;
}

uint64_t LaneCollector::most_waiting_records() const noexcept {
  uint64_t most = 0;
  for (uint32_t index = 0; index < lane_count_; ++index) {
    most = std::max(most, lanes_[index].reader().waiting_records());
  }
  return most;
}

void LaneCollector::aim_at_accepted() noexcept {
  look_for_lanes();
  for (uint32_t index = 0; index < lane_count_; ++index) {
    lanes_[index].aim();
  }
  is_aimed_ = true;
}

void LaneCollector::release_all_but(uint64_t kept_records) noexcept {
  while (unreleased_.record_count() > kept_records) {
    const Run run = unreleased_.take(unreleased_.record_count() - kept_records);
    lanes_[run.lane_index].release(run.record_count);
  }
}

void LaneCollector::publish_released() noexcept {
  for (uint32_t index = 0; index < lane_count_; ++index) {
    lanes_[index].publish_released();
  }
}

void LaneCollector::find_end(const LanePositions& persisted, uint64_t record_count, LanePositions& end) const {
  end.next_index.resize(lane_count_);
  for (uint32_t index = 0; index < lane_count_; ++index) {
    end.next_index[index] = persisted.next_index_of(index, lanes_[index].first_index());
  }
  unpersisted_.for_first(record_count, [&](const Run& run) { end.next_index[run.lane_index] += run.record_count; });
  end.taken_records = persisted.taken_records + record_count;
}

void LaneCollector::persist(uint64_t record_count) {
  const bool gives_back = slot_release_ == PQFLOW_SLOT_RELEASE_WHEN_PERSISTED && !keeps_unsynced_;
  while (record_count != 0) {
    const Run run = unpersisted_.take(record_count);
    record_count -= run.record_count;
    if (gives_back) {
      lanes_[run.lane_index].release(run.record_count);
    } else if (keeps_unsynced_) {
      unsynced_.append(run.lane_index, run.record_count);
    }
  }
  if (gives_back) {
    publish_released();
  }
}

void LaneCollector::give_back_synced(uint64_t record_count) noexcept {
  if (!keeps_unsynced_ || record_count == 0) {
    return;
  }
  while (record_count != 0) {
    const Run run = unsynced_.take(record_count);
    record_count -= run.record_count;
    lanes_[run.lane_index].release(run.record_count);
  }
  publish_released();
}

LanePositions LaneCollector::positions() const {
  LanePositions positions;
  positions.next_index.reserve(lanes_.recipe().max_lanes);
  mark(positions);
  return positions;
}

void LaneCollector::mark(LanePositions& positions) const {
  positions.next_index.resize(lane_count_);
  for (uint32_t index = 0; index < lane_count_; ++index) {
    positions.next_index[index] = lanes_[index].reader().cursor();
  }
  positions.taken_records = taken_records_;
}

void LaneCollector::publish_watermarks(const LanePositions& persisted, const LanePositions& visible,
                                       const LanePositions& durable) noexcept {
  for (uint32_t index = 0; index < lane_count_; ++index) {
    const uint64_t first_index = lanes_[index].first_index();
    lanes_[index].reader().publish_watermarks(persisted.next_index_of(index, first_index), visible.next_index_of(index, first_index),
                                              durable.next_index_of(index, first_index));
  }
}

void LaneCollector::settle_gaps(const LanePositions& end) noexcept {
  for (uint32_t index = 0; index < lane_count_; ++index) {
    lanes_[index].gaps().settle(lanes_[index].reader(), end.next_index_of(index, lanes_[index].first_index()));
  }
}

bool LaneCollector::has_settled_gaps() const noexcept {
  for (uint32_t index = 0; index < lane_count_; ++index) {
    if (lanes_[index].gaps().dropped_records() != 0) {
      return true;
    }
  }
  return false;
}

void LaneCollector::start_gaps_over() noexcept {
  for (uint32_t index = 0; index < lane_count_; ++index) {
    lanes_[index].gaps().start_over();
  }
}

void LaneCollector::keep_gaps() noexcept {
  for (uint32_t index = 0; index < lane_count_; ++index) {
    lanes_[index].gaps().keep();
  }
}

}  // namespace pqflow::sink
