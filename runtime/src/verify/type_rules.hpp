// What LogicalTypes.md says of a leaf: physical type, converted type, lengths, decimals.
#pragma once

#include <cstdint>

#include "verify/finding.hpp"
#include "verify/schema_tree.hpp"

namespace pqflow::verify {

// Reports the rules that are broken; false when values of the leaf cannot be decoded at all.
bool check_leaf_type(const Leaf& leaf, const Reporter& reporter, uint64_t offset_bytes);

// Digits that a decimal of this many bytes of two's complement can hold.
int64_t max_decimal_precision(uint32_t size_bytes);

}  // namespace pqflow::verify
