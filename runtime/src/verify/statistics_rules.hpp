// Statistics of chunks and pages, compared with the values.
#pragma once

#include "verify/chunk_facts.hpp"

namespace pqflow::verify {

// `place`: offset that findings name. `values`: of the chunk or page, complete. `distinct_count`: empty where it was not counted.
void check_statistics(const Leaf& leaf, const Statistics& statistics, const ValueFacts& values, std::optional<size_t> distinct_count,
                      uint64_t place, const Reporter& reporter);
void check_sizes(const Leaf& leaf, const SizeStatistics& sizes, const ValueFacts& values, uint64_t place, const Reporter& reporter);

// A bound has the form of the column's type, and is no NaN. Reports kBoundsForm.
bool check_bound_form(const Leaf& leaf, const ValueOrder& order, Bytes bound, const char* name, uint64_t place, const Reporter& reporter);

// Bounds are NaNs where all values are, in total order; in TYPE_ORDER there are none then, said `counts_nans`, which tells those who follow
// this rule from those who wrote before it. Reports kBoundsNan. `name`: "" or "page 3: ".
bool check_nan_bounds(const ValueOrder& order, const ValueFacts& values, bool counts_nans, Bytes min, Bytes max, const std::string& name,
                      uint64_t place, const Reporter& reporter);

}  // namespace pqflow::verify
