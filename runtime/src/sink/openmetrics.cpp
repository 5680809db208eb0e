#include "sink/openmetrics.hpp"

#include "base/units.hpp"
#include "sink/metrics.hpp"
#include "sink/stats_text.hpp"

namespace pqflow::sink {

namespace {

using base::kNsPerSecond;

// Section "Escaping".
std::string escaped(const std::string& text) {
  std::string out;
  for (const char character : text) {
    if (character == '\n') {
      out += "\\n";
      continue;
    }
    if (character == '"' || character == '\\') {
      out += '\\';
    }
    out += character;
  }
  return out;
}

std::string labels_of(const SinkReport& sink) { return "schema=\"" + escaped(sink.schema) + "\",path=\"" + escaped(sink.path) + "\""; }

// Section "Units and Base Units": seconds, and the unit ends the name.
const char* unit_name(MetricUnit unit) noexcept {
  switch (unit) {
    case MetricUnit::kBytes:
      return "bytes";
    case MetricUnit::kNanoseconds:
      return "seconds";
    case MetricUnit::kCount:
      break;
  }
  return nullptr;
}

std::string number(uint64_t value, MetricUnit unit) {
  if (unit != MetricUnit::kNanoseconds) {
    return std::to_string(value);
  }
  const std::string fraction = std::to_string(kNsPerSecond + value % kNsPerSecond).substr(1);
  return std::to_string(value / kNsPerSecond) + "." + fraction;
}

template <typename Stats>
std::string family_of(const char* prefix, const Metric<Stats>& metric) {
  return std::string(prefix) + metric.name + (metric.unit == MetricUnit::kNanoseconds ? "_seconds" : "");
}

template <typename Stats>
std::string head_of(const std::string& family, const Metric<Stats>& metric) {
  std::string text = "# TYPE " + family + (metric.kind == MetricKind::kCounter ? " counter\n" : " gauge\n");
  if (const char* const unit = unit_name(metric.unit); unit != nullptr) {
    text += "# UNIT " + family + " " + unit + "\n";
  }
  return text + "# HELP " + family + " " + metric.help + "\n";
}

// Section "Counter": the sample of a counter is called family_total.
template <typename Stats>
std::string sample(const std::string& family, const Metric<Stats>& metric, const std::string& labels, const Stats& stats) {
  const char* const suffix = metric.kind == MetricKind::kCounter ? "_total" : "";
  return family + suffix + "{" + labels + "} " + number(metric.value(stats), metric.unit) + "\n";
}

std::string sink_families(std::span<const SinkReport> sinks) {
  std::string text;
  for (const auto& metric : sink_metrics()) {
    const std::string family = family_of("pqflow_", metric);
    text += head_of(family, metric);
    for (const SinkReport& sink : sinks) {
      text += sample(family, metric, labels_of(sink), sink.stats);
    }
  }
  return text;
}

std::string lane_families(std::span<const SinkReport> sinks) {
  std::string text;
  for (const auto& metric : lane_metrics()) {
    const std::string family = family_of("pqflow_lane_", metric);
    text += head_of(family, metric);
    for (const SinkReport& sink : sinks) {
      for (size_t index = 0; index < sink.lanes.size(); ++index) {
        text += sample(family, metric, labels_of(sink) + ",lane=\"" + std::to_string(index) + "\"", sink.lanes[index]);
      }
    }
  }
  return text;
}

// Section "StateSet": one sample for each state, 1 for the one that holds.
std::string states(std::span<const SinkReport> sinks) {
  std::string text = "# TYPE pqflow_state stateset\n# HELP pqflow_state Degraded: a write failed and is being retried.\n";
  for (const SinkReport& sink : sinks) {
    for (const pqflow_sink_state state : {PQFLOW_SINK_STATE_RUNNING, PQFLOW_SINK_STATE_DEGRADED, PQFLOW_SINK_STATE_CLOSED}) {
      text +=
          "pqflow_state{" + labels_of(sink) + ",pqflow_state=\"" + state_text(state) + "\"} " + (sink.stats.state == state ? "1\n" : "0\n");
    }
  }
  return text;
}

}  // namespace

std::string render_openmetrics(std::span<const SinkReport> sinks) {
  return states(sinks) + sink_families(sinks) + lane_families(sinks) + "# EOF\n";
}

}  // namespace pqflow::sink
