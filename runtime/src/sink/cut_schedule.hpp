// When a row group or a file has to end although it has room: by the age of its first record, and files by their rows.
#pragma once

#include <cstdint>
#include <limits>

#include "base/system.hpp"

namespace pqflow::sink {

// 0 = never, each.
struct CutLimits {
  uint64_t flush_interval_ns = 0;
  uint64_t rotate_rows = 0;
  uint64_t rotate_interval_ns = 0;
};

// Writer thread only; pure arithmetic. Ages count from the round in which the writer took a record, and are as fine as its rounds: the idle
// strategy's longest sleep comes on top.
class CutSchedule {
 public:
  explicit CutSchedule(const CutLimits& limits) noexcept : limits_(limits) {}

  // Once per round, before anything is asked. Looks at the clock only where an interval is set.
  void look_at(const base::Clock& clock) noexcept {
    if (limits_.flush_interval_ns != 0 || limits_.rotate_interval_ns != 0) {
      now_ns_ = clock.monotonic_ns(clock.context);
    }
  }

  void records_taken(uint64_t record_count) noexcept {
    take(group_, record_count);
    take(file_, record_count);
  }
  void row_group_ended() noexcept { group_ = {}; }
  // `rows_ahead` of those taken belong to the next file already; its age counts from now.
  void file_ended(uint64_t rows_ahead) noexcept { file_ = {rows_ahead, now_ns_}; }

  // Also when its file is due: what was taken belongs to that file.
  bool is_row_group_due() const noexcept { return group_.rows != 0 && (is_old(group_, limits_.flush_interval_ns) || is_file_due()); }
  bool is_file_due() const noexcept { return file_.rows != 0 && (room_rows() == 0 || is_old(file_, limits_.rotate_interval_ns)); }
  // Of the file.
  uint64_t room_rows() const noexcept {
    return limits_.rotate_rows == 0 ? std::numeric_limits<uint64_t>::max() : limits_.rotate_rows - file_.rows;
  }

 private:
  struct Open {
    uint64_t rows = 0;
    uint64_t since_ns = 0;
  };

  void take(Open& open, uint64_t record_count) const noexcept {
    if (open.rows == 0) {
      open.since_ns = now_ns_;
    }
    open.rows += record_count;
  }
  bool is_old(const Open& open, uint64_t interval_ns) const noexcept { return interval_ns != 0 && now_ns_ - open.since_ns >= interval_ns; }

  const CutLimits limits_;
  Open group_;
  Open file_;
  uint64_t now_ns_ = 0;
};

}  // namespace pqflow::sink
