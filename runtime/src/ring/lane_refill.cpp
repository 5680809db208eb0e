// The producer's slow path: renew the credit, wait for it where the policy says so, or count the refused record. Producer thread.
#include <pqflow/producer.h>

#include <algorithm>

#include "ring/full_wait.hpp"

namespace {

// Only the producer stores these words; the writer loads them for statistics, so plain loads and relaxed stores are enough.
void add(uint64_t& word, uint64_t count) { PQFLOW_ATOMIC_STORE_RELAXED(&word, word + count); }

pqflow_gap& gap_at(pqflow_lane& lane, uint64_t gap_index) { return lane.gaps[gap_index % PQFLOW_LANE_GAP_CAPACITY_COUNT]; }

// The last gap still grows when it lies before the record that is being refused. The writer cannot have taken it for good: it takes gaps
// before an index that it has seen committed (LaneReader's cursor is beyond them) and head_index is not committed yet.
bool last_gap_grows(pqflow_lane& lane) {
  const pqflow_lane_producer& producer = lane.producer;
  return producer.gap_head_index != 0 && gap_at(lane, producer.gap_head_index - 1).before_index == producer.head_index;
}

PQFLOW_COLD void append_gap(pqflow_lane& lane, uint64_t count) {
  pqflow_lane_producer& producer = lane.producer;
  // Acquire pairs with the writer's release of gap_tail_index: its loads of the entry's previous content came before our stores.
  const uint64_t gap_tail_index = PQFLOW_ATOMIC_LOAD_ACQUIRE(&lane.consumer.gap_tail_index);
  if (producer.gap_head_index - gap_tail_index >= PQFLOW_LANE_GAP_CAPACITY_COUNT) {
    add(producer.unlisted_dropped_count, count);
    return;
  }
  pqflow_gap& gap = gap_at(lane, producer.gap_head_index);
  PQFLOW_ATOMIC_STORE_RELAXED(&gap.before_index, producer.head_index);
  PQFLOW_ATOMIC_STORE_RELAXED(&gap.count, count);
  // Release pairs with the writer's acquire of gap_head_index: whoever sees the entry counted sees what it says.
  PQFLOW_ATOMIC_STORE_RELEASE(&producer.gap_head_index, producer.gap_head_index + 1);
}

// Invariant: the counts of all gaps ever listed + unlisted_dropped_count == dropped_count.
void refuse(pqflow_lane& lane, uint64_t count) {
  add(lane.producer.dropped_count, count);
  if (last_gap_grows(lane)) {
    add(gap_at(lane, lane.producer.gap_head_index - 1).count, count);
  } else {
    append_gap(lane, count);
  }
}

// Counted apart: such records belong to no gap, as no later record of that producer can follow them.
PQFLOW_COLD pqflow_status refuse_late(pqflow_lane& lane, uint64_t count) {
  add(lane.producer.late_count, count);
  return pqflow_lane_closed_status(&lane);
}

bool may_wait(const pqflow_lane& lane) { return lane.producer.full_policy != static_cast<uint32_t>(PQFLOW_FULL_POLICY_DROP); }

pqflow_status refuse_one(pqflow_lane& lane) {
  refuse(lane, 1);
  return PQFLOW_STATUS_RING_FULL;
}

PQFLOW_COLD pqflow_status wait_or_refuse(pqflow_lane& lane) {
  switch (pqflow::ring::wait_for_room(lane, 1)) {
    case pqflow::ring::Wait::kRoom:
      return PQFLOW_STATUS_OK;
    case pqflow::ring::Wait::kShut:
      return refuse_late(lane, 1);
    case pqflow::ring::Wait::kGivenUp:
      break;
  }
  return refuse_one(lane);
}

}  // namespace

namespace pqflow::ring {

bool is_open(const pqflow_lane& lane) noexcept {
  return PQFLOW_ATOMIC_LOAD_RELAXED(&lane.consumer.state) == static_cast<uint32_t>(PQFLOW_LANE_STATE_OPEN);
}

uint64_t renew_credit(pqflow_lane& lane) noexcept {
  pqflow_lane_producer& producer = lane.producer;
  // Acquire pairs with the writer's release of tail_index: its reads of the slots before the tail came before our writes into them.
  const uint64_t tail_index = PQFLOW_ATOMIC_LOAD_ACQUIRE(&lane.consumer.tail_index);
  const uint64_t slot_count = uint64_t{producer.slot_mask} + 1;
  const uint64_t used_count = producer.head_index - tail_index;
  if (used_count >= slot_count) {
    return 0;
  }
  producer.cached_tail_index = tail_index;
  PQFLOW_ATOMIC_STORE_RELAXED(&producer.limit_index, tail_index + slot_count);
  return slot_count - used_count;
}

}  // namespace pqflow::ring

extern "C" pqflow_status pqflow_lane_refill(pqflow_lane* lane) {
  if (lane == nullptr) {
    return PQFLOW_STATUS_INVALID_HANDLE;
  }
  if (!pqflow::ring::is_open(*lane)) {
    return refuse_late(*lane, 1);
  }
  if (pqflow::ring::renew_credit(*lane) != 0) {
    return PQFLOW_STATUS_OK;
  }
  return may_wait(*lane) ? wait_or_refuse(*lane) : refuse_one(*lane);
}

extern "C" pqflow_status pqflow_lane_closed_status(const pqflow_lane* lane) {
  switch (PQFLOW_ATOMIC_LOAD_RELAXED(&lane->consumer.state)) {
    case PQFLOW_LANE_STATE_DETACHED:
      return PQFLOW_STATUS_LANE_DETACHED;
    case PQFLOW_LANE_STATE_FORKED:
      return PQFLOW_STATUS_FORKED;
    default:
      return PQFLOW_STATUS_CLOSED;
  }
}

extern "C" size_t pqflow_lane_refill_many(pqflow_lane* lane, size_t count) {
  if (lane == nullptr || !pqflow::ring::is_open(*lane)) {
    return 0;
  }
  // Records of a row group that is not full may stay in the lane; they take no more than the other half.
  const uint64_t wanted_count = std::min<uint64_t>(count, (uint64_t{lane->producer.slot_mask} + 1) / 2);
  uint64_t free_count = pqflow::ring::renew_credit(*lane);
  if (free_count < wanted_count && may_wait(*lane)) {
    const bool is_shut = pqflow::ring::wait_for_room(*lane, wanted_count) == pqflow::ring::Wait::kShut;
    free_count = is_shut ? 0 : pqflow::ring::renew_credit(*lane);
  }
  return static_cast<size_t>(std::min<uint64_t>(free_count, count));
}

extern "C" void pqflow_lane_drop(pqflow_lane* lane, size_t count) {
  if (lane == nullptr || count == 0) {
    return;
  }
  if (pqflow::ring::is_open(*lane)) {
    refuse(*lane, count);
  } else {
    refuse_late(*lane, count);
  }
}
