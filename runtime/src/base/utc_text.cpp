#include "base/utc_text.hpp"

#include <chrono>
#include <cstdio>

#include "base/units.hpp"

namespace pqflow::base {
namespace {

constexpr uint64_t kSecondsPerDay = 86'400;

struct TimeOfDay {
  unsigned hour;
  unsigned minute;
  unsigned second;
};

TimeOfDay time_of_day(uint64_t utc_ns) noexcept {
  const auto second_of_day = static_cast<unsigned>(utc_ns / kNsPerSecond % kSecondsPerDay);
  return {second_of_day / 3600, second_of_day / 60 % 60, second_of_day % 60};
}

}  // namespace

std::string utc_date_text(uint64_t utc_ns) {
  const std::chrono::sys_time<std::chrono::nanoseconds> time{std::chrono::nanoseconds(utc_ns)};
  const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(time)};
  char text[16];
  std::snprintf(text, sizeof(text), "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()));
  return text;
}

std::string utc_time_text(uint64_t utc_ns) {
  const TimeOfDay time = time_of_day(utc_ns);
  char text[16];
  std::snprintf(text, sizeof(text), "%02u%02u%02u", time.hour, time.minute, time.second);
  return text;
}

std::string utc_moment_text(uint64_t utc_ns) {
  const TimeOfDay time = time_of_day(utc_ns);
  char text[24];
  std::snprintf(text, sizeof(text), "T%02u:%02u:%02u.%09uZ", time.hour, time.minute, time.second,
                static_cast<unsigned>(utc_ns % kNsPerSecond));
  return utc_date_text(utc_ns) + text;
}

}  // namespace pqflow::base
