#include "sink/lane_metadata.hpp"

#include <string>
#include <utility>

#include "parquet/record_metadata.hpp"

namespace pqflow::sink {

namespace {

static_assert(GapLedger::kMaxListedGaps == parquet::kMaxNamedGaps);

parquet::KeyValue key_value(const char* key, uint64_t value) { return {key, std::to_string(value)}; }

parquet::LaneRange range_of(const LaneCollector& lanes, uint32_t lane_index, const LanePositions& first, const LanePositions& end) {
  const uint64_t begin_index = lanes.lane(lane_index).first_index();
  const uint64_t first_index = first.next_index_of(lane_index, begin_index);
  return {lane_index, first_index, end.next_index_of(lane_index, begin_index) - first_index};
}

}  // namespace

std::vector<parquet::KeyValue> describe_records(const LaneCollector& lanes, const LanePositions& first, const LanePositions& end) {
  std::vector<parquet::LaneRecords> records;
  for (uint32_t index = 0; index < lanes.lane_count(); ++index) {
    const GapLedger& gaps = lanes.lane(index).gaps();
    records.push_back({range_of(lanes, index, first, end), gaps.dropped_records(), gaps.gaps()});
  }
  std::vector<parquet::KeyValue> entries{
      key_value("pqflow:sequence_first", first.taken_records),
      key_value("pqflow:sequence_count", end.taken_records - first.taken_records),
  };
  for (parquet::KeyValue& entry : parquet::describe_lanes(records)) {
    entries.push_back(std::move(entry));
  }
  return entries;
}

void list_lane_ranges(const LaneCollector& lanes, const LanePositions& first, const LanePositions& end,
                      std::vector<parquet::LaneRange>& ranges) {
  ranges.clear();
  for (uint32_t index = 0; index < lanes.lane_count(); ++index) {
    const parquet::LaneRange range = range_of(lanes, index, first, end);
    if (range.record_count != 0) {
      ranges.push_back(range);
    }
  }
}

}  // namespace pqflow::sink
