// What the writer thread counts for pqflow_stats. It stores, any thread loads; nothing is ordered by them.
#pragma once

#include <pqflow/pqflow.h>

#include <cstdint>
#include <vector>

#include "base/shared.hpp"

namespace pqflow::sink {

struct Counters {
  base::Shared<uint32_t> state{PQFLOW_SINK_STATE_RUNNING};  // pqflow_sink_state
  base::Shared<uint32_t> last_status{PQFLOW_STATUS_OK};     // pqflow_status
  base::Shared<int32_t> last_os_error{0};
  base::Shared<uint32_t> last_call{PQFLOW_FILE_CALL_NONE};  // pqflow_file_call
  base::Shared<uint64_t> degraded_since_utc_ns;
  base::Shared<uint64_t> degraded_retries;
  base::Shared<uint32_t> files_set_aside;
  base::Shared<uint64_t> persisted_records;
  base::Shared<uint64_t> visible_records;
  base::Shared<uint64_t> durable_records;
  base::Shared<uint64_t> lost_records;
  base::Shared<uint64_t> invalid_values;                      // All columns.
  std::vector<base::Shared<uint64_t>> column_invalid_values;  // One per leaf column; sized before the writer thread starts.
  base::Shared<uint64_t> ring_high_water_records;
  base::Shared<uint64_t> files_finished;
  base::Shared<uint64_t> row_groups_written;
  base::Shared<uint64_t> bytes_written;
  base::Shared<uint64_t> write_failures;
  base::Shared<uint64_t> manifest_missing_lines;
  base::Shared<uint32_t> orphans_found;
  base::Shared<uint32_t> orphans_recovered;
  base::Shared<uint32_t> layout{PQFLOW_FILE_LAYOUT_CLASSIC};  // pqflow_file_layout of the latest file
  base::Shared<uint32_t> is_preallocated{0};
};

}  // namespace pqflow::sink
