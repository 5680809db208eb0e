// The sinks of this machine, as their processes tell.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "watch/stats_page.hpp"

namespace pqflow::watch {

struct FoundSink {
  uint64_t process_id = 0;  // As this process sees it: a container has numbers of its own.
  Reading reading = Reading::kWhole;
  LiveStats stats;  // With kWhole.
};

// Ordered by process, then by when they were opened. Of processes that the caller may look into: its own user's, all of them for root.
// IO_ERROR where there is no /proc. Blocks for reading it; allocates.
base::Result find_sinks(std::vector<FoundSink>& sinks);

}  // namespace pqflow::watch
