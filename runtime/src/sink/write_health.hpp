// Whether writing goes well: the failure that is retried, the one that stands until the end, and what statistics say of both.
#pragma once

#include <cstdint>

#include "base/result.hpp"
#include "base/system.hpp"
#include "sink/counters.hpp"
#include "sink/failure_board.hpp"

namespace pqflow::sink {

// Writer thread. Reads the clock only while a write fails.
class WriteHealth {
 public:
  static constexpr uint64_t kRetryFirstNs = 100'000'000;
  static constexpr uint64_t kRetryMaxNs = 1'000'000'000;

  // All of it outlives this.
  WriteHealth(Counters& counters, FailureBoard& failures, const base::Clock& clock) noexcept
      : counters_(counters), failures_(failures), clock_(clock) {}

  // A step failed that will be tried again: DEGRADED, and longer to wait each time.
  void degrade(const base::Result& failure);
  // A step went well: whatever was retried is over.
  void recover();
  // A failed call that needs no waiting.
  void count_failure() noexcept { counters_.write_failures.add(1); }
  // No retry can mend it: of those failures the first is told until the end. Counts it.
  void stand_by(base::Result failure);
  // There will be no more work.
  void give_up(base::Result failure) noexcept;

  // Of the manifest, which stops nothing: told while no other failure is, until it is well again (OK).
  void note_manifest(const base::Result& failure);
  // Of what killed captures left and could not be recovered at open: told until the end while no other failure is, and no answer of flush
  // or close.
  void note_orphans(const base::Result& failure);

  // What every later flush and close answers.
  const base::Result& standing() const noexcept { return standing_; }
  // What close answers.
  const base::Result& standing_at_close() const noexcept { return standing_.is_ok() ? manifest_failure_ : standing_; }
  // Nothing fails, or the wait is over.
  bool may_try() const noexcept { return !degraded_ || clock_.monotonic_ns(clock_.context) >= retry_at_ns_; }

 private:
  const base::Result& told() const noexcept { return standing_at_close().is_ok() ? orphan_failure_ : standing_at_close(); }
  void show(base::Result failure) noexcept;

  Counters& counters_;
  FailureBoard& failures_;
  const base::Clock& clock_;
  base::Result standing_;
  base::Result manifest_failure_;
  base::Result orphan_failure_;
  bool degraded_ = false;
  uint64_t retry_at_ns_ = 0;
  uint64_t retry_wait_ns_ = kRetryFirstNs;
};

}  // namespace pqflow::sink
