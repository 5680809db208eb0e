#include "parquet/record_metadata.hpp"

#include <algorithm>
#include <string>

namespace pqflow::parquet {

namespace {

std::string number_member(const char* name, uint64_t value) { return std::string(",\"") + name + "\":" + std::to_string(value); }

std::span<const pqflow_gap> named_gaps(const LaneRecords& lane, size_t max_gaps) {
  return lane.gaps.first(std::min(lane.gaps.size(), max_gaps));
}

std::string gaps_json(std::span<const pqflow_gap> gaps) {
  std::string json = "[";
  for (const pqflow_gap& gap : gaps) {
    json += (json.size() == 1 ? "[" : ",[") + std::to_string(gap.before_index) + "," + std::to_string(gap.count) + "]";
  }
  return json + "]";
}

uint64_t unlisted_records(const LaneRecords& lane, size_t max_gaps) {
  uint64_t named_records = 0;
  for (const pqflow_gap& gap : named_gaps(lane, max_gaps)) {
    named_records += gap.count;
  }
  return lane.dropped_records - std::min(lane.dropped_records, named_records);
}

std::string describe_lane(const LaneRecords& lane, size_t max_gaps) {
  std::string json = "{\"lane\":" + std::to_string(lane.range.lane_index) + number_member("first", lane.range.first_sequence) +
                     number_member("count", lane.range.record_count) + number_member("dropped", lane.dropped_records) +
                     ",\"gaps\":" + gaps_json(named_gaps(lane, max_gaps));
  if (const uint64_t records = unlisted_records(lane, max_gaps); records != 0) {
    json += number_member("unlisted", records);
  }
  return json + "}";
}

std::string describe_several(std::span<const LaneRecords> lanes) {
  std::string json = "[";
  size_t room_gaps = kMaxNamedGaps;
  for (const LaneRecords& lane : lanes) {
    if (lane.range.record_count != 0 || lane.dropped_records != 0) {
      json += (json.size() == 1 ? "" : ",") + describe_lane(lane, room_gaps);
      room_gaps -= std::min(room_gaps, lane.gaps.size());
    }
  }
  return json + "]";
}

}  // namespace

std::vector<KeyValue> describe_lanes(std::span<const LaneRecords> lanes) {
  uint64_t dropped_records = 0;
  for (const LaneRecords& lane : lanes) {
    dropped_records += lane.dropped_records;
  }
  std::vector<KeyValue> entries{{"pqflow:dropped_records", std::to_string(dropped_records)}};
  if (lanes.size() != 1) {
    entries.push_back({"pqflow:lanes", describe_several(lanes)});
    return entries;
  }
  entries.push_back({"pqflow:gaps", gaps_json(named_gaps(lanes[0], kMaxNamedGaps))});
  if (const uint64_t records = unlisted_records(lanes[0], kMaxNamedGaps); records != 0) {
    entries.push_back({"pqflow:gaps_unlisted", std::to_string(records)});
  }
  return entries;
}

}  // namespace pqflow::parquet
