// The lanes of a sink: one per producer thread, attached and detached at any time, at most as many as the options say, gone with the sink.
//
//   attach()                         detach()                          attach(), by another thread
//   (no lane) → attached, producer logs → detached, writer drains it → attached again, its numbers go on
//
// A lane that was detached keeps its memory and its count: records of a capture are known for good by lane and number, whoever logged
// them. So it may be handed on at any time, even before the writer has emptied it; one that is empty has more room and comes first.
#pragma once

#include <pqflow/lane.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "base/result.hpp"
#include "base/shared.hpp"
#include "ring/full_callbacks.hpp"
#include "sink/sink_lane.hpp"

namespace pqflow::sink {

// What calls in a forked child answer.
base::Result forked();

// What every lane of a sink has in common.
struct LaneRecipe {
  ring::LaneGeometry geometry;
  uint64_t layout_fingerprint = 0;
  uint64_t schema_fingerprint = 0;
  uint64_t first_index = 0;
  uint32_t max_lanes = 1;
  pqflow_ring_memory ring_memory = PQFLOW_RING_MEMORY_PAGEABLE;
  pqflow_full_policy full_policy = PQFLOW_FULL_POLICY_DROP;
  uint64_t full_timeout_ns = 0;
  ring::FullCallback full_callback;
  ring::RingFile* ring = nullptr;  // Where the lanes lie; null: in private memory. Outlives the table.
  bool is_ring_optional = false;   // Further lanes lie in private memory where the ring has no room for them.
};

class LaneTable {
 public:
  // Makes room for max_lanes pointers, no lane.
  explicit LaneTable(const LaneRecipe& recipe);
  LaneTable(const LaneTable&) = delete;
  LaneTable& operator=(const LaneTable&) = delete;
  ~LaneTable();

  // Any thread; blocks for memory. The first one is the opening thread's. INVALID_ARGUMENT for a geometry outside its limits,
  // LANE_UNAVAILABLE, OUT_OF_MEMORY, CLOSED, FORKED; NO_SPACE where the ring's folder has no room for a further lane, and it must have.
  base::Result attach(pqflow_lane*& lane);
  // The lane's producer, or a thread that has synchronised with it. Blocks for an attach only. INVALID_HANDLE for a lane of another sink,
  // LANE_DETACHED for one that is not attached, INVALID_ARGUMENT for the opening thread's, FORKED. Works after close().
  base::Result detach(const pqflow_lane& lane);

  // Lanes made so far; those with a smaller number may be used by whoever has seen this.
  uint32_t count() const noexcept { return count_.load_published(); }
  SinkLane& operator[](uint32_t lane_index) noexcept { return *lanes_[lane_index]; }
  const SinkLane& operator[](uint32_t lane_index) const noexcept { return *lanes_[lane_index]; }
  const LaneRecipe& recipe() const noexcept { return recipe_; }

  // Any thread; never block. Of all lanes.
  uint64_t accepted_records() const noexcept;
  uint64_t sum_of(uint64_t pqflow_lane_producer::*counter) const noexcept;
  uint32_t attached_count() const noexcept { return attached_count_.load(); }
  size_t memory_bytes() const noexcept;
  // A lane lies in private memory because the ring had no room for it.
  bool has_left_ring() const noexcept { return has_left_ring_.load() != 0; }

  // While no producer logs and the writer has ended: every lane answers PQFLOW_STATUS_CLOSED from now on.
  void close() noexcept;

  // In a forked child, which has copies of the lanes and no writer: every lane answers PQFLOW_STATUS_FORKED from now on. Takes no lock: the
  // thread that holds it may not exist here.
  void mark_forked() noexcept;
  bool is_forked() const noexcept { return is_forked_.load() != 0; }

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  struct Seat {
    bool is_attached = false;
    uint64_t detached_at = 0;  // Counts detachments: the least has been free for longest, so a stale handle is found out for longest.
  };

  uint32_t find_free(bool drained) const noexcept;
  base::Result make(uint32_t& lane_index);
  base::Result lay_out(SinkLane& lane, uint32_t index);
  base::Result unavailable() const;
  void shut(SinkLane& lane, pqflow_lane_state state) noexcept { ring::lane_shut(lane.lane(), state); }

  const LaneRecipe recipe_;
  std::vector<std::unique_ptr<SinkLane>> lanes_;  // max_lanes places, never moved: the writer reads them while another is filled.
  base::Shared<uint32_t> count_;
  base::Shared<uint32_t> attached_count_;
  base::Shared<uint32_t> is_forked_;
  base::Shared<uint32_t> has_left_ring_;

  // Makes what one producer left in its lane visible to the next one.
  std::mutex mutex_;
  std::vector<Seat> seats_;
  uint64_t detached_count_ = 0;
  bool is_closed_ = false;
};

}  // namespace pqflow::sink
