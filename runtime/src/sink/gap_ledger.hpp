// The refused records of the file in progress, as its key-value metadata tells them. A gap belongs to the file that holds the record it
// lies before; one at the very end of a capture belongs to the last file.
#pragma once

#include <pqflow/lane.h>

#include <cstddef>
#include <cstdint>
#include <string>
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
  // Gaps that could be named.
  size_t gap_count() const noexcept { return settled_gaps_; }
  // [[before_index,count],…], max_gaps at most.
  std::string gaps_json(size_t max_gaps) const;
  // Dropped records that it does not name.
  uint64_t unlisted_records(size_t max_gaps) const noexcept;

  // The file is finished: the next one starts with nothing.
  void start_over() noexcept;

 private:
  void take_final(uint64_t seen_index) noexcept;
  void note(const pqflow_gap& gap) noexcept;
  size_t count_before(uint64_t end_index) const noexcept;

  ring::GapReader reader_;
  std::vector<pqflow_gap> gaps_;
  size_t settled_gaps_ = 0;  // Of the file that ends; those behind them lie ahead of it.
  uint64_t unlisted_records_ = 0;
  uint64_t followed_release_count_ = 0;
};

}  // namespace pqflow::sink
