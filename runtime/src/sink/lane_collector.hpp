// Merges the lanes of a sink into one stream of records: a run of one lane, a run of the next, each lane's own order kept. A lane whose
// producer stands still has nothing to give, and the others go on.
//
//   lane 0  ====>|      ┐
//   lane 1  =======>|   ├ peek, advance → run of 0, run of 1, run of 2, run of 0 …
//   lane 2  ==>|        ┘
//
// Row groups and files end at places in that stream (LanePositions), which say how far every lane was taken.
#pragma once

#include <pqflow/pqflow.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "ring/lane_reader.hpp"
#include "sink/lane_positions.hpp"
#include "sink/lane_table.hpp"
#include "sink/run_log.hpp"

namespace pqflow::sink {

// Writer thread only; never blocks. The table outlives it.
class LaneCollector {
 public:
  // `keeps_unsynced`: with WHEN_PERSISTED; slots are given back no earlier than their records are on the disk.
  LaneCollector(LaneTable& lanes, pqflow_slot_release slot_release, bool keeps_unsynced = false);

  // Once per round: takes note of lanes attached since.
  void look_for_lanes() noexcept { lane_count_ = lanes_.count(); }

  // Records of the lane whose turn it is, at most max_records: the next lane's where it has none. Empty: no lane has any, or every lane was
  // taken as far as aim() said.
  ring::Span peek(uint64_t max_records) noexcept;
  // Moves behind the last span, whose records stay in place until they are released; the next lane has its turn.
  void advance(size_t record_count);
  // Where the last span lies.
  uint32_t span_lane_index() const noexcept { return turn_; }
  uint64_t span_first_sequence() const noexcept { return lanes_[turn_].reader().cursor(); }
  // Records that wait in the lane of the last span, the span among them. Keeps the lane's high-water mark.
  uint64_t waiting_records(const ring::Span& span) noexcept;
  // In the lane where most wait.
  uint64_t most_waiting_records() const noexcept;

  // Stops every lane behind the records that were accepted before the call; until aim_at_nothing().
  void aim_at_accepted() noexcept;
  void aim_at_nothing() noexcept { is_aimed_ = false; }

  // What was taken, all but the last `kept_records`, is read no more: gives the slots back where slot_release says so, in each lane many at
  // once. Never fewer than before.
  void release_all_but(uint64_t kept_records) noexcept;
  // Tells the producers of it now: when the lanes are drained, or when no more will be taken for a while.
  void publish_released() noexcept;

  // The place `record_count` records behind the last one that is in a file, into `end`. So many were taken since.
  void find_end(const LanePositions& persisted, uint64_t record_count, LanePositions& end) const;
  // Calls visit(span) for the records of that stream from `first` of those that find_end() counts on to before `end`, in their order. Their
  // slots are not given back: slot_release is WHEN_PERSISTED.
  template <typename Visit>
  void for_unpersisted(const LanePositions& persisted, uint64_t first, uint64_t end, Visit&& visit);
  // Those records are in a file. Gives their slots back where slot_release says so.
  void persist(uint64_t record_count);
  // So many of those are on the disk, too, or were given up.
  void give_back_synced(uint64_t record_count) noexcept;

  // Where the stream stands, with room for every lane that may come. Allocates.
  LanePositions positions() const;
  // The same into what positions() made. Does not allocate.
  void mark(LanePositions& positions) const;
  uint64_t taken_records() const noexcept { return taken_records_; }
  // Into the lanes' headers.
  void publish_watermarks(const LanePositions& persisted, const LanePositions& visible, const LanePositions& durable) noexcept;

  // Gaps of the file that ends at `end`, see GapLedger.
  void settle_gaps(const LanePositions& end) noexcept;
  // Any of them.
  bool has_settled_gaps() const noexcept;
  void start_gaps_over() noexcept;
  void keep_gaps() noexcept;

  // A lane lies in private memory though there is a ring.
  bool have_left_ring() const noexcept { return lanes_.has_left_ring(); }
  uint32_t lane_count() const noexcept { return lane_count_; }
  const SinkLane& lane(uint32_t lane_index) const noexcept { return lanes_[lane_index]; }

 private:
  void next_turn() noexcept { turn_ = turn_ + 1 < lane_count_ ? turn_ + 1 : 0; }

  LaneTable& lanes_;
  const pqflow_slot_release slot_release_;
  const bool keeps_unsynced_;
  uint32_t lane_count_ = 0;
  uint32_t turn_ = 0;  // The lane that peek() looks at first.
  uint64_t taken_records_ = 0;
  bool is_aimed_ = false;
  RunLog unreleased_;   // Taken, slots not given back; empty where that waits for the file.
  RunLog unpersisted_;  // Taken, in no file yet.
  LanePositions walk_;  // Of for_unpersisted().
  RunLog unsynced_;     // In a file, slots not given back; empty unless that waits for the disk.
};

template <typename Visit>
void LaneCollector::for_unpersisted(const LanePositions& persisted, uint64_t first, uint64_t end, Visit&& visit) {
  mark(walk_);
  for (uint32_t index = 0; index < lane_count_; ++index) {
    walk_.next_index[index] = persisted.next_index_of(index, lanes_[index].first_index());
  }
  uint64_t place = 0;
  unpersisted_.for_first(end, [&](const Run& run) {
    uint64_t& next_index = walk_.next_index[run.lane_index];
    const uint64_t run_end = place + run.record_count;
    const uint64_t skipped = std::min(run.record_count, first - std::min(first, place));
    next_index += skipped;
    place += skipped;
    while (place < run_end) {
      const ring::Span span = lanes_[run.lane_index].reader().held(next_index, run_end - place);
      visit(span);
      next_index += span.record_count;
      place += span.record_count;
    }
  });
}

}  // namespace pqflow::sink
