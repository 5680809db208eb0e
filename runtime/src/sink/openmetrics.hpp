// Statistics for machines: OpenMetrics 1.0 (prometheus/OpenMetrics, specification "OpenMetrics, a cloud-native, highly scalable metrics
// protocol"), as a scraper takes them with the type application/openmetrics-text; version=1.0.0; charset=utf-8.
#pragma once

#include <span>
#include <string>

#include "sink/sink_report.hpp"

namespace pqflow::sink {

// One exposition for all: a family's samples stand together, whatever sink they are of. Any thread; allocates.
std::string render_openmetrics(std::span<const SinkReport> sinks);

}  // namespace pqflow::sink
