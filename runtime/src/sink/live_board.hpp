// What a sink tells other processes of itself, a few times a second: pqflow top.
#pragma once

#include <pqflow/pqflow.h>

#include <cstdint>
#include <string>

#include "watch/shared_page.hpp"

namespace pqflow::sink {

// Producers know nothing of it: the writer thread looks at the figures that it keeps anyway.
class LiveBoard {
 public:
  static constexpr uint64_t kUpdatePeriodNs = 100'000'000;
  static constexpr uint64_t kRatePeriodNs = 1'000'000'000;

  // Before the writer thread exists. Where nobody can be told, nothing happens.
  void open(const std::string& schema_name) noexcept;
  // After its end.
  void close() noexcept { page_.remove(); }

  // Whether it is time. Writer thread, once a round: reads the clock.
  bool is_due() noexcept;
  // `waiting_records`: in the fullest lane. Writer thread; never allocates or makes a system call.
  void show(const pqflow_stats& stats, uint64_t waiting_records, const std::string& file_in_progress) noexcept;

 private:
  void follow_rate(uint64_t accepted_records) noexcept;

  watch::SharedPage page_;
  watch::LiveStats shown_;
  uint64_t now_ns_ = 0;
  uint64_t due_ns_ = 0;
  uint64_t rate_since_ns_ = 0;
  uint64_t rate_since_records_ = 0;
};

}  // namespace pqflow::sink
