// What a recovered file says of its recovery.
#pragma once

#include <cstdint>

#include "parquet/footer_writer.hpp"
#include "recover/ring_rows.hpp"
#include "recover/unfinished_file.hpp"

namespace pqflow::recover {

// "pqflow:recovered", as JSON: the time of the recovery, records and row groups of the file, how many of the records come
// from a ring, what was damaged, the records of each lane:
//   {"time":"2026-11-23T13:30:00Z","records":1000,"from_ring":0,"row_groups":2,"damaged_row_groups":0,"damaged_records":0,
//    "lanes":[{"lane":0,"first":0,"count":1000}]}
// `utc_ns`: now.
parquet::KeyValue recovery_metadata(const UnfinishedFile& file, const AddedRowGroups& added, uint64_t utc_ns);

}  // namespace pqflow::recover
