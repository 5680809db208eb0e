// How far the records of a capture have come, and the footers of a live file that take them there:
//
//   taken --row group written--> persisted --footer written, then shown--> visible --file finished--> filed
//                                        └--synced, where row groups are, or with the finished file--> durable
//
// A classic file shows its rows when it is finished. Interim row groups make records visible that are not persisted: the ring has them.
#pragma once

#include <cstdint>

#include "base/result.hpp"
#include "base/system.hpp"
#include "sink/capture_file.hpp"
#include "sink/counters.hpp"
#include "sink/lane_collector.hpp"
#include "sink/lane_positions.hpp"
#include "sink/publish_schedule.hpp"

namespace pqflow::sink {

// Writer thread, but for the constructor and the first file_began(). Keeps the counters and the lanes' watermarks up to date.
class Publisher {
 public:
  // All of it outlives the publisher. Allocates.
  Publisher(CaptureFile& file, LaneCollector& lanes, Counters& counters, const base::Clock& clock, uint64_t flush_interval_ns);

  void file_began() noexcept;
  // A row group was written whose last record is before `end`, which gets what persisted() was. `is_full`: not cut by its age or a command.
  void row_group_written(LanePositions& end, bool is_full) noexcept;
  // Interim row groups of the file hold what was taken behind persisted() and before `end`.
  void interim_written(const LanePositions& end) noexcept;
  // Row groups of the file up to `end` are on the disk, as is the file's name in progress.
  void synced(const LanePositions& end) noexcept;
  // So is all of it, as a finished file under that name; who recovers needs nothing of the ring from now on.
  void file_completed() noexcept;
  // All that was taken before `end` is on the disk, in row groups or in the journal.
  void journaled(uint64_t end) noexcept;
  // Without a row group: what only interim row groups showed is visible no longer.
  void file_discarded() noexcept;
  // `is_durable`: its folder was synced too.
  void file_finished(bool is_durable) noexcept;
  // Records of the file that was set aside count as lost, but for those that were synced; answers how many it has, from filed() on.
  uint64_t file_set_aside() noexcept;

  // A footer is to be written or shown now. Looks at the clock while that may be.
  bool is_due() noexcept;
  // An interim row group that was written now would not wait; `is_pressing`: not for its time.
  bool may_write(bool is_pressing) const noexcept {
    return !file_.is_open() || schedule_.may_write(clock_.monotonic_ns(clock_.context), is_pressing);
  }
  // Does it. Blocks for the file's writes. A step that failed is due again.
  base::Result publish();
  // All that is written can be seen, or only the file's end will show it. Otherwise the next footer no longer waits for its time.
  bool shows_all_or_hastens() noexcept;

  bool is_all_durable() const noexcept { return durable_.taken_records == persisted_.taken_records; }
  // Behind the last record that is in a synced row group or file, counted as taken.
  uint64_t durable_end() const noexcept { return durable_.taken_records; }
  const LanePositions& file_first() const noexcept { return file_first_; }
  const LanePositions& persisted() const noexcept { return persisted_; }
  const LanePositions& filed() const noexcept { return filed_; }
  // In finished files, those set aside not counted.
  uint64_t filed_records() const noexcept { return filed_.taken_records - first_record_ - lost_records_; }
  void update_counters() noexcept;

 private:
  // What the next footer names.
  const LanePositions& written_end() const noexcept { return has_interims_ ? interim_end_ : persisted_; }
  // Not while a row group has taken the place of interim ones that the next ones belong to as well.
  bool is_write_due() const noexcept { return schedule_.is_write_due(now_ns_) && written_end().taken_records >= footer_end_.taken_records; }
  void forget_interims() noexcept;
  void count_durable(uint64_t end, bool is_durable) noexcept;
  void raise_durable(const LanePositions& end) noexcept;
  base::Result show();
  base::Result write();

  CaptureFile& file_;
  LaneCollector& lanes_;
  Counters& counters_;
  const base::Clock& clock_;
  PublishSchedule schedule_;
  uint64_t now_ns_ = 0;

  LanePositions file_first_;
  LanePositions persisted_;
  LanePositions interim_end_;
  bool has_interims_ = false;
  LanePositions footer_end_;  // What the live file's written footer names, shown or not.
  LanePositions visible_;     // In finished files, or named by the footer that the live file shows.
  LanePositions filed_;
  LanePositions durable_;  // Never behind filed_.
  const uint64_t first_record_;
  uint64_t lost_records_ = 0;     // In files set aside.
  uint64_t durable_records_ = 0;  // Not those in finished files whose folder could not be synced.
  uint64_t counted_end_;          // Up to which taken record they are counted.
};

}  // namespace pqflow::sink
