// A ring whose process may have ended, read with suspicion: nothing in it is believed before it was checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "ring/orphan_gaps.hpp"
#include "ring/ring_header.hpp"

namespace pqflow::ring {

// Committed records of one lane that its writer had not yet said to be in a file, oldest first. Some of the first may be in the file in
// progress all the same: its trailers say which.
struct OrphanLane {
  uint32_t lane_index = 0;
  uint64_t first_index = 0;      // Of records[0].
  std::vector<uint8_t> records;  // record_size_bytes each.
  uint64_t record_count = 0;
};

// Of a lane that was laid out. Which one counts shows whether the file in progress is still there.
struct OrphanGaps {
  RefusedRecords untold;    // Behind the last file that was finished in full view of the ring.
  RefusedRecords unsealed;  // Behind the file that was being finished, once it is.
};

struct OrphanRing {
  RingIdentity identity;
  bool is_left = false;  // By a close that failed; else its process ended before it came to close.
  bool is_live = false;  // Still written to: then lanes and descriptor were not read.
  std::optional<std::string> file_in_progress;
  std::vector<uint8_t> descriptor;
  std::vector<OrphanLane> lanes;  // Those that were laid out.
  std::vector<OrphanGaps> gaps;   // Likewise, one each.
};

// Blocks, allocates. IO_ERROR where the file cannot be read; INVALID_ARGUMENT, with what is wrong, for one that is no ring or is damaged.
// The file is copied, never mapped: one that is cut while it is read gives an error, not a signal.
base::Result read_orphan_ring(const std::string& path, OrphanRing& ring);

}  // namespace pqflow::ring
