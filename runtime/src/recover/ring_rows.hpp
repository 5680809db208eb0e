// Records that a killed process left in its ring, as row groups to be put behind those of its file.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.hpp"
#include "recover/unfinished_file.hpp"
#include "ring/orphan_ring.hpp"

namespace pqflow::recover {

// Row groups with their trailers, as they will lie one behind the other.
struct AddedRowGroups {
  std::vector<uint8_t> bytes;
  std::vector<FoundRowGroup> row_groups;
  uint64_t record_count = 0;
};

// Consecutive records of one lane that no row group of the file holds.
struct RecordRun {
  const uint8_t* first_record = nullptr;  // In the ring's copy.
  parquet::LaneRange range;
};

struct RingShare {
  std::vector<RecordRun> runs;   // Lane by lane, in their order.
  uint64_t record_count = 0;     // In the runs.
  uint64_t duplicate_count = 0;  // In the ring, and in a row group of the file too.
};

// The ring's tail is not trusted: each record is looked for in the file's row groups, by lane and number. `ring` outlives the share.
RingShare share_of(const ring::OrphanRing& ring, const UnfinishedFile& file);

// Encodes the runs as the capture would have, by the ring's own descriptor, which has the capture's options as its defaults.
// `offset_bytes`, `row_group_count`: of the file so far. INVALID_DESCRIPTOR or CODEC_UNAVAILABLE where that cannot be. Allocates a row
// group and all that is encoded.
base::Result encode_share(const ring::OrphanRing& ring, const RingShare& share, uint64_t offset_bytes, size_t row_group_count,
                          AddedRowGroups& added);

}  // namespace pqflow::recover
