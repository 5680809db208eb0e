// sorting_columns: nobody but a verifier notices when rows are not in the order that a file declares.
#pragma once

#include <vector>

#include "verify/chunk_facts.hpp"

namespace pqflow::verify {

// `facts`: one per leaf; rows were kept for the columns that sorting names.
void check_sorting(const RowGroup& group, const std::vector<Leaf>& leaves, const std::vector<ChunkFacts>& facts, uint64_t place,
                   const Reporter& reporter);

}  // namespace pqflow::verify
