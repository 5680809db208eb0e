#include "sink/lane_metadata.hpp"

#include <algorithm>
#include <string>

namespace pqflow::sink {

namespace {

parquet::KeyValue key_value(const char* key, uint64_t value) { return {key, std::to_string(value)}; }

std::string member(const char* name, uint64_t value) { return std::string(",\"") + name + "\":" + std::to_string(value); }

parquet::LaneRange range_of(const LaneCollector& lanes, uint32_t lane_index, const LanePositions& first, const LanePositions& end) {
  const uint64_t begin_index = lanes.lane(lane_index).first_index();
  const uint64_t first_index = first.next_index_of(lane_index, begin_index);
  return {lane_index, first_index, end.next_index_of(lane_index, begin_index) - first_index};
}

std::string describe_lane(const parquet::LaneRange& range, const GapLedger& gaps, size_t max_gaps) {
  std::string json = "{\"lane\":" + std::to_string(range.lane_index) + member("first", range.first_sequence) +
                     member("count", range.record_count) + member("dropped", gaps.dropped_records()) +
                     ",\"gaps\":" + gaps.gaps_json(max_gaps);
  if (const uint64_t unlisted_records = gaps.unlisted_records(max_gaps); unlisted_records != 0) {
    json += member("unlisted", unlisted_records);
  }
  return json + "}";
}

std::string describe_lanes(const LaneCollector& lanes, const LanePositions& first, const LanePositions& end) {
  std::string json = "[";
  size_t room_gaps = GapLedger::kMaxListedGaps;
  for (uint32_t index = 0; index < lanes.lane_count(); ++index) {
    const parquet::LaneRange range = range_of(lanes, index, first, end);
    const GapLedger& gaps = lanes.lane(index).gaps();
    if (range.record_count != 0 || gaps.dropped_records() != 0) {
      json += (json.size() == 1 ? "" : ",") + describe_lane(range, gaps, room_gaps);
      room_gaps -= std::min(room_gaps, gaps.gap_count());
    }
  }
  return json + "]";
}

uint64_t dropped_records(const LaneCollector& lanes) {
  uint64_t records = 0;
  for (uint32_t index = 0; index < lanes.lane_count(); ++index) {
    records += lanes.lane(index).gaps().dropped_records();
  }
  return records;
}

}  // namespace

std::vector<parquet::KeyValue> describe_records(const LaneCollector& lanes, const LanePositions& first, const LanePositions& end) {
  std::vector<parquet::KeyValue> entries{
      key_value("pqflow:sequence_first", first.taken_records),
      key_value("pqflow:sequence_count", end.taken_records - first.taken_records),
      key_value("pqflow:dropped_records", dropped_records(lanes)),
  };
  if (lanes.lane_count() > 1) {
    entries.push_back({"pqflow:lanes", describe_lanes(lanes, first, end)});
    return entries;
  }
  const GapLedger& gaps = lanes.lane(0).gaps();
  entries.push_back({"pqflow:gaps", gaps.gaps_json(GapLedger::kMaxListedGaps)});
  if (const uint64_t unlisted_records = gaps.unlisted_records(GapLedger::kMaxListedGaps); unlisted_records != 0) {
    entries.push_back(key_value("pqflow:gaps_unlisted", unlisted_records));
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
