// Which lanes the last records of the merged stream came from, in its order.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace pqflow::sink {

struct Run {
  uint32_t lane_index = 0;
  uint64_t record_count = 0;
};

// Writer thread only. Allocates only while it grows beyond what it has ever held.
class RunLog {
 public:
  static constexpr size_t kReservedRuns = 1024;

  RunLog() { runs_.reserve(kReservedRuns); }

  uint64_t record_count() const noexcept { return record_count_; }

  // `record_count` records more, of that lane.
  void append(uint32_t lane_index, uint64_t record_count) {
    record_count_ += record_count;
    if (first_ != runs_.size() && runs_.back().lane_index == lane_index) {
      runs_.back().record_count += record_count;
      return;
    }
    if (runs_.size() == runs_.capacity() && first_ >= runs_.size() / 2) {  // Else it grows: few would be moved aside, time and again.
      runs_.erase(runs_.begin(), runs_.begin() + static_cast<std::ptrdiff_t>(first_));
      first_ = 0;
    }
    runs_.push_back({lane_index, record_count});
  }

  // Calls visit(run) for the first `record_count` records, of which there are so many; the last run is cut to them.
  template <typename Visit>
  void for_first(uint64_t record_count, Visit&& visit) const {
    for (size_t index = first_; record_count != 0; ++index) {
      const Run run{runs_[index].lane_index, std::min(runs_[index].record_count, record_count)};
      visit(run);
      record_count -= run.record_count;
    }
  }

  // Takes the first run off, cut to max_records. There is one, and max_records is not 0.
  Run take(uint64_t max_records) noexcept {
    Run& first = runs_[first_];
    const Run taken{first.lane_index, std::min(first.record_count, max_records)};
    first.record_count -= taken.record_count;
    record_count_ -= taken.record_count;
    if (first.record_count == 0) {
      ++first_;
    }
    if (first_ == runs_.size()) {
      runs_.clear();
      first_ = 0;
    }
    return taken;
  }

 private:
  std::vector<Run> runs_;
  size_t first_ = 0;  // Those before it were taken off.
  uint64_t record_count_ = 0;
};

}  // namespace pqflow::sink
