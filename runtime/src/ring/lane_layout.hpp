// The lane's bytes: laying them out on memory the caller gives, and reading them back with suspicion. The picture is in pqflow/lane.h.
#pragma once

#include <pqflow/lane.h>

#include <cstddef>
#include <cstdint>

#include "base/result.hpp"

namespace pqflow::ring {

// What the writer works with: a private copy, so that nothing stored in shared memory later can move it.
struct LaneGeometry {
  uint32_t slot_count = 0;  // Power of two.
  uint32_t slot_size_bytes = 0;
  uint32_t record_size_bytes = 0;
  uint32_t commit_offset_bytes = 0;
};

struct LaneParams {
  LaneGeometry geometry;
  uint64_t layout_fingerprint = 0;
  uint64_t schema_fingerprint = 0;
  uint32_t lane_index = 0;
  uint64_t first_index = 0;  // Index of the first record; a capture starts at 0.
  pqflow_full_policy full_policy = PQFLOW_FULL_POLICY_DROP;
  uint64_t full_timeout_ns = 0;  // With PQFLOW_FULL_POLICY_BLOCK.
};

// commit_offset_bytes as lane.h defines it.
LaneGeometry make_geometry(uint64_t slot_count, uint32_t slot_size_bytes, uint32_t record_size_bytes) noexcept;

// Every limit of lane.h; the message names the figure and the limit.
base::Result check_geometry(const LaneGeometry& geometry);

// Header and slots. Cannot overflow for a checked geometry.
size_t lane_size_bytes(const LaneGeometry& geometry) noexcept;

// Lays an open, empty lane out on zeroed or used memory of lane_size_bytes(), aligned to PQFLOW_LANE_BLOCK_SIZE_BYTES, of a checked
// geometry. Touches every slot. Before the lane is handed to anyone.
pqflow_lane& lane_init(void* memory, const LaneParams& params) noexcept;

// Validates the identity block of a lane someone else laid out on `size_bytes` of memory and copies its geometry.
base::Result read_geometry(const void* memory, size_t size_bytes, LaneGeometry& geometry);

// From now on refill, and so every reserve and log, answers why: pqflow_lane_closed_status(). While no producer logs: it takes the
// producer's credit away, and moves the head behind what is committed. `state`: not OPEN.
void lane_shut(pqflow_lane& lane, pqflow_lane_state state) noexcept;

// The end of lane_shut(): another producer goes on where the last one stopped, once it asks for credit. It must have synchronised with
// that one; with the writer it need not.
void lane_reopen(pqflow_lane& lane) noexcept;

// Nobody is attached, and the writer has given back every slot.
bool is_drained(const pqflow_lane& lane) noexcept;

}  // namespace pqflow::ring
