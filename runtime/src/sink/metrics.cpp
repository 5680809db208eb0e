#include "sink/metrics.hpp"

namespace pqflow::sink {

namespace {

template <auto kMember, typename Stats>
uint64_t member(const Stats& stats) {
  return stats.*kMember;
}

using enum MetricKind;
using enum MetricUnit;

constexpr Metric<pqflow_stats> kSinkMetrics[] = {
    {"accepted_records", kCounter, kCount, member<&pqflow_stats::accepted_records>, "Records that log took."},
    {"persisted_records", kCounter, kCount, member<&pqflow_stats::persisted_records>, "Of those, written to a file."},
    {"visible_records", kCounter, kCount, member<&pqflow_stats::visible_records>, "Of those, visible to readers."},
    {"durable_records", kCounter, kCount, member<&pqflow_stats::durable_records>, "Of the accepted ones, in a file that was synced."},
    {"dropped_records", kCounter, kCount, member<&pqflow_stats::dropped_records>, "Records refused because their lane was full."},
    {"late_records", kCounter, kCount, member<&pqflow_stats::late_records>,
     "Records refused because their lane was detached or the sink closed."},
    {"lost_records", kCounter, kCount, member<&pqflow_stats::lost_records>, "Records accepted that are in no finished file."},
    {"invalid_values", kCounter, kCount, member<&pqflow_stats::invalid_values>, "Values replaced by their substitute."},
    {"stalls", kCounter, kCount, member<&pqflow_stats::stalls>, "How often a producer waited for room."},
    {"stall", kCounter, kNanoseconds, member<&pqflow_stats::stall_ns>, "How long producers waited for room."},
    {"files_finished", kCounter, kCount, member<&pqflow_stats::files_finished>, "Files under their final name."},
    {"row_groups_written", kCounter, kCount, member<&pqflow_stats::row_groups_written>, "Row groups written."},
    {"written_bytes", kCounter, kBytes, member<&pqflow_stats::bytes_written>, "Bytes that the system acknowledged."},
    {"write_failures", kCounter, kCount, member<&pqflow_stats::write_failures>, "Failed system calls on output files."},
    {"files_set_aside", kCounter, kCount, member<&pqflow_stats::files_set_aside>,
     "Files that could not be synced or finished and keep their name in progress."},
    {"degraded_retries", kGauge, kCount, member<&pqflow_stats::degraded_retries>,
     "Failed tries of what fails now, since it first failed; 0 when nothing does."},
    {"manifest_missing_lines", kGauge, kCount, member<&pqflow_stats::manifest_missing_lines>,
     "Finished files that the manifest does not name."},
    {"orphans_found", kGauge, kCount, member<&pqflow_stats::orphans_found>,
     "What killed captures of the same path had left when the sink opened."},
    {"orphans_recovered", kGauge, kCount, member<&pqflow_stats::orphans_recovered>, "Of those, recovered before the first file."},
    {"ring_slots", kGauge, kCount, member<&pqflow_stats::ring_slots_count>, "Records that each lane holds."},
    {"ring_high_water_records", kGauge, kCount, member<&pqflow_stats::ring_high_water_records>,
     "Most records the writer found waiting in a lane."},
    {"memory_bytes", kGauge, kBytes, member<&pqflow_stats::memory_bytes>, "Bound on the sink's memory."},
    {"lanes", kGauge, kCount, member<&pqflow_stats::lanes_count>, "Lanes made so far."},
    {"lanes_attached", kGauge, kCount, member<&pqflow_stats::lanes_attached>, "Threads that have a lane."},
};

constexpr Metric<pqflow_lane_stats> kLaneMetrics[] = {
    {"accepted_records", kCounter, kCount, member<&pqflow_lane_stats::accepted_records>, "Records that log took in this lane."},
    {"persisted_records", kCounter, kCount, member<&pqflow_lane_stats::persisted_records>, "Of those, written to a file."},
    {"dropped_records", kCounter, kCount, member<&pqflow_lane_stats::dropped_records>, "Records refused because the lane was full."},
    {"late_records", kCounter, kCount, member<&pqflow_lane_stats::late_records>,
     "Records refused because the lane was detached or the sink closed."},
    {"stalls", kCounter, kCount, member<&pqflow_lane_stats::stalls>, "How often the lane's producer waited for room."},
    {"stall", kCounter, kNanoseconds, member<&pqflow_lane_stats::stall_ns>, "How long the lane's producer waited for room."},
    {"waiting_records", kGauge, kCount, member<&pqflow_lane_stats::waiting_records>, "Slots not yet given back."},
    {"high_water_records", kGauge, kCount, member<&pqflow_lane_stats::high_water_records>,
     "Most records the writer found waiting in the lane."},
};

}  // namespace

std::span<const Metric<pqflow_stats>> sink_metrics() noexcept { return kSinkMetrics; }
std::span<const Metric<pqflow_lane_stats>> lane_metrics() noexcept { return kLaneMetrics; }

}  // namespace pqflow::sink
