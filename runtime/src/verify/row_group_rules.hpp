// One row group: its chunks in the order of the schema, its sums, its place and its sorting.
#pragma once

#include <vector>

#include "verify/chunk_facts.hpp"
#include "verify/file_reader.hpp"

namespace pqflow::verify {

struct RowGroupPlace {
  size_t index;                  // In the footer's list.
  size_t ordinal;                // That it should have.
  uint64_t data_end_bytes;       // Where the footer begins.
  uint64_t footer_offset_bytes;  // For findings about metadata.
};

// Reads every chunk and checks everything about the row group.
void check_row_group(const FileReader& file, const std::vector<Leaf>& leaves, const RowGroup& group, const RowGroupPlace& place,
                     const Reporter& file_reporter);

}  // namespace pqflow::verify
