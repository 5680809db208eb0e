// The refused records of the file in progress, as its key-value metadata tells them. A gap belongs to the file that holds the record it
// lies before; one at the very end of a capture belongs to the last file. What finished files have told is in the lane, for whoever
// recovers it.
#pragma once

#include <pqflow/lane.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ring/gap_reader.hpp"
#include "ring/lane_reader.hpp"

namespace pqflow::sink {

// Writer thread only.
class GapLedger {
 public:
  static constexpr size_t kMaxListedGaps = 1000;

  explicit GapLedger(pqflow_lane& lane);

  // Takes what is final before the reader's cursor off the lane's list, often enough that the list cannot overflow: a new gap needs a
  // record accepted since the last one, so credit, so a tail published since; after half as many publications as the list has entries it is
  // emptied. Does not allocate.
  void follow(const ring::LaneReader& reader) noexcept;

  // Takes all that belongs to a file which ends at `end_index` ≤ the reader's cursor. Gaps between the two wait for the next file, but for
  // those that found the list full. May be repeated.
  void settle(const ring::LaneReader& reader, uint64_t end_index) noexcept;

  // For the file's metadata, after settle().
  uint64_t dropped_records() const noexcept;
  // Those that could be named.
  std::span<const pqflow_gap> gaps() const noexcept { return {gaps_.data(), settled_gaps_}; }

  // The file is finished: the next one starts with nothing.
  void start_over() noexcept;
  // It never will be: the next one that is finished tells all of it.
  void keep() noexcept;

 private:
  void take_final(uint64_t seen_index) noexcept;
  void note(const pqflow_gap& gap) noexcept;
  void seal(uint64_t end_index, bool ends_with_lane) noexcept;
  size_t count_before(uint64_t end_index) const noexcept;

  pqflow_lane_consumer& consumer_;
  ring::GapReader reader_;
  std::vector<pqflow_gap> gaps_;
  size_t settled_gaps_ = 0;  // Of the file that ends; those behind them lie ahead of it.
  uint64_t unlisted_records_ = 0;
  pqflow_told_gaps told_{};  // What is in the lane, which a producer may have scribbled on.
  pqflow_told_gaps sealed_{};
  uint32_t told_place_ = 0;
  uint64_t followed_release_count_ = 0;
};

}  // namespace pqflow::sink
