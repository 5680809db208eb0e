// The sources of the product that the models run, as they ship, in one unit: it is compiled each time the models run.
#include "replaced_names.hpp"
// Behind it.
#include "ring/full_callbacks.cpp"
#include "ring/full_wait.cpp"
#include "ring/gap_reader.cpp"
#include "ring/lane_layout.cpp"
#include "ring/lane_memory.cpp"
#include "ring/lane_reader.cpp"
#include "ring/lane_refill.cpp"
#include "watched_lanes.hpp"

// Who lays a lane out is noted: everybody else must have synchronised with it.
#define lane_init lane_init_watched
#include "sink/command_slot.cpp"
#include "sink/gap_ledger.cpp"
#include "sink/lane_collector.cpp"
#include "sink/lane_table.cpp"
#undef lane_init

// What no scenario comes to: rings in files, and producers that wait for room.
namespace pqflow {

const base::Clock& base::real_clock() noexcept { std::abort(); }
void ring::RingFile::part_from_parent() noexcept { std::abort(); }
base::Result ring::RingFile::take_lane(uint32_t, pqflow_ring_memory, LaneMemory&) { std::abort(); }

}  // namespace pqflow
