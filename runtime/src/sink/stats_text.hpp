// Statistics for people: a block for each sink, a line for each lane.
#pragma once

#include <span>
#include <string>

#include "sink/sink_report.hpp"

namespace pqflow::sink {

// Any thread; allocates.
std::string render_text(std::span<const SinkReport> sinks);

// "running", "degraded", "closed".
const char* state_text(pqflow_sink_state state) noexcept;

}  // namespace pqflow::sink
