#include "recover/recovery_metadata.hpp"

#include <algorithm>
#include <ctime>
#include <string>
#include <utility>

#include "parquet/record_metadata.hpp"
#include "recover/orphan_reason.hpp"

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

std::vector<parquet::LaneRange> all_lanes(const RecoveredFile& recovered) {
  std::vector<parquet::LaneRange> lanes = recovered.file.lanes();
  for (const FoundRowGroup& group : recovered.added.row_groups) {
    add_lanes(group.lanes, lanes);
  }
  return lanes;
}

std::vector<parquet::KeyValue> describe_refused(const RecoveredFile& recovered, const std::vector<parquet::LaneRange>& lanes) {
  std::vector<parquet::LaneRecords> records;
  for (const ring::RefusedRecords& refused : recovered.refused) {
    const auto lane = std::ranges::find(lanes, refused.lane_index, &parquet::LaneRange::lane_index);
    const parquet::LaneRange none{refused.lane_index, refused.first_index, 0};
    records.push_back({lane == lanes.end() ? none : *lane, refused.dropped_records, refused.gaps});
  }
  return parquet::describe_lanes(records);
}

}  // namespace

std::vector<parquet::KeyValue> recovery_metadata(const RecoveredFile& recovered) {
  const auto& [file, added, refused, reason, utc_ns] = recovered;
  const std::vector<parquet::LaneRange> lanes = all_lanes(recovered);
  std::vector<parquet::KeyValue> entries{
      {"pqflow:recovered", "{\"time\":\"" + utc_time(utc_ns) + "\",\"reason\":\"" + reason_word(reason) + "\"" +
                               member("records", file.record_count() + added.record_count) +
                               member("from_ring", added.record_count - file.interim_record_count()) +
                               member("row_groups", file.found.row_groups.size() + added.row_groups.size()) +
                               member("damaged_row_groups", file.found.damaged_row_groups) +
                               member("damaged_records", file.found.damaged_records) + ",\"lanes\":" + lanes_json(lanes) + "}"}};
  if (!refused.empty()) {
    for (parquet::KeyValue& entry : describe_refused(recovered, lanes)) {
      entries.push_back(std::move(entry));
    }
  }
  return entries;
}

}  // namespace pqflow::recover
