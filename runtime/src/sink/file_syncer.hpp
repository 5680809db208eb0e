// Syncs the file in progress on a thread of its own, so that records are encoded and written meanwhile. One sync at a time:
//
//   kIdle ── begin(), agent ──→ kAsked ── the sync has ended, sync thread ──→ kAnswered ── answer() or wait(), agent ──→ kIdle
#pragma once

#include <cstdint>
#include <optional>
#include <thread>

#include "base/result.hpp"
#include "base/shared.hpp"
#include "base/system.hpp"
#include "sink/doorbell.hpp"
#include "sink/idle_strategy.hpp"
#include "sink/thread_starter.hpp"

namespace pqflow::sink {

// All but run() is the writer thread's; constructor, start() and end the opening or closing one's.
class FileSyncer {
 public:
  // Both outlive this. `writer` is woken when a sync has ended.
  FileSyncer(const base::SystemCalls& system, Sleeper& writer) noexcept : system_(system), writer_(writer) {}
  // Waits for a sync that is being made.
  ~FileSyncer();
  FileSyncer(const FileSyncer&) = delete;
  FileSyncer& operator=(const FileSyncer&) = delete;

  // Without it begin() syncs by itself, and the answer is there at once.
  base::Result start(ThreadStarter starter);

  // While idle. `fd` stays open until there is an answer.
  void begin(int fd);
  bool is_idle() const noexcept { return state_.load() == kIdle; }
  // 0, or the errno of the sync; nothing while it is being made, or when none was begun. Never blocks.
  std::optional<int> answer();
  // The same, but blocks for the sync that is being made.
  std::optional<int> wait();

 private:
  enum State : uint32_t { kIdle, kAsked, kAnswered, kStopping };

  void run() noexcept;
  int sync() const noexcept;

  const base::SystemCalls& system_;
  Sleeper& writer_;
  Doorbell asked_;
  Doorbell answered_;
  base::Shared<uint32_t> state_{kIdle};
  int fd_ = -1;       // Written before kAsked.
  int os_error_ = 0;  // Written before kAnswered.
  std::thread thread_;
};

}  // namespace pqflow::sink
