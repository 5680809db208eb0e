// A capture of ticks, numbered from 0, with everything it did to its folder.
#pragma once

#include <algorithm>

#include "live/recording_system.hpp"
#include "sink/agent_bench.hpp"

namespace pqflow::test {

constexpr uint64_t kRecordedUtcNs = uint64_t{1'800'000'000} * 1'000'000'000;  // In 2027.

struct RecordedCaptureOptions {
  uint64_t record_count = 6000;
  uint64_t rotate_bytes = uint64_t{64} << 10;
  bool is_read_by_others = false;
  pqflow_file_layout layout = PQFLOW_FILE_LAYOUT_LIVE;
  uint64_t rotate_rows = 0;
  bool is_synced = false;
  bool is_journaled = false;
  bool has_interims = false;
};

// Bursts of records, row groups of 100 rows; publications as the schedule has them, files that rotate, flushes, a close.
inline void run_recorded_capture(const RecordedCaptureOptions& options, RecordingSystem& system) {
  constexpr uint64_t kMillisecondNs = 1'000'000;
  const auto release = options.is_synced || options.is_journaled ? PQFLOW_SLOT_RELEASE_WHEN_PERSISTED : PQFLOW_SLOT_RELEASE_PER_SPAN;
  sink::test::AgentBench bench({.slot_release = release,
                                .rotate_bytes = options.rotate_bytes,
                                .cuts = {.flush_interval_ns = 20 * kMillisecondNs, .rotate_rows = options.rotate_rows},
                                .layout = options.layout,
                                .system = &system.calls(),
                                .is_synced = options.is_synced,
                                .is_journaled = options.is_journaled,
                                .has_interims = options.has_interims});
  bench.clock.utc_ns = kRecordedUtcNs;
  system.watch([&bench] { return bench.counters.visible_records.load(); }, [&bench] { return bench.counters.persisted_records.load(); });
  system.watch_durable([&bench] { return bench.counters.durable_records.load(); });
  if (options.is_read_by_others) {
    system.be_read_by_others();
  }
  ASSERT_TRUE(bench.begin().is_ok());
  uint64_t logged = 0;
  for (uint64_t burst = 0; logged < options.record_count; ++burst) {
    const uint64_t small_burst = options.has_interims ? 5 : 30;
    logged += bench.log_many(std::min<uint64_t>(burst % 7 == 0 ? 230 : small_burst, options.record_count - logged));
    bench.clock.now_ns += (options.has_interims ? 12 : 3) * kMillisecondNs;
    bench.work();
    if (burst % 40 == 39) {
      ASSERT_TRUE(bench.flush().is_ok());
    }
  }
  ASSERT_TRUE(bench.close().is_ok());
}

}  // namespace pqflow::test
