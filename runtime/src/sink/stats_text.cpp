#include "sink/stats_text.hpp"

#include <algorithm>

#include "sink/metrics.hpp"

namespace pqflow::sink {

namespace {

constexpr size_t kNameWidth = 26;

std::string padded(const std::string& text, size_t width) { return text + std::string(width - std::min(width, text.size()), ' '); }
std::string right(const std::string& text, size_t width) { return std::string(width - std::min(width, text.size()), ' ') + text; }

template <typename Stats>
std::string label(const Metric<Stats>& metric) {
  return std::string(metric.name) + (metric.unit == MetricUnit::kNanoseconds ? "_ns" : "");
}

const char* lane_state_text(uint32_t state) noexcept {
  switch (state) {
    case PQFLOW_LANE_STATE_OPEN:
      return "open";
    case PQFLOW_LANE_STATE_DETACHED:
      return "detached";
    case PQFLOW_LANE_STATE_FORKED:
      return "forked";
    default:
      return "closed";
  }
}

// A column for each figure, as wide as its name or as the largest number that is likely to come.
size_t width_of(const std::string& name) noexcept { return 2 + std::max<size_t>(name.size(), 12); }

std::string lane_head() {
  std::string line = "  lane  state   ";
  for (const auto& metric : lane_metrics()) {
    line += right(label(metric), width_of(label(metric)));
  }
  return line + "\n";
}

std::string lane_line(size_t lane_index, const pqflow_lane_stats& lane) {
  std::string line = "  " + right(std::to_string(lane_index), 4) + "  " + padded(lane_state_text(lane.lane_state), 8);
  for (const auto& metric : lane_metrics()) {
    line += right(std::to_string(metric.value(lane)), width_of(label(metric)));
  }
  return line + "\n";
}

std::string render_sink(const SinkReport& sink) {
  std::string text = sink.schema + "  " + sink.path + "  " + state_text(sink.stats.state) + "\n";
  if (!sink.failure.empty()) {
    text += "  " + sink.failure + "\n";
  }
  for (const auto& metric : sink_metrics()) {
    text += "  " + padded(label(metric), kNameWidth) + std::to_string(metric.value(sink.stats)) + "\n";
  }
  text += lane_head();
  for (size_t index = 0; index < sink.lanes.size(); ++index) {
    text += lane_line(index, sink.lanes[index]);
  }
  return text;
}

}  // namespace

const char* state_text(pqflow_sink_state state) noexcept {
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

std::string render_text(std::span<const SinkReport> sinks) {
  std::string text;
  for (const SinkReport& sink : sinks) {
    text += (text.empty() ? "" : "\n") + render_sink(sink);
  }
  return text;
}

}  // namespace pqflow::sink
