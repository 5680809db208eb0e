#include "recover/recovery_metadata.hpp"

#include <ctime>
#include <string>

namespace pqflow::recover {

namespace {

std::string utc_time(uint64_t utc_ns) {
  const auto seconds = static_cast<std::time_t>(utc_ns / 1'000'000'000);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  char text[32];
  const size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text, length};
}

std::string member(const char* name, uint64_t value) { return std::string(",\"") + name + "\":" + std::to_string(value); }

std::string lanes_json(const std::vector<parquet::LaneRange>& lanes) {
  std::string json = "[";
  for (const parquet::LaneRange& lane : lanes) {
    json += json.size() == 1 ? "" : ",";
    json +=
        "{\"lane\":" + std::to_string(lane.lane_index) + member("first", lane.first_sequence) + member("count", lane.record_count) + "}";
  }
  return json + "]";
}

}  // namespace

parquet::KeyValue recovery_metadata(const UnfinishedFile& file, const AddedRowGroups& added, uint64_t utc_ns) {
  std::vector<parquet::LaneRange> lanes = file.lanes();
  for (const FoundRowGroup& group : added.row_groups) {
    add_lanes(group.lanes, lanes);
  }
  return {"pqflow:recovered", "{\"time\":\"" + utc_time(utc_ns) + "\"" + member("records", file.record_count() + added.record_count) +
                                  member("from_ring", added.record_count - file.interim_record_count()) +
                                  member("row_groups", file.found.row_groups.size() + added.row_groups.size()) +
                                  member("damaged_row_groups", file.found.damaged_row_groups) +
                                  member("damaged_records", file.found.damaged_records) + ",\"lanes\":" + lanes_json(lanes) + "}"};
}

}  // namespace pqflow::recover
