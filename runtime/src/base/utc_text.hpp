// Moments in UTC as text.
#pragma once

#include <cstdint>
#include <string>

namespace pqflow::base {

// Of nanoseconds since 1970-01-01. Allocate.
std::string utc_date_text(uint64_t utc_ns);    // 2026-01-05
std::string utc_time_text(uint64_t utc_ns);    // 143059
std::string utc_moment_text(uint64_t utc_ns);  // 2026-01-05T14:30:59.123456789Z

}  // namespace pqflow::base
