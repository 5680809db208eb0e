#include "sink/gap_ledger.hpp"

namespace pqflow::sink {

GapLedger::GapLedger(pqflow_lane& lane) : reader_(lane) { gaps_.reserve(kMaxListedGaps); }

void GapLedger::follow(const ring::LaneReader& reader) noexcept {
  if (reader.release_count() - followed_release_count_ >= PQFLOW_LANE_GAP_CAPACITY_COUNT / 2) {
    take_final(reader.cursor());
    followed_release_count_ = reader.release_count();
  }
}

void GapLedger::settle(const ring::LaneReader& reader) noexcept {
  take_final(reader.cursor());
  pqflow_gap gap{};
  if (!reader.has_next() && reader_.tell_open(reader.cursor(), gap)) {
    note(gap);
  }
  unlisted_records_ += reader_.take_unlisted();
}

std::string GapLedger::gaps_json() const {
  std::string json = "[";
  for (const pqflow_gap& gap : gaps_) {
    json += (json.size() == 1 ? "[" : ",[") + std::to_string(gap.before_index) + "," + std::to_string(gap.count) + "]";
  }
  return json + "]";
}

void GapLedger::start_over() noexcept {
  gaps_.clear();
  listed_records_ = 0;
  unlisted_records_ = 0;
}

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
    listed_records_ += gap.count;
  } else if (gaps_.size() < kMaxListedGaps) {
    gaps_.push_back(gap);
    listed_records_ += gap.count;
  } else {
    unlisted_records_ += gap.count;
  }
}

}  // namespace pqflow::sink
