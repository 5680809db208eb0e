// The writer's side of the gap list: which records were refused, and where.
#pragma once

#include <pqflow/lane.h>

#include <cstdint>

namespace pqflow::ring {

// Writer thread only. Never blocks or allocates. What a producer scribbles here can falsify its own gaps, nothing else.
class GapReader {
 public:
  explicit GapReader(pqflow_lane& lane) noexcept : lane_(lane) {}

  // The next gap before an index < seen_index, where record seen_index - 1 was seen committed. Its count is final: the producer extends a
  // gap only while before_index is its head, and it published that record after the last refusal before it. Takes the gap off the list.
  bool take(uint64_t seen_index, pqflow_gap& gap) noexcept;

  // What the gap just before `index` has counted so far and was not told before. It stays listed; take() later tells only what came after.
  // For the end of a file.
  bool tell_open(uint64_t index, pqflow_gap& gap) noexcept;

  // What tell_open() has told of the first gap that is still listed.
  uint64_t told_count() const noexcept { return told_count_; }

  // Refused records that found the list full, since the last call.
  uint64_t take_unlisted() noexcept;

 private:
  // The first listed gap, less what was told of it; false when there is none before `end_index`.
  bool load_first_before(uint64_t end_index, pqflow_gap& gap) const noexcept;

  pqflow_lane& lane_;
  uint64_t tail_index_ = 0;  // Private; the shared one is a copy.
  uint64_t told_count_ = 0;  // Of the first listed gap.
  uint64_t unlisted_count_ = 0;
};

}  // namespace pqflow::ring
