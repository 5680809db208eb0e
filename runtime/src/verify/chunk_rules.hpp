// What ColumnMetaData says of a chunk, compared with its pages.
#pragma once

#include "verify/chunk_facts.hpp"

namespace pqflow::verify {

void check_chunk(const ColumnChunk& chunk, const ChunkFacts& facts, const Reporter& reporter);

}  // namespace pqflow::verify
