// When a row group or a file has to end although it has room: by the age of its first record, and files by their rows and the wall clock.
#pragma once

#include <pqflow/pqflow.h>

#include <cstdint>
#include <limits>

#include "base/system.hpp"
#include "sink/clock_period.hpp"

namespace pqflow::sink {

// 0 = never, each.
struct CutLimits {
  uint64_t flush_interval_ns = 0;
  uint64_t rotate_rows = 0;
  uint64_t rotate_interval_ns = 0;
  uint64_t rotate_clock_ns = 0;
};

// Writer thread only; pure arithmetic. Ages count from the round in which the writer took a record, and are as fine as its rounds: the idle
// strategy's longest sleep comes on top. So does the wall clock: a record belongs to the file that was open when the writer took it.
class CutSchedule {
 public:
  explicit CutSchedule(const CutLimits& limits) noexcept : limits_(limits), period_(limits.rotate_clock_ns) {}

  // Once per round, before anything is asked. Looks at each clock only where a limit needs it.
  void look_at(const base::Clock& clock) noexcept {
    if (limits_.flush_interval_ns != 0 || limits_.rotate_interval_ns != 0) {
      now_ns_ = clock.monotonic_ns(clock.context);
    }
    if (limits_.rotate_clock_ns != 0) {
      now_utc_ns_ = clock.utc_ns(clock.context);
    }
  }

  // `utc_ns`: the moment that its name tells.
  void file_began(uint64_t utc_ns) noexcept {
    period_.begin(utc_ns);
    now_utc_ns_ = utc_ns;  // The round looked at the clock earlier.
  }
  void records_taken(uint64_t record_count) noexcept {
    take(unshown_, record_count);
    take(file_, record_count);
  }
  // All that was taken is in a row group, or in an interim one.
  void row_group_ended() noexcept { unshown_ = {}; }
  // `rows` of those taken are in no interim row group any more, nor in another one.
  void interims_ended(uint64_t rows) noexcept { unshown_ = {rows, now_ns_}; }
  // `rows_ahead` of those taken belong to the next file already; its age counts from now.
  void file_ended(uint64_t rows_ahead) noexcept {
    file_ = {rows_ahead, now_ns_};
    period_.begin(now_utc_ns_);
  }

  // What was taken is to be in a row group, or in an interim one: the oldest is as old as it may be.
  bool is_flush_due() const noexcept { return unshown_.rows != 0 && is_old(unshown_, limits_.flush_interval_ns); }
  bool is_file_due() const noexcept {
    return file_.rows != 0 && (room_rows() == 0 || is_period_over() || is_old(file_, limits_.rotate_interval_ns));
  }
  // Of a file that is due.
  pqflow_file_end why_file_is_due() const noexcept {
    if (room_rows() == 0) {
      return PQFLOW_FILE_END_ROWS;
    }
    return is_period_over() ? PQFLOW_FILE_END_CLOCK : PQFLOW_FILE_END_INTERVAL;
  }
  // The file has no record, and its name tells of a time that is over.
  bool is_empty_file_stale() const noexcept { return file_.rows == 0 && is_period_over(); }
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
  bool is_period_over() const noexcept { return limits_.rotate_clock_ns != 0 && period_.is_over(now_utc_ns_); }

  const CutLimits limits_;
  ClockPeriod period_;  // Of the file.
  Open unshown_;
  Open file_;
  uint64_t now_ns_ = 0;
  uint64_t now_utc_ns_ = 0;
};

}  // namespace pqflow::sink
