#include "sink/lane_collector.hpp"

#include <algorithm>
#include <utility>

namespace pqflow::sink {

LaneCollector::LaneCollector(LaneTable& lanes, pqflow_slot_release slot_release, size_t max_cuts)
    : lanes_(lanes), slot_release_(slot_release), taken_records_(lanes.recipe().first_index) {
  look_for_lanes();
  while (cuts_.size() < max_cuts) {
    cuts_.push_back(positions());
  }
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
  if (slot_release_ == PQFLOW_SLOT_RELEASE_PER_SPAN) {
    unreleased_.append(turn_, record_count);
  }
  next_turn();
}

uint64_t LaneCollector::waiting_records(const ring::Span& span) const noexcept {
  return span.may_continue ? std::max<uint64_t>(lanes_[turn_].reader().waiting_records(), span.record_count) : span.record_count;
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

void LaneCollector::cut() {
  if (open_cuts_ == cuts_.size()) {
    cuts_.push_back(positions());
  }
  mark(cuts_[open_cuts_]);
  ++open_cuts_;
}

void LaneCollector::persist_oldest_cut(LanePositions& positions) noexcept {
  std::swap(positions, cuts_.front());
  std::rotate(cuts_.begin(), cuts_.begin() + 1, cuts_.end());
  --open_cuts_;
  if (slot_release_ == PQFLOW_SLOT_RELEASE_WHEN_PERSISTED) {
    release_before(positions);
  }
}

void LaneCollector::release_before(const LanePositions& positions) noexcept {
  for (uint32_t index = 0; index < lane_count_; ++index) {
    lanes_[index].reader().release_now(positions.next_index_of(index, lanes_[index].first_index()));
  }
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

void LaneCollector::start_gaps_over() noexcept {
  for (uint32_t index = 0; index < lane_count_; ++index) {
    lanes_[index].gaps().start_over();
  }
}

}  // namespace pqflow::sink
