#include "sink/write_health.hpp"

#include <algorithm>
#include <utility>

namespace pqflow::sink {

void WriteHealth::degrade(const base::Result& failure) {
  count_failure();
  show(failure);
  counters_.state.store(PQFLOW_SINK_STATE_DEGRADED);
  if (degraded_) {
    counters_.degraded_retries.add(1);
  } else {
    counters_.degraded_since_utc_ns.store(clock_.utc_ns(clock_.context));
  }
  degraded_ = true;
  retry_at_ns_ = clock_.monotonic_ns(clock_.context) + retry_wait_ns_;
  retry_wait_ns_ = std::min(retry_wait_ns_ * 2, kRetryMaxNs);
}

void WriteHealth::recover() {
  if (!degraded_) {
    return;
  }
  show(told());
  counters_.state.store(PQFLOW_SINK_STATE_RUNNING);
  counters_.degraded_since_utc_ns.store(0);
  counters_.degraded_retries.store(0);
  degraded_ = false;
  retry_wait_ns_ = kRetryFirstNs;
}

void WriteHealth::stand_by(base::Result failure) {
  count_failure();
  recover();
  if (standing_.is_ok()) {
    standing_ = std::move(failure);
  }
  show(standing_);
}

void WriteHealth::note_manifest(const base::Result& failure) {
  const bool is_news = !failure.is_ok() || !manifest_failure_.is_ok();
  manifest_failure_ = failure;
  if (is_news && !degraded_) {
    show(told());
  }
}

void WriteHealth::note_orphans(const base::Result& failure) {
  orphan_failure_ = failure;
  if (!failure.is_ok()) {
    show(told());
  }
}

void WriteHealth::give_up(base::Result failure) noexcept {
  show(std::move(failure));
  counters_.state.store(PQFLOW_SINK_STATE_DEGRADED);
  counters_.degraded_since_utc_ns.store(clock_.utc_ns(clock_.context));
}

void WriteHealth::show(base::Result failure) noexcept {
  counters_.last_status.store(failure.status);
  counters_.last_os_error.store(failure.os_error);
  counters_.last_call.store(failure.call);
  failures_.set(std::move(failure));
}

}  // namespace pqflow::sink
