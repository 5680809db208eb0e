// The ring of a capture that outlives its process: where it is made, and what it says of the capture.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.hpp"
#include "base/system.hpp"
#include "ring/ring_file.hpp"
#include "sink/journaling.hpp"
#include "sink/open_request.hpp"

namespace pqflow::sink {

// Of the records as they lie in the ring, with the options of the capture as its defaults: what is needed to write them as the capture
// would have. Allocates.
std::vector<uint8_t> describe_capture(const OpenPlan& plan);

// Of a capture with PQFLOW_DURABILITY_JOURNAL; off for others. Its segments lie in the folder of the files, that which no placeholder
// names. Allocates.
JournalOptions journal_options(const OpenPlan& plan);

// Under a new name in plan.ring_dir, which must be on a file system in memory: INVALID_ARGUMENT where it is not, IO_ERROR where it cannot
// be reached, and what RingFile::create answers. Blocks; allocates.
base::Result create_ring(const OpenPlan& plan, const base::SystemCalls& system, ring::RingFile& ring);

}  // namespace pqflow::sink
