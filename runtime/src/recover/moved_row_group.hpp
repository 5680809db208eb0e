// A row group whose bytes are put to another place of a file: what its metadata says of places, corrected.
#pragma once

#include <cstdint>

#include "parquet/footer_writer.hpp"

namespace pqflow::recover {

// Of an entry that read_trailer() has found good. Its row group began at `from_bytes` and will begin at `to_bytes`.
parquet::RowGroupEntry moved_entry(const parquet::RowGroupEntry& entry, uint64_t from_bytes, uint64_t to_bytes);

}  // namespace pqflow::recover
