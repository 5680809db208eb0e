// The writer's work, one round at a time: records out of the lanes, row groups into files, commands answered. It never sleeps and keeps no
// hidden position: what is still to do follows from what is there (a full row group, an open file, a command), so a step that failed is
// simply taken again.
//
//   LaneCollector --peek--> RowGroupEncoders --full, old--> CaptureFile.append --flush, close, rotation--> CaptureFile.finish
//
// While a write fails (DEGRADED) nothing is consumed: the row group is kept, the ring fills, the producer counts what it drops. Where the
// file is at fault (Remedy::kNextFile) it ends with what it has, and the row group goes into the next one. A file that cannot be synced, or
// not be written to its end, is set aside: its records count as lost, every later flush and close says so, and the capture goes on.
// Where row groups are synced, a file whose sync fails ends as a copy of what is known to be right, and nothing is lost.
// A folder that cannot be synced costs no record, but those of the file do not count as durable, and flush and close say so too.
#pragma once

#include <pqflow/pqflow.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/system.hpp"
#include "columns/record_schema.hpp"
#include "parquet/row_group_writer.hpp"
#include "sink/capture_file.hpp"
#include "sink/command_slot.hpp"
#include "sink/counters.hpp"
#include "sink/cut_schedule.hpp"
#include "sink/failure_board.hpp"
#include "sink/file_reports.hpp"
#include "sink/interim_row_groups.hpp"
#include "sink/invalid_ledger.hpp"
#include "sink/journaling.hpp"
#include "sink/lane_collector.hpp"
#include "sink/lane_positions.hpp"
#include "sink/publisher.hpp"
#include "sink/row_group_encoders.hpp"
#include "sink/row_group_syncs.hpp"
#include "sink/write_health.hpp"

namespace pqflow::sink {

struct AgentOptions {
  parquet::RowGroupOptions row_group;
  CaptureTarget target;
  CutLimits cuts{};
  pqflow_slot_release slot_release = PQFLOW_SLOT_RELEASE_PER_SPAN;
  bool has_interims = false;  // Live files may have InterimRowGroups: with WHEN_PERSISTED, and a ring that outlives the process.
  pqflow_metadata metadata = PQFLOW_METADATA_CAPTURE;
  size_t encoder_count = 1;
  std::string manifest_path{};  // Empty: none.
  FileListener file_listener{};
  JournalOptions journal{};
};

// What the agent works with and does not own; all of it outlives the agent.
struct AgentLinks {
  const columns::RecordSchema& schema;
  LaneTable& lanes;
  CommandSlot& commands;
  Counters& counters;
  FailureBoard& failures;
  const base::SystemCalls& system;
  const base::Clock& clock;
};

// One thread at a time: the opening one until the writer thread runs it.
class WriterAgent {
 public:
  // So often the end of a file is tried that is itself at fault.
  static constexpr int kMaxEndTries = 3;

  // Allocates and touches all memory of the writer.
  // Its end abandons a file that was not finished.
  WriterAgent(const AgentLinks& links, const AgentOptions& options);
  // Creates the first file in progress and the manifest: an unwritable path shows at open.
  base::Result begin_first_file();
  // Files that killed captures of the same target left in the folder of the first one.
  size_t orphans_beside() const noexcept { return file_.orphans_beside(); }
  // Why some of them were not recovered: told while nothing else fails. Before the first round.
  void note_orphans(const base::Result& failure) { health_.note_orphans(failure); }
  // Once, before the first round.
  base::Result start_encoders(ThreadStarter starter) { return encoders_->start(starter); }
  // Likewise; without it the writer thread makes the syncs of row groups itself.
  base::Result start_syncs(ThreadStarter starter) {
    base::Result result = syncs_.start(starter);
    return result.is_ok() ? journal_.start(starter) : std::move(result);
  }

  // One round; returns the records it moved, 0 when there is nothing to do for now. Reads the clock only while a write fails, where an
  // interval is set, and where a live file's footer is due. Never throws: an exception ends the capture with OUT_OF_MEMORY or
  // INTERNAL_ERROR.
  size_t do_work() noexcept;

  // A close command was answered; there will be no more work.
  bool is_finished() const noexcept { return finished_; }
  // Empty between two files.
  const std::string& file_in_progress() const noexcept { return file_.progress_path(); }
  size_t memory_bytes() const noexcept;

 private:
  size_t work();
  size_t step();
  size_t consume(const ring::Span& span);
  size_t drained();
  size_t drained_by_flush();
  void poll_command();
  uint64_t room_records() const noexcept;
  bool has_untold_gaps() noexcept;
  bool is_cut_due() const noexcept;
  void cut_row_group();
  // Dealt, in no file yet.
  uint64_t records_ahead() const noexcept { return lanes_.taken_records() - publisher_.persisted().taken_records; }
  void release_staged() noexcept;
  void release_staged_now() noexcept;
  void note_high_water(uint64_t waiting_records) noexcept;

  bool try_begin_file();
  void drop_stale_file() noexcept;
  bool is_interim_due() const noexcept;
  bool has_unshown_records() const noexcept;
  bool try_write_interim();
  bool try_publish();
  bool try_write_row_group(const parquet::EncodedRowGroup& group);
  // `end` counts where the file is not sealed yet.
  bool try_finish_file(pqflow_file_end end);
  bool try_end_file_for_command();
  pqflow_finished_file finished_file(bool is_synced) const;
  void note_finished_file(base::Result result);
  void file_ended();
  void forget_interims() noexcept;
  base::Result end_file();
  bool settle(base::Result result);
  bool write_failed(base::Result failure);
  void discard_file() noexcept;
  void degrade(base::Result failure);
  void set_file_aside(base::Result failure);
  bool may_try() const noexcept;
  void reply(base::Result result);
  void give_up(base::Result failure) noexcept;

  std::vector<parquet::KeyValue> capture_metadata() const;

  AgentLinks links_;
  const AgentOptions options_;
  LaneCollector lanes_;
  InvalidLedger invalid_;
  const std::unique_ptr<RowGroupEncoders> encoders_;
  CaptureFile file_;
  InterimRowGroups interims_;
  CutSchedule cuts_;
  Publisher publisher_;

  bool empty_file_dropped_ = false;                   // Close makes another one.
  pqflow_file_end file_end_ = PQFLOW_FILE_END_CLOSE;  // Of the sealed file.
  bool finish_due_ = false;                           // The file is sealed, its end not yet acknowledged: nothing may be appended to it.
  int failed_ends_ = 0;                               // Of that file, by its own fault.
  // Of the row group that is being written.
  LanePositions group_end_;
  std::vector<parquet::LaneRange> group_lanes_;
  WriteHealth health_;
  FileReports reports_;
  Journaling journal_;
  RowGroupSyncs syncs_;  // Behind what it works with: its end waits for the thread.

  Command command_ = Command::kNone;
  bool finished_ = false;
  bool broken_ = false;  // An exception ended the capture; the failure board says which.
};

}  // namespace pqflow::sink
