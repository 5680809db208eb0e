#include "sink/gap_ledger.hpp"

#include <algorithm>
#include <atomic>

namespace pqflow::sink {

GapLedger::GapLedger(pqflow_lane& lane) : consumer_(lane.consumer), reader_(lane) { gaps_.reserve(kMaxListedGaps); }

void GapLedger::follow(const ring::LaneReader& reader) noexcept {
  if (reader.release_count() - followed_release_count_ >= PQFLOW_LANE_GAP_CAPACITY_COUNT / 2) {
    take_final(reader.cursor());
    followed_release_count_ = reader.release_count();
  }
}

void GapLedger::settle(const ring::LaneReader& reader, uint64_t end_index) noexcept {
  take_final(reader.cursor());
  const bool ends_with_lane = reader.cursor() == end_index && !reader.has_next();
  pqflow_gap gap{};
  if (ends_with_lane && reader_.tell_open(end_index, gap)) {
    note(gap);
  }
  settled_gaps_ = ends_with_lane ? gaps_.size() : count_before(end_index);
  unlisted_records_ += reader_.take_unlisted();
  seal(end_index, ends_with_lane);
}

// Into the place that does not count yet. The fence is against the compiler: a killed process has stored what came before.
void GapLedger::seal(uint64_t end_index, bool ends_with_lane) noexcept {
  const uint64_t told_count = told_.end_index == end_index ? told_.open_count : 0;
  sealed_ = {end_index, ends_with_lane ? reader_.told_count() : told_count, told_.dropped_count + dropped_records()};
  consumer_.told[1 - told_place_] = sealed_;
  std::atomic_signal_fence(std::memory_order_seq_cst);
  consumer_.sealed_place = 1 - told_place_;
}

size_t GapLedger::count_before(uint64_t end_index) const noexcept {
  const auto is_before = [end_index](const pqflow_gap& gap) { return gap.before_index < end_index; };
  return static_cast<size_t>(std::find_if_not(gaps_.begin(), gaps_.end(), is_before) - gaps_.begin());
}

uint64_t GapLedger::dropped_records() const noexcept {
  uint64_t records = unlisted_records_;
  for (const pqflow_gap& gap : gaps()) {
    records += gap.count;
  }
  return records;
}

void GapLedger::start_over() noexcept {
  gaps_.erase(gaps_.begin(), gaps_.begin() + static_cast<std::ptrdiff_t>(settled_gaps_));
  settled_gaps_ = 0;
  unlisted_records_ = 0;
  told_ = sealed_;
  told_place_ = 1 - told_place_;
  consumer_.told_place = told_place_;
}

void GapLedger::keep() noexcept { consumer_.sealed_place = told_place_; }

void GapLedger::take_final(uint64_t seen_index) noexcept {
  pqflow_gap gap{};
  // Bounded, so that a producer that scribbles on its list cannot hold the writer.
  for (size_t taken = 0; taken < PQFLOW_LANE_GAP_CAPACITY_COUNT && reader_.take(seen_index, gap); ++taken) {
    note(gap);
  }
}

void GapLedger::note(const pqflow_gap& gap) noexcept {
  if (gap.count == 0) {
    return;
  }
  if (!gaps_.empty() && gaps_.back().before_index == gap.before_index) {
    gaps_.back().count += gap.count;
  } else if (gaps_.size() < kMaxListedGaps) {
    gaps_.push_back(gap);
  } else {
    unlisted_records_ += gap.count;
  }
}

}  // namespace pqflow::sink
