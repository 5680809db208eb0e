// The figures of the statistics under the names they have wherever they are shown.
#pragma once

#include <pqflow/pqflow.h>

#include <cstdint>
#include <span>

namespace pqflow::sink {

enum class MetricKind { kCounter, kGauge };
enum class MetricUnit { kCount, kBytes, kNanoseconds };

// `Stats`: pqflow_stats or pqflow_lane_stats.
template <typename Stats>
struct Metric {
  const char* name;  // Of counts and bytes; of nanoseconds without the unit.
  MetricKind kind;
  MetricUnit unit;
  uint64_t (*value)(const Stats& stats);
  const char* help;
};

std::span<const Metric<pqflow_stats>> sink_metrics() noexcept;
std::span<const Metric<pqflow_lane_stats>> lane_metrics() noexcept;

}  // namespace pqflow::sink
