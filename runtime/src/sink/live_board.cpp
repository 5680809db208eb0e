#include "sink/live_board.hpp"

#include "base/system.hpp"

namespace pqflow::sink {

namespace {

// What a person on this machine looks at, whatever clock a test gives the sink.
uint64_t board_time_ns() noexcept { return base::real_clock().monotonic_ns(base::real_clock().context); }
uint64_t board_utc_ns() noexcept { return base::real_clock().utc_ns(base::real_clock().context); }

}  // namespace

void LiveBoard::open(const std::string& schema_name) noexcept {
  page_.create();
  if (page_.page() == nullptr) {
    return;
  }
  try {
    shown_.owner = base::current_process();
  } catch (...) {  // No memory to look it up.
    page_.remove();
    return;
  }
  watch::store_text_end(shown_.schema_name, sizeof shown_.schema_name, schema_name);
  shown_.opened_utc_ns = board_utc_ns();
  rate_since_ns_ = board_time_ns();
}

bool LiveBoard::is_due() noexcept {
  if (page_.page() == nullptr) {
    return false;
  }
  now_ns_ = board_time_ns();
  return now_ns_ >= due_ns_;
}

void LiveBoard::show(const pqflow_stats& stats, uint64_t waiting_records, const std::string& file_in_progress) noexcept {
  due_ns_ = now_ns_ + kUpdatePeriodNs;
  follow_rate(stats.accepted_records);
  shown_.stats = stats;
  shown_.updated_utc_ns = board_utc_ns();
  shown_.waiting_records = waiting_records;
  watch::store_text_end(shown_.file_in_progress, sizeof shown_.file_in_progress, file_in_progress);
  watch::store_stats(*page_.page(), shown_);
}

void LiveBoard::follow_rate(uint64_t accepted_records) noexcept {
  const uint64_t elapsed_ns = now_ns_ - rate_since_ns_;
  if (elapsed_ns < kRatePeriodNs) {
    return;
  }
  const auto records = static_cast<double>(accepted_records - rate_since_records_);
  shown_.accepted_per_s = static_cast<uint64_t>(records * 1e9 / static_cast<double>(elapsed_ns));
  rate_since_ns_ = now_ns_;
  rate_since_records_ = accepted_records;
}

}  // namespace pqflow::sink
