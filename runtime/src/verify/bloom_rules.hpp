// Split block bloom filters (BloomFilter.md), asked for every value of their chunk.
#pragma once

#include "verify/chunk_facts.hpp"
#include "verify/file_reader.hpp"

namespace pqflow::verify {

// Where the chunk has a filter. facts.distinct was filled. `data_end_bytes`: where the footer begins.
void check_bloom(const FileReader& file, uint64_t data_end_bytes, const ColumnChunk& chunk, const ChunkFacts& facts,
                 const Reporter& reporter);

}  // namespace pqflow::verify
