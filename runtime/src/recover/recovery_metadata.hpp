// What a recovered file says of its recovery.
#pragma once

#include <cstdint>
#include <vector>

#include "parquet/footer_writer.hpp"
#include "recover/report.hpp"
#include "recover/ring_rows.hpp"
#include "recover/unfinished_file.hpp"
#include "ring/orphan_gaps.hpp"

namespace pqflow::recover {

struct RecoveredFile {
  const UnfinishedFile& file;
  const AddedRowGroups& added;
  const std::vector<ring::RefusedRecords>& refused;  // By each lane of the ring; empty: not known.
  OrphanReason reason;
  uint64_t utc_ns;  // Now.
};

// "pqflow:recovered", as JSON: the time of the recovery, why (reason_word), records and row groups of the file, how many of the records
// come from a ring, what was damaged, the records of each lane:
//   {"time":"2026-11-23T13:30:00Z","reason":"killed","records":1000,"from_ring":0,"row_groups":2,"damaged_row_groups":0,
//    "damaged_records":0,"lanes":[{"lane":0,"first":0,"count":1000}]}
// Behind it, where a ring knows, what parquet::describe_lanes() says of refused records.
std::vector<parquet::KeyValue> recovery_metadata(const RecoveredFile& recovered);

}  // namespace pqflow::recover
