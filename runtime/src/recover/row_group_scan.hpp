// Finds the row groups of a file by their trailers, whatever its end looks like.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.hpp"
#include "recover/source_file.hpp"
#include "recover/trailer_reader.hpp"

namespace pqflow::recover {

struct ScannedRowGroups {
  std::vector<FoundRowGroup> row_groups;  // In the order of the file; all their pages are right.
  std::vector<FoundRowGroup> interims;    // Likewise: the newest first.
  std::vector<uint8_t> file_metadata;     // Of the first row group's trailer, whatever its pages are; empty: it was not found.
  uint64_t damaged_row_groups = 0;        // Their trailers are right, their pages not.
  uint64_t damaged_records = 0;           // In those.
};

// Reads the whole file; allocates a column chunk at a time. Bytes that only look like a trailer (a file may hold such a file as a value)
// are told from one by the pages that must lie before it.
base::Result scan_row_groups(const SourceFile& file, ScannedRowGroups& scanned);

}  // namespace pqflow::recover
