// The calling thread's lane in each sink: attached when it is first asked for, detached when the thread ends.
#pragma once

#include <pqflow/lane.h>

#include <cstdint>

#include "base/result.hpp"
#include "sink/lane_table.hpp"

namespace pqflow::sink {

// The lane that this thread was given, attached now where it has none. Blocks and allocates the first time only. As LaneTable::attach.
base::Result thread_lane(uint64_t sink_id, LaneTable& lanes, pqflow_lane*& lane);

// It was, or is about to be, detached: the thread's next lane is another one.
void forget_thread_lane(uint64_t sink_id, const pqflow_lane& lane) noexcept;

// The opening thread has its lane already, and keeps it when it ends: the sink may be handed to another thread with it.
void remember_opening_lane(uint64_t sink_id, pqflow_lane& lane);

}  // namespace pqflow::sink
