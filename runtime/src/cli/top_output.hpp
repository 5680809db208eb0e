// How pqflow top shows sinks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "watch/find_sinks.hpp"

namespace pqflow::cli {

// A table, or a line that says that there are none. `now_utc_ns`: a writer that has not told anything for longer than kSilentNs is shown as
// silent.
inline constexpr uint64_t kSilentNs = 2'000'000'000;
std::string top_text(const std::vector<watch::FoundSink>& sinks, uint64_t now_utc_ns, bool is_styled);

// {"sinks":[{"pid":…}, …]} and a line end.
std::string top_json(const std::vector<watch::FoundSink>& sinks, uint64_t now_utc_ns);

// What a terminal of that size is sent to show `text` in place of what it shows: lines are cut to its width, and to its height.
std::string terminal_frame(const std::string& text, size_t column_count, size_t row_count);

}  // namespace pqflow::cli
