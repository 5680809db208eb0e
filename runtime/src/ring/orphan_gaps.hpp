// What a lane whose process ended says of records it refused: read with suspicion, as everything in it.
#pragma once

#include <pqflow/lane.h>

#include <cstdint>
#include <vector>

namespace pqflow::ring {

// Of one lane, behind what files tell.
struct RefusedRecords {
  uint32_t lane_index = 0;
  uint64_t first_index = 0;      // Of the first record behind.
  uint64_t dropped_records = 0;  // All.
  std::vector<pqflow_gap> gaps;  // Those that the lane still lists, oldest first; no more records than dropped_records.
};

// `lane`: a copy. Allocates.
RefusedRecords refused_behind(const pqflow_lane& lane, const pqflow_told_gaps& told);

}  // namespace pqflow::ring
