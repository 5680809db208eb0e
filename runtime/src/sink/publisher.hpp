// How far the records of a capture have come, and the footers of a live file that take them there:
//
//   taken --row group written--> persisted --footer written, then shown--> visible --file finished--> filed
//
// A classic file shows its rows when it is finished.
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
  void file_finished() noexcept;
  // Records of the file that was set aside count as lost; answers how many they are, which are those from filed() on.
  uint64_t file_set_aside() noexcept;

  // A footer is to be written or shown now. Looks at the clock while that may be.
  bool is_due() noexcept;
  // Does it. Blocks for the file's writes. A step that failed is due again.
  base::Result publish();
  // All that is written can be seen, or only the file's end will show it. Otherwise the next footer no longer waits for its time.
  bool shows_all_or_hastens() noexcept;

  const LanePositions& file_first() const noexcept { return file_first_; }
  const LanePositions& persisted() const noexcept { return persisted_; }
  const LanePositions& filed() const noexcept { return filed_; }
  // In finished files, those set aside not counted.
  uint64_t filed_records() const noexcept { return filed_.taken_records - first_record_ - lost_records_; }
  void update_counters() noexcept;

 private:
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
  LanePositions footer_end_;  // What the live file's written footer names, shown or not.
  LanePositions visible_;     // In finished files, or named by the footer that the live file shows.
  LanePositions filed_;
  const uint64_t first_record_;
  uint64_t lost_records_ = 0;  // In files set aside.
};

}  // namespace pqflow::sink
