#include "cli/top_output.hpp"

#include "cli/json_text.hpp"
#include "cli/text_table.hpp"
#include "verify/value_rules.hpp"

namespace pqflow::cli {
namespace {

using watch::FoundSink;
using watch::LiveStats;
using watch::Reading;

constexpr uint64_t kNsPerMs = 1'000'000;
constexpr uint64_t kNsPerS = 1'000'000'000;
constexpr const char* kCursorHome = "\x1b[H";
constexpr const char* kClearRestOfLine = "\x1b[K";
constexpr const char* kClearBelow = "\x1b[J";

// Names come from other processes: what would steer the terminal is not passed on.
std::string printable(const std::string& text) {
  const bool is_text = verify::is_utf8({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
  std::string printed;
  for (size_t index = 0; index < text.size(); ++index) {
    const auto byte = static_cast<unsigned char>(text[index]);
    const bool begins_control = byte == 0xc2 && index + 1 < text.size() && static_cast<unsigned char>(text[index + 1]) < 0xa0;
    if (begins_control) {
      ++index;  // U+0080 … U+009F are controls too.
    }
    printed += byte < 0x20 || byte == 0x7f || begins_control || (byte >= 0x80 && !is_text) ? '?' : text[index];
  }
  return printed;
}

uint64_t silent_ns(const LiveStats& stats, uint64_t now_utc_ns) {
  return now_utc_ns > stats.updated_utc_ns ? now_utc_ns - stats.updated_utc_ns : 0;
}

const char* word_of(pqflow_sink_state state) {
  switch (state) {
    case PQFLOW_SINK_STATE_RUNNING:
      return "running";
    case PQFLOW_SINK_STATE_DEGRADED:
      return "degraded";
    case PQFLOW_SINK_STATE_CLOSED:
      break;
  }
  return "closed";
}

std::string state_of(const FoundSink& sink, uint64_t now_utc_ns) {
  const uint64_t age_ns = silent_ns(sink.stats, now_utc_ns);
  return age_ns > kSilentNs ? "silent " + std::to_string(age_ns / kNsPerS) + " s" : word_of(sink.stats.stats.state);
}

std::string ring_fill_of(const LiveStats& stats) {
  const uint64_t slots = stats.stats.ring_slots_count;
  const double share = slots == 0 ? 0.0 : static_cast<double>(stats.waiting_records) / static_cast<double>(slots);
  return std::to_string(static_cast<int>(share * 100.0)) + " %";
}

std::vector<std::string> cells_of(const FoundSink& sink, uint64_t now_utc_ns) {
  const std::string process_id = std::to_string(sink.process_id);
  if (sink.reading != Reading::kWhole) {
    const char* const what = sink.reading == Reading::kBusy ? "cannot be read: its writer stopped in the middle of telling"
                                                            : "cannot be read: it is of another version of pqflow";
    return {process_id, "", "", "", "", "", "", "", "", "", what};
  }
  const pqflow_stats& stats = sink.stats.stats;
  return {process_id,
          printable(sink.stats.schema_name),
          state_of(sink, now_utc_ns),
          std::to_string(sink.stats.accepted_per_s),
          std::to_string(stats.accepted_records),
          std::to_string(stats.persisted_records),
          std::to_string(stats.visible_records),
          std::to_string(stats.durable_records),
          std::to_string(stats.dropped_records),
          ring_fill_of(sink.stats),
          printable(sink.stats.file_in_progress)};
}

std::string member(const char* name, const std::string& json) { return ",\"" + std::string(name) + "\":" + json; }
std::string member(const char* name, uint64_t number) { return member(name, std::to_string(number)); }

std::string figures_json(const LiveStats& live) {
  const pqflow_stats& stats = live.stats;
  return member("acceptedPerSecond", live.accepted_per_s) + member("accepted", stats.accepted_records) +
         member("persisted", stats.persisted_records) + member("visible", stats.visible_records) +
         member("durable", stats.durable_records) + member("dropped", stats.dropped_records) + member("lost", stats.lost_records) +
         member("late", stats.late_records) + member("invalidValues", stats.invalid_values) + member("ringSlots", stats.ring_slots_count) +
         member("ringWaiting", live.waiting_records) + member("ringHighWater", stats.ring_high_water_records) +
         member("lanesAttached", stats.lanes_attached) + member("filesFinished", stats.files_finished) +
         member("rowGroupsWritten", stats.row_groups_written) + member("bytesWritten", stats.bytes_written) +
         member("writeFailures", stats.write_failures) + member("memoryBytes", stats.memory_bytes) +
         member("orphansFound", stats.orphans_found) + member("orphansRecovered", stats.orphans_recovered);
}

std::string sink_json(const FoundSink& sink, uint64_t now_utc_ns) {
  const std::string process = "{\"pid\":" + std::to_string(sink.process_id);
  if (sink.reading != Reading::kWhole) {
    return process + member("state", sink.reading == Reading::kBusy ? "\"busy\"" : "\"foreign\"") + "}";
  }
  const LiveStats& live = sink.stats;
  return process + member("state", json_text(word_of(live.stats.state))) + member("schema", json_text(live.schema_name)) +
         member("file", live.file_in_progress[0] == '\0' ? "null" : json_text(live.file_in_progress)) +
         member("silentMs", silent_ns(live, now_utc_ns) / kNsPerMs) + member("openedUtcNs", live.opened_utc_ns) + figures_json(live) + "}";
}

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; }

std::string cut_line(const std::string& line, size_t column_count) {
  size_t columns = 0;
  for (size_t index = 0; index < line.size(); ++index) {
    columns += continues_character(line[index]) ? 0U : 1U;
    if (columns > column_count) {
      return line.substr(0, index);
    }
  }
  return line;
}

}  // namespace

std::string top_text(const std::vector<FoundSink>& sinks, uint64_t now_utc_ns, bool is_styled) {
  if (sinks.empty()) {
    return "no sink is open in a process of this user\n";
  }
  TextTable table({{"pid", true},
                   {"schema", false},
                   {"state", false},
                   {"records/s", true},
                   {"accepted", true},
                   {"persisted", true},
                   {"visible", true},
                   {"durable", true},
                   {"dropped", true},
                   {"ring", true},
                   {"file", false}});
  for (const FoundSink& sink : sinks) {
    table.add(cells_of(sink, now_utc_ns));
  }
  return table.text(is_styled);
}

std::string top_json(const std::vector<FoundSink>& sinks, uint64_t now_utc_ns) {
  std::string json = "{\"sinks\":[";
  const char* separator = "";
  for (const FoundSink& sink : sinks) {
    json += separator + sink_json(sink, now_utc_ns);
    separator = ",";
  }
  return json + "]}\n";
}

std::string terminal_frame(const std::string& text, size_t column_count, size_t row_count) {
  std::string frame = kCursorHome;
  size_t begin = 0;
  for (size_t row = 0; row < row_count && begin < text.size(); ++row) {
    const size_t end = text.find('\n', begin);
    // The last row has no line end, which would move all of them up.
    frame += (row == 0 ? "" : "\n") + cut_line(text.substr(begin, end - begin), column_count) + kClearRestOfLine;
    begin = end == std::string::npos ? text.size() : end + 1;
  }
  return frame + kClearBelow;
}

}  // namespace pqflow::cli
