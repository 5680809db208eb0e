#include "lane_handle.hpp"

#include <utility>

namespace pqflow::node {

std::shared_ptr<LaneHandle> LaneHandle::opening(std::shared_ptr<SinkHandle> sink) {
  auto& lane = *static_cast<pqflow_lane*>(sink->sink()->opening_lane);
  return std::make_shared<LaneHandle>(std::move(sink), lane, true);
}

std::shared_ptr<LaneHandle> LaneHandle::attach(const std::shared_ptr<SinkHandle>& sink, const pqflow_descriptor& descriptor,
                                               pqflow_error& error) {
  pqflow_lane* lane = nullptr;
  if (sink->attach_lane(descriptor, lane, error) != PQFLOW_STATUS_OK) {
    return nullptr;
  }
  try {
    return std::make_shared<LaneHandle>(sink, *lane, false);
  } catch (...) {
    pqflow_sink_detach_lane(sink->sink(), lane, nullptr);
    throw;
  }
}

LaneHandle::LaneHandle(std::shared_ptr<SinkHandle> sink, pqflow_lane& lane, bool is_opening)
    : sink_(std::move(sink)), lane_(&lane), is_opening_(is_opening) {}

LaneHandle::~LaneHandle() { detach(); }

void LaneHandle::detach() noexcept {
  if (!is_opening_ && !std::exchange(detached_, true)) {
    pqflow_sink_detach_lane(sink_->sink(), lane_, nullptr);
  }
}

void LaneHandle::end_quietly() noexcept {
  detach();
  if (is_opening_) {
    sink_->close_quietly();
  }
}

bool LaneHandle::advance_head(uint32_t head_low) {
  if (PQFLOW_ATOMIC_LOAD_RELAXED(&lane_->consumer.state) != PQFLOW_LANE_STATE_OPEN || detached_) {
    return true;
  }
  pqflow_lane_producer& producer = lane_->producer;
  const uint32_t logged_count = head_low - static_cast<uint32_t>(producer.head_index);
  if (logged_count > producer.limit_index - producer.head_index) {
    return false;
  }
  PQFLOW_ATOMIC_STORE_RELAXED(&producer.head_index, producer.head_index + logged_count);
  return true;
}

bool LaneHandle::has_room() const {
  if (detached_) {
    return false;
  }
  const uint64_t tail_index = PQFLOW_ATOMIC_LOAD_RELAXED(&lane_->consumer.tail_index);
  return lane_->producer.head_index - tail_index < lane_->identity.slot_count;
}

}  // namespace pqflow::node
