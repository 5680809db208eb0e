// What a file's key-value metadata says of the records it holds: how many, of which lanes, and how many were refused in between.
#pragma once

#include <vector>

#include "parquet/file_metadata.hpp"
#include "sink/lane_collector.hpp"
#include "sink/lane_positions.hpp"

namespace pqflow::sink {

// Of the file between the two places, after settle_gaps(end). Writer thread; allocates, once per file.
//   pqflow:sequence_first, pqflow:sequence_count   numbers within the whole capture
//   and what parquet::describe_lanes() says
std::vector<parquet::KeyValue> describe_records(const LaneCollector& lanes, const LanePositions& first, const LanePositions& end);

// The records between the two places, lane by lane, into `ranges`.
void list_lane_ranges(const LaneCollector& lanes, const LanePositions& first, const LanePositions& end,
                      std::vector<parquet::LaneRange>& ranges);

}  // namespace pqflow::sink
