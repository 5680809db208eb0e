// What pqflow_sink_lane_stats tells of a lane.
#pragma once

#include <pqflow/pqflow.h>

#include "sink/sink_lane.hpp"

namespace pqflow::sink {

// Any thread; never blocks. From shared words alone: one snapshot of each, not of all at once.
pqflow_lane_stats describe_lane(const SinkLane& lane) noexcept;

}  // namespace pqflow::sink
