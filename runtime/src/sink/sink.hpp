// A capture from open to close: the lanes, the writer and its thread, put together. The C API translates to this; tests open it with their
// own system calls.
#pragma once

#include <pqflow/pqflow.h>

#include <cstddef>
#include <memory>
#include <mutex>

#include "base/result.hpp"
#include "base/system.hpp"
#include "ring/ring_file.hpp"
#include "sink/file_names.hpp"
#include "sink/lane_table.hpp"
#include "sink/live_board.hpp"
#include "sink/open_request.hpp"
#include "sink/orphan_recovery.hpp"
#include "sink/sink_report.hpp"
#include "sink/thread_lanes.hpp"
#include "sink/writer_agent.hpp"
#include "sink/writer_thread.hpp"

namespace pqflow::sink {

// What lies outside the process, as a test may replace it. All of it outlives the sink.
struct Environment {
  const base::SystemCalls& system = base::real_system_calls();
  const base::Clock& clock = base::real_clock();
  ThreadStarter start_thread = start_real_thread;
};

// Threads, blocking and errors as pqflow.h says for the function of the same name.
class Sink {
 public:
  static base::Result open(const pqflow_open_request& request, const Environment& environment, std::unique_ptr<Sink>& sink);
  // Closes first when that was not done.
  ~Sink();
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;

  // Of the opening thread.
  pqflow_lane* lane() const noexcept { return lane_; }
  base::Result attach_lane(pqflow_lane*& lane) { return lanes_.attach(lane); }
  base::Result detach_lane(const pqflow_lane& lane);
  // Of the calling thread.
  base::Result thread_lane(pqflow_lane*& lane) { return sink::thread_lane(id_, lanes_, lane); }
  pqflow_status log(const void* record, size_t record_size_bytes) noexcept;
  base::Result flush();
  base::Result close();
  // struct_size_bytes is set to what this build fills.
  pqflow_stats stats() const noexcept;
  base::Result lane_stats(size_t lane_index, pqflow_lane_stats& stats) const;
  SinkReport report() const;
  base::Result column_invalid_values(size_t column_index, uint64_t& count) const;
  base::Result last_error() const;
  // This is a copy in a forked child, without a writer: it must not be destroyed, or it would take the parent's file away.
  bool is_forked() const noexcept { return lanes_.is_forked(); }

 private:
  explicit Sink(OpenPlan plan);
  static base::Result make(OpenPlan plan, const base::SystemCalls& system, std::unique_ptr<Sink>& sink);
  base::Result take_first_lane(const base::SystemCalls& system);
  base::Result start(const Environment& environment, const FileNames& names, const RecoveredOrphans& orphans);
  base::Result begin_first_file();
  void make_agent(const Environment& environment, const FileNames& names, const RecoveredOrphans& orphans);
  void shut_lanes() noexcept;
  void end_ring(base::Result& result);
  void show_live() noexcept;

  OpenPlan plan_;
  ring::RingFile ring_;  // From PQFLOW_DURABILITY_PROCESS on: what the lanes lie in.
  LaneTable lanes_;
  pqflow_lane* lane_ = nullptr;  // Of the opening thread.
  Counters counters_;
  FailureBoard failures_;
  CommandSlot commands_;
  uint64_t id_ = 0;  // In LiveSinks.
  std::unique_ptr<WriterAgent> agent_;
  std::unique_ptr<IdleStrategy> idle_;
  WriterThread thread_;
  LiveBoard board_;
  size_t memory_bytes_ = 0;  // Without the lanes.

  std::mutex lifecycle_mutex_;  // One flush or close at a time.
  bool running_ = false;        // The writer thread exists.
};

}  // namespace pqflow::sink
