#include "sink/lane_statistics.hpp"

#include <algorithm>

namespace pqflow::sink {

pqflow_lane_stats describe_lane(const SinkLane& lane) noexcept {
  const pqflow_lane_producer& producer = lane.lane().producer;
  const pqflow_lane_consumer& consumer = lane.lane().consumer;
  const uint64_t first_index = lane.first_index();
  pqflow_lane_stats stats{};
  stats.struct_size_bytes = sizeof stats;
  stats.lane_state = PQFLOW_ATOMIC_LOAD_RELAXED(&consumer.state);
  stats.durable_records = PQFLOW_ATOMIC_LOAD_RELAXED(&consumer.durable_index) - first_index;
  stats.visible_records = PQFLOW_ATOMIC_LOAD_RELAXED(&consumer.visible_index) - first_index;
  stats.persisted_records = std::max(PQFLOW_ATOMIC_LOAD_RELAXED(&consumer.persisted_index) - first_index, stats.visible_records);
  const uint64_t returned_records = PQFLOW_ATOMIC_LOAD_ACQUIRE(&consumer.tail_index) - first_index;
  const uint64_t accepted_records = ring::accepted_records(lane.lane(), producer.slot_mask + 1, first_index);
  stats.accepted_records = std::max(accepted_records, stats.persisted_records);
  stats.waiting_records = stats.accepted_records - std::min(returned_records, stats.accepted_records);
  stats.dropped_records = PQFLOW_ATOMIC_LOAD_RELAXED(&producer.dropped_count);
  stats.late_records = PQFLOW_ATOMIC_LOAD_RELAXED(&producer.late_count);
  stats.high_water_records = PQFLOW_ATOMIC_LOAD_RELAXED(&consumer.high_water_records);
  stats.stalls = PQFLOW_ATOMIC_LOAD_RELAXED(&producer.stall_count);
  stats.stall_ns = PQFLOW_ATOMIC_LOAD_RELAXED(&producer.stall_ns);
  return stats;
}

}  // namespace pqflow::sink
