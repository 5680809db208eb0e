// What readers of a live file see of a row group that is being filled: its records so far, as interim row groups, encoded from the ring,
// which keeps them until the row group is written. That takes the place of all of them, and the finished file has none (ADR 0037).
//
// Sixteen of a kind become one of the next kind, so that few are there at a time and each record is encoded a few times only:
//
//   records of the open row group   |---------- 256 ----------|-- 16 --|-- 16 --|1|1|1|   not yet shown
//   of kind                                     2                 1        1     0 0 0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/result.hpp"
#include "columns/record_schema.hpp"
#include "parquet/row_group_writer.hpp"
#include "parquet/trailer.hpp"
#include "sink/capture_file.hpp"
#include "sink/lane_collector.hpp"
#include "sink/lane_positions.hpp"

namespace pqflow::sink {

// Writer thread, but for the constructor.
class InterimRowGroups {
 public:
  // So many of a kind become one.
  static constexpr size_t kFanOut = 16;

  // `is_allowed`: the ring outlives the process, and keeps records until their row group is written. All of it outlives this.
  InterimRowGroups(bool is_allowed, const columns::RecordSchema& schema, const parquet::RowGroupOptions& options, CaptureFile& file,
                   LaneCollector& lanes);

  // The file can have them, and every lane lies in the ring.
  bool are_possible() const noexcept { return is_allowed_ && file_.is_live() && !lanes_.have_left_ring(); }
  // Writes one that holds what was taken behind `persisted`, up to `record_count` records, and is in none yet; they are the records of the
  // row group that is being filled. The file is open. `is_written` false: there is no room for it, and nothing was done. The first call
  // allocates as much as an encoder has.
  base::Result write(const LanePositions& persisted, uint64_t record_count, bool& is_written);
  // A row group took their place, or their file has ended.
  void clear() noexcept { shown_.clear(); }

  // Records behind persisted() that they hold, and where that ends.
  uint64_t record_count() const noexcept { return shown_.empty() ? 0 : shown_.back().end; }
  const LanePositions& end() const noexcept { return end_; }
  size_t memory_bytes() const noexcept { return writer_ == nullptr ? 0 : writer_->memory_bytes(); }

 private:
  struct Interim {
    uint64_t first = 0;  // Records behind persisted().
    uint64_t end = 0;
    unsigned kind = 0;
  };

  // The newest ones that become one with the next.
  size_t count_merged() const noexcept;
  bool encode(const LanePositions& persisted, uint64_t first, uint64_t end);

  const bool is_allowed_;
  const columns::RecordSchema& schema_;
  const parquet::RowGroupOptions options_;
  CaptureFile& file_;
  LaneCollector& lanes_;
  std::unique_ptr<parquet::RowGroupWriter> writer_;
  std::vector<Interim> shown_;  // In the order of their records.
  LanePositions first_;         // Of the one that is being written.
  LanePositions end_;
  std::vector<parquet::LaneRange> ranges_;
};

}  // namespace pqflow::sink
