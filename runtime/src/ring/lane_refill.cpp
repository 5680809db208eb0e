// The producer's slow path: renew the credit, or count the refused record. Producer thread; never blocks.
#include <pqflow/producer.h>

namespace {

// Only the producer stores these words; the writer loads them for statistics, so plain loads and relaxed stores are enough.
void increment(uint64_t& word) { PQFLOW_ATOMIC_STORE_RELAXED(&word, word + 1); }

pqflow_gap& gap_at(pqflow_lane& lane, uint64_t gap_index) { return lane.gaps[gap_index % PQFLOW_LANE_GAP_CAPACITY_COUNT]; }

// The last gap still grows when it lies before the record that is being refused. The writer cannot have taken it for good: it takes gaps
// before an index that it has seen committed (LaneReader's cursor is beyond them) and head_index is not committed yet.
bool last_gap_grows(pqflow_lane& lane) {
  const pqflow_lane_producer& producer = lane.producer;
  return producer.gap_head_index != 0 && gap_at(lane, producer.gap_head_index - 1).before_index == producer.head_index;
}

PQFLOW_COLD void append_gap(pqflow_lane& lane) {
  pqflow_lane_producer& producer = lane.producer;
  // Acquire pairs with the writer's release of gap_tail_index: its loads of the entry's previous content came before our stores.
  const uint64_t gap_tail_index = PQFLOW_ATOMIC_LOAD_ACQUIRE(&lane.consumer.gap_tail_index);
  if (producer.gap_head_index - gap_tail_index >= PQFLOW_LANE_GAP_CAPACITY_COUNT) {
    increment(producer.unlisted_dropped_count);
    return;
  }
  pqflow_gap& gap = gap_at(lane, producer.gap_head_index);
  PQFLOW_ATOMIC_STORE_RELAXED(&gap.before_index, producer.head_index);
  PQFLOW_ATOMIC_STORE_RELAXED(&gap.count, uint64_t{1});
  // Release pairs with the writer's acquire of gap_head_index: whoever sees the entry counted sees what it says.
  PQFLOW_ATOMIC_STORE_RELEASE(&producer.gap_head_index, producer.gap_head_index + 1);
}

// Invariant: the counts of all gaps ever listed + unlisted_dropped_count == dropped_count.
pqflow_status refuse(pqflow_lane& lane) {
  increment(lane.producer.dropped_count);
  if (last_gap_grows(lane)) {
    increment(gap_at(lane, lane.producer.gap_head_index - 1).count);
  } else {
    append_gap(lane);
  }
  return PQFLOW_STATUS_RING_FULL;
}

}  // namespace

extern "C" pqflow_status pqflow_lane_refill(pqflow_lane* lane) {
  if (lane == nullptr) {
    return PQFLOW_STATUS_INVALID_HANDLE;
  }
  if (PQFLOW_ATOMIC_LOAD_RELAXED(&lane->consumer.state) != static_cast<uint32_t>(PQFLOW_LANE_STATE_OPEN)) {
    return PQFLOW_STATUS_CLOSED;
  }
  pqflow_lane_producer& producer = lane->producer;
  // Acquire pairs with the writer's release of tail_index: its reads of the slots before the tail came before our writes into them.
  const uint64_t tail_index = PQFLOW_ATOMIC_LOAD_ACQUIRE(&lane->consumer.tail_index);
  const uint64_t slot_count = uint64_t{producer.slot_mask} + 1;
  if (producer.head_index - tail_index >= slot_count) {
    return refuse(*lane);
  }
  producer.cached_tail_index = tail_index;
  PQFLOW_ATOMIC_STORE_RELAXED(&producer.limit_index, tail_index + slot_count);
  return PQFLOW_STATUS_OK;
}
