// The journal of a capture (durability JOURNAL): what the writer takes off the lanes goes there before it is encoded, and is synced on a
// thread of its own every journal_interval. Records are durable then, or when their row group is, whichever comes first.
//
//   taken ── append() ──→ written ── look(): sync, answer ──→ journaled ── row group synced ──→ its segment is removed
//
// A journal that cannot be written is begun again in a new segment. What was taken meanwhile is in none: until the row groups of those
// records are synced, nothing behind them counts as durable.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/system.hpp"
#include "io/piece_writer.hpp"
#include "journal/journal_segment.hpp"
#include "sink/capture_file.hpp"
#include "sink/file_syncer.hpp"
#include "sink/lane_collector.hpp"
#include "sink/publisher.hpp"
#include "sink/write_health.hpp"

namespace pqflow::sink {

struct JournalOptions {
  bool is_on = false;
  uint64_t interval_ns = 10'000'000;
  journal::JournalIdentity identity{};
};

// Writer thread, but for constructor, begin(), start() and end. Where it is off all calls are idle.
class Journaling {
 public:
  static constexpr uint64_t kRetryNs = 100'000'000;

  // All of it outlives this. Is told by `file` of each file that begins.
  Journaling(JournalOptions options, CaptureFile& file, const LaneCollector& lanes, Publisher& publisher, WriteHealth& health,
             const base::SystemCalls& system, const base::Clock& clock, Sleeper& writer);

  // Without it syncs are made by the calling thread, each at once.
  base::Result start(ThreadStarter starter) { return options_.is_on ? syncer_.start(starter) : base::Result::ok(); }

  // It is finished and synced, and about to get its final name: the journal has nothing to say of its records any more. Blocks.
  base::Result file_completed();

  // `span` is being taken from lane `lane_index`, where it begins at `first_sequence`; the lanes have not moved behind it yet. Blocks for
  // the write.
  void append(uint32_t lane_index, uint64_t first_sequence, const ring::Span& span);
  // Once per round: takes note of a sync that has ended, begins the next one when its time has come, removes what is no longer needed,
  // begins a journal again that could not be written.
  void look();
  // Every record is in a finished file: all segments go.
  void remove() noexcept;

 private:
  struct Segment {
    std::unique_ptr<journal::JournalSegment> file;
    uint64_t end = 0;  // Behind its last record, counted as taken.
  };

  base::Result file_began(const std::string& path);
  bool is_writable() const noexcept { return !is_failed_ && !segments_.empty(); }
  base::Result mark();
  base::Result begin_segment();
  base::Result end_segment();
  void take_answer(int os_error);
  void settle();
  void claim() noexcept;
  void fail() noexcept;
  void remove_covered() noexcept;

  const JournalOptions options_;
  const LaneCollector& lanes_;
  Publisher& publisher_;
  WriteHealth& health_;
  const base::SystemCalls& system_;
  const base::Clock& clock_;
  io::PieceWriter pieces_;
  std::deque<Segment> segments_;  // The last one is being written.
  uint64_t next_number_ = 0;
  std::string file_path_;
  std::vector<uint64_t> first_needed_;  // Of each lane: records before are in finished files.

  // Numbers of the merged stream, as LaneCollector::taken_records().
  uint64_t written_ = 0;  // In the journal, synced or not.
  uint64_t asked_ = 0;    // What the sync that is being made covers.
  uint64_t synced_ = 0;
  uint64_t gap_end_ = 0;  // Some records before it are in no segment.
  bool is_failed_ = false;
  uint64_t retry_at_ns_ = 0;
  uint64_t sync_at_ns_ = 0;
  FileSyncer syncer_;  // Last: its end waits for the thread.
};

}  // namespace pqflow::sink
