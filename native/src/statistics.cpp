#include "statistics.hpp"

#include "errors.hpp"

namespace pqflow::node {

namespace {

struct Counter {
  const char* name;
  uint64_t pqflow_stats::*member;
};

constexpr Counter kCounters[] = {
    {"acceptedRecords", &pqflow_stats::accepted_records},
    {"persistedRecords", &pqflow_stats::persisted_records},
    {"visibleRecords", &pqflow_stats::visible_records},
    {"durableRecords", &pqflow_stats::durable_records},
    {"droppedRecords", &pqflow_stats::dropped_records},
    {"lostRecords", &pqflow_stats::lost_records},
    {"invalidValues", &pqflow_stats::invalid_values},
    {"ringSlotsCount", &pqflow_stats::ring_slots_count},
    {"ringHighWaterRecords", &pqflow_stats::ring_high_water_records},
    {"filesFinished", &pqflow_stats::files_finished},
    {"rowGroupsWritten", &pqflow_stats::row_groups_written},
    {"bytesWritten", &pqflow_stats::bytes_written},
    {"writeFailures", &pqflow_stats::write_failures},
    {"memoryBytes", &pqflow_stats::memory_bytes},
    {"lateRecords", &pqflow_stats::late_records},
    {"stalls", &pqflow_stats::stalls},
    {"manifestMissingLines", &pqflow_stats::manifest_missing_lines},
    {"stallNs", &pqflow_stats::stall_ns},
    {"degradedRetries", &pqflow_stats::degraded_retries},
};

const char* durability_name(pqflow_durability durability) {
  switch (durability) {
    case PQFLOW_DURABILITY_DEFAULT:
      break;
    case PQFLOW_DURABILITY_FILE:
      return "file";
    case PQFLOW_DURABILITY_PROCESS:
      return "process";
    case PQFLOW_DURABILITY_SYNC:
      return "sync";
    case PQFLOW_DURABILITY_JOURNAL:
      return "journal";
  }
  return "unknown";
}

const char* state_name(pqflow_sink_state state) {
  switch (state) {
    case PQFLOW_SINK_STATE_RUNNING:
      return "running";
    case PQFLOW_SINK_STATE_DEGRADED:
      return "degraded";
    case PQFLOW_SINK_STATE_CLOSED:
      return "closed";
  }
  return "unknown";
}

}  // namespace

Napi::Object write_stats(Napi::Env env, const pqflow_stats& stats) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("state", state_name(stats.state));
  for (const Counter& counter : kCounters) {
    object.Set(counter.name, Napi::Number::New(env, static_cast<double>(stats.*counter.member)));
  }
  object.Set("lanesAttached", Napi::Number::New(env, stats.lanes_attached));
  object.Set("lastStatus", status_name(stats.last_status));
  object.Set("lastOsError", Napi::Number::New(env, stats.last_os_error));
  object.Set("lastCall", pqflow_file_call_text(stats.last_call));
  object.Set("degradedSinceUtcMs", Napi::Number::New(env, static_cast<double>(stats.degraded_since_utc_ns / 1'000'000)));
  object.Set("filesSetAside", Napi::Number::New(env, stats.files_set_aside));
  object.Set("orphansFound", Napi::Number::New(env, stats.orphans_found));
  object.Set("orphansRecovered", Napi::Number::New(env, stats.orphans_recovered));
  object.Set("layout", stats.layout == PQFLOW_FILE_LAYOUT_LIVE ? "live" : "classic");
  object.Set("isPreallocated", stats.is_preallocated != 0);
  object.Set("rowGroupRows", Napi::Number::New(env, static_cast<double>(stats.row_group_rows)));
  object.Set("durability", durability_name(stats.durability));
  return object;
}

}  // namespace pqflow::node
