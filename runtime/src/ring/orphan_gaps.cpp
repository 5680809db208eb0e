#include "ring/orphan_gaps.hpp"

#include <algorithm>

namespace pqflow::ring {

namespace {

uint64_t less(uint64_t value, uint64_t by) noexcept { return value - std::min(value, by); }

}  // namespace

// From the newest to the oldest: gaps that the writer took off the list are there until others lie on them, the last one in part perhaps.
RefusedRecords refused_behind(const pqflow_lane& lane, const pqflow_told_gaps& told) {
  RefusedRecords refused;
  refused.lane_index = lane.identity.lane_index;
  refused.first_index = told.end_index;
  refused.dropped_records = less(lane.producer.dropped_count, told.dropped_count);
  uint64_t unnamed_records = refused.dropped_records;
  uint64_t next_before_index = UINT64_MAX;
  const uint64_t head = lane.producer.gap_head_index;
  for (uint64_t age = 1; age <= std::min<uint64_t>(head, PQFLOW_LANE_GAP_CAPACITY_COUNT); ++age) {
    const pqflow_gap& gap = lane.gaps[(head - age) % PQFLOW_LANE_GAP_CAPACITY_COUNT];
    if (gap.before_index < told.end_index || gap.before_index >= next_before_index) {
      break;
    }
    next_before_index = gap.before_index;
    const uint64_t count = gap.before_index == told.end_index ? less(gap.count, told.open_count) : gap.count;
    if (count > unnamed_records) {
      break;
    }
    unnamed_records -= count;
    if (count != 0) {
      refused.gaps.push_back({gap.before_index, count});
    }
  }
  std::ranges::reverse(refused.gaps);
  return refused;
}

}  // namespace pqflow::ring
