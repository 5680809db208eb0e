// ColumnIndex and OffsetIndex (PageIndex.md), compared with the pages.
#pragma once

#include "verify/chunk_facts.hpp"
#include "verify/file_reader.hpp"

namespace pqflow::verify {

// Reads and checks both indexes of a chunk where it has them. `data_end_bytes`: where the footer begins.
void check_indexes(const FileReader& file, uint64_t data_end_bytes, const Leaf& leaf, const ColumnChunk& chunk, const ChunkFacts& facts,
                   const Reporter& reporter);

}  // namespace pqflow::verify
