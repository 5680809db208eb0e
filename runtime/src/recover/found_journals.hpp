// Journals that were left, by killed processes and by power cuts, made to look like the rings that they stand in for.
#pragma once

#include <string>
#include <vector>

#include "recover/found_rings.hpp"

namespace pqflow::recover {

// Looks for them in `folder` and below. One whose file in progress has a ring too adds to it what the ring does not have; others become
// rings of their own. What could not become a journal before its process ended is a leftover. `is_alone`: as in SourceFile. Blocks;
// allocates what the journals hold.
void add_journals(const std::string& folder, bool is_alone, std::vector<FoundRing>& rings);

}  // namespace pqflow::recover
