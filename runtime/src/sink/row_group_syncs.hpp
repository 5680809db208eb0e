// Row groups on their way to the disk while the file grows (durability SYNC): as soon as one sync has ended, the next one takes all that
// was written meanwhile.
//
//   row group written ──→ begin_next() ── sync thread ──→ look(): durable, slots given back
//                                                   └───→ look(): failed, the file ends as a copy (OutputFile::complete)
#pragma once

#include <cstdint>

#include "base/result.hpp"
#include "base/system.hpp"
#include "sink/capture_file.hpp"
#include "sink/file_syncer.hpp"
#include "sink/journaling.hpp"
#include "sink/lane_positions.hpp"
#include "sink/publisher.hpp"
#include "sink/write_health.hpp"

namespace pqflow::sink {

// Writer thread, but for constructor, start() and end. Where it is off nothing is synced before a file's end, and all calls are idle.
class RowGroupSyncs {
 public:
  // All of it outlives this.
  RowGroupSyncs(bool is_on, CaptureFile& file, Publisher& publisher, Journaling& journal, WriteHealth& health,
                const base::SystemCalls& system, Sleeper& writer)
      : is_on_(is_on), file_(file), publisher_(publisher), journal_(journal), health_(health), syncer_(system, writer) {}

  // Without it syncs are made by the calling thread, each at once.
  base::Result start(ThreadStarter starter) { return is_on_ ? syncer_.start(starter) : base::Result::ok(); }

  // Once per round: takes note of a sync that has ended. One that failed leaves the file distrusted: it is to be ended.
  void look();
  // Where none is being made and row groups were written since the last one. The file is open and not sealed.
  void begin_next();
  // Blocks for the sync that is being made. Before the file is sealed or closed.
  void settle();
  // Every row group of the open file is on the disk, or syncs are off.
  bool shows_all_durable() const noexcept { return !is_on_ || publisher_.is_all_durable(); }
  // Of a sealed file: finished and synced, under its name in progress. The first time a call on the file itself fails, it is made as a
  // copy.
  base::Result complete();

 private:
  void take(int os_error);

  const bool is_on_;
  CaptureFile& file_;
  Publisher& publisher_;
  Journaling& journal_;  // Is told of a file before it gets its final name.
  WriteHealth& health_;
  // Of the sync that is being made.
  uint64_t end_bytes_ = 0;
  LanePositions end_;
  FileSyncer syncer_;  // Last: its end waits for the thread.
};

}  // namespace pqflow::sink
