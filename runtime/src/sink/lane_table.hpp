// The lanes of a sink: made when they are needed, at most as many as was agreed, gone with the sink.
#pragma once

#include <pqflow/lane.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "base/result.hpp"
#include "base/shared.hpp"
#include "sink/sink_lane.hpp"

namespace pqflow::sink {

// What every lane of a sink has in common.
struct LaneRecipe {
  ring::LaneGeometry geometry;
  uint64_t layout_fingerprint = 0;
  uint64_t schema_fingerprint = 0;
  uint64_t first_index = 0;
  uint32_t max_lanes = 1;
};

class LaneTable {
 public:
  // Makes room for max_lanes pointers, no lane.
  explicit LaneTable(const LaneRecipe& recipe);

  // Any thread; blocks for memory. INVALID_ARGUMENT for a geometry outside its limits, LANE_UNAVAILABLE, OUT_OF_MEMORY.
  base::Result attach(pqflow_lane*& lane);

  // Lanes made so far; those with a smaller number may be used by whoever has seen this.
  uint32_t count() const noexcept { return count_.load_published(); }
  SinkLane& operator[](uint32_t lane_index) noexcept { return *lanes_[lane_index]; }
  const SinkLane& operator[](uint32_t lane_index) const noexcept { return *lanes_[lane_index]; }
  const LaneRecipe& recipe() const noexcept { return recipe_; }

  // Any thread; never block. Of all lanes.
  uint64_t accepted_records() const noexcept;
  uint64_t dropped_records() const noexcept;
  size_t memory_bytes() const noexcept;

  // While no producer logs and the writer has ended: every lane answers PQFLOW_STATUS_CLOSED from now on.
  void close() noexcept;

 private:
  const LaneRecipe recipe_;
  std::vector<std::unique_ptr<SinkLane>> lanes_;  // max_lanes places, never moved: the writer reads them while another is filled.
  base::Shared<uint32_t> count_;
  std::mutex mutex_;
};

}  // namespace pqflow::sink
