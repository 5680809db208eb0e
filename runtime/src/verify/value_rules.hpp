// What LogicalTypes.md demands of single values.
#pragma once

#include <string>

#include "verify/schema_tree.hpp"

namespace pqflow::verify {

bool is_utf8(Bytes text) noexcept;

// Reports the first value of the page that is not UTF-8 where it must be, and the first that lies outside its type's range (8- and 16-bit
// integers, times of day, decimals of the precision).
void check_values(const Leaf& leaf, const std::vector<Bytes>& values, const Reporter& reporter, uint64_t page_offset_bytes);

}  // namespace pqflow::verify
