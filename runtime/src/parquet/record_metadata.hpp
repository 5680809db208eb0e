// What a file's key-value metadata says of the records it holds lane by lane, and of those that were refused in between: the same whoever
// finishes the file.
#pragma once

#include <pqflow/lane.h>

#include <cstdint>
#include <span>
#include <vector>

#include "parquet/footer_writer.hpp"
#include "parquet/trailer.hpp"

namespace pqflow::parquet {

inline constexpr size_t kMaxNamedGaps = 1000;

// What a file holds of one lane.
struct LaneRecords {
  LaneRange range;                   // Without a record: the number of the next one.
  uint64_t dropped_records = 0;      // Refused, all.
  std::span<const pqflow_gap> gaps;  // Where, as far as that is known.
};

// `lanes`: all of the capture, in their order. Allocates.
//   pqflow:dropped_records                         of all lanes
//   pqflow:gaps [, pqflow:gaps_unlisted]           a capture of one lane:    [[before number, count],…]
//   pqflow:lanes                                   a capture of several:     [{"lane":0,"first":0,"count":9,"dropped":2,"gaps":[[4,2]]},…]
// A lane's `first` and the numbers in its gaps count its own records. Lanes with neither records nor gaps in the file are left out; of all
// lanes together kMaxNamedGaps gaps are named, the others in "unlisted".
std::vector<KeyValue> describe_lanes(std::span<const LaneRecords> lanes);

}  // namespace pqflow::parquet
