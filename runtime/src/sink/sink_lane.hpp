// One lane of a sink: its memory, and what the writer keeps of it. Laid out by the thread that attaches it, before anyone else sees it.
#pragma once

#include <cstdint>
#include <optional>

#include "base/result.hpp"
#include "ring/lane_layout.hpp"
#include "ring/lane_memory.hpp"
#include "ring/lane_reader.hpp"
#include "ring/ring_file.hpp"
#include "sink/gap_ledger.hpp"

namespace pqflow::sink {

class SinkLane {
 public:
  SinkLane() = default;
  SinkLane(const SinkLane&) = delete;
  SinkLane& operator=(const SinkLane&) = delete;

  // Takes and touches the memory, of `ring` where there is one; once. PQFLOW_STATUS_OUT_OF_MEMORY, and what RingFile::take_lane answers.
  base::Result lay_out(const ring::LaneParams& params, pqflow_ring_memory memory_kind, ring::RingFile* ring) {
    base::Result taken = ring != nullptr ? ring->take_lane(params.lane_index, memory_kind, memory_)
                                         : memory_.allocate(ring::lane_size_bytes(params.geometry), memory_kind);
    if (!taken.is_ok()) {
      return taken;
    }
    lane_ = &ring::lane_init(memory_.data(), params);
    first_index_ = params.first_index;
    drain_index_ = params.first_index;
    released_index_ = params.first_index;
    reader_.emplace(*lane_, params.geometry, params.first_index);
    gaps_.emplace(*lane_);
    return base::Result::ok();
  }

  // From here on of a lane that was laid out.

  pqflow_lane& lane() const noexcept { return *lane_; }
  uint64_t first_index() const noexcept { return first_index_; }
  size_t memory_bytes() const noexcept { return memory_.size_bytes() + GapLedger::kMaxListedGaps * sizeof(pqflow_gap); }
  // The header stays for log to find it closed; the rest of the memory goes back to the system. When the writer has ended.
  void discard_slots() noexcept { memory_.discard_after(PQFLOW_LANE_HEADER_SIZE_BYTES); }
  // In a forked child. False: the lane is shared with the parent still, and nothing may be stored there.
  bool part_from_parent() noexcept { return memory_.part_from_parent(PQFLOW_LANE_HEADER_SIZE_BYTES); }

  // Writer thread.
  ring::LaneReader& reader() noexcept { return *reader_; }
  const ring::LaneReader& reader() const noexcept { return *reader_; }
  GapLedger& gaps() noexcept { return *gaps_; }
  const GapLedger& gaps() const noexcept { return *gaps_; }
  // Where a flush stops reading: a lane that was attached after its call, at its beginning.
  void aim() noexcept { drain_index_ = reader_->drain_index(); }
  // Gives `record_count` slots more back, telling the producer of many at once, or now.
  void release(uint64_t record_count) noexcept {
    released_index_ += record_count;
    reader_->release(released_index_);
  }
  void publish_released() noexcept {
    if (released_index_ > reader_->released()) {
      reader_->release_now(released_index_);
    }
  }
  uint64_t records_to_aim() const noexcept { return drain_index_ - reader_->cursor(); }

 private:
  ring::LaneMemory memory_;
  pqflow_lane* lane_ = nullptr;
  uint64_t first_index_ = 0;
  uint64_t drain_index_ = 0;
  uint64_t released_index_ = 0;
  std::optional<ring::LaneReader> reader_;
  std::optional<GapLedger> gaps_;
};

}  // namespace pqflow::sink
