// A stretch of the wall clock, in UTC: from one multiple of its length since 1970-01-01 to the next. Lengths that divide a day begin one at
// every midnight.
#pragma once

#include <cstdint>

namespace pqflow::sink {

// Pure arithmetic.
class ClockPeriod {
 public:
  static constexpr uint64_t kDaySeconds = 86'400;
  static constexpr uint64_t kDayNs = kDaySeconds * 1'000'000'000;

  // 0: never asked.
  explicit ClockPeriod(uint64_t length_ns) noexcept : length_ns_(length_ns) {}

  // The one that `utc_ns` lies in.
  void begin(uint64_t utc_ns) noexcept { start_ns_ = length_ns_ == 0 ? 0 : utc_ns / length_ns_ * length_ns_; }
  // The next one has begun; or the clock was put back by more than a period: a smaller step must not end a file twice.
  bool is_over(uint64_t utc_ns) const noexcept { return utc_ns >= start_ns_ + length_ns_ || utc_ns + length_ns_ < start_ns_; }

 private:
  uint64_t length_ns_;
  uint64_t start_ns_ = 0;
};

// The nearest whole seconds that divide a day: `shorter` below `length_ns`, `longer` above it, which is from a second to a day.
struct NearestPeriods {
  uint64_t shorter_ns;
  uint64_t longer_ns;
};
inline NearestPeriods nearest_periods(uint64_t length_ns) noexcept {
  uint64_t more = ClockPeriod::kDayNs / length_ns + 1;
  uint64_t fewer = more - 1;
  while (ClockPeriod::kDaySeconds % more != 0) {
    ++more;
  }
  while (ClockPeriod::kDaySeconds % fewer != 0) {
    --fewer;
  }
  return {ClockPeriod::kDayNs / more, ClockPeriod::kDayNs / fewer};
}

}  // namespace pqflow::sink
