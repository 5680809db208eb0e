// Journals that were left, by killed processes and by power cuts, made to look like the rings that they stand in for.
#pragma once

#include <vector>

#include "recover/found_rings.hpp"

namespace pqflow::recover {

// Looks for them in the folder and below. One whose file in progress has a ring too adds to it what the ring does not have; others become
// rings of their own. What could not become a journal before its process ended is a leftover. Where one that is wanted is live, or another
// recovery has it, so is its file. Blocks; allocates what the journals hold.
void add_journals(const RingSearch& search, std::vector<FoundRing>& rings);

}  // namespace pqflow::recover
