// What the values of a page would take in each encoding that exists for their type, counted from the values themselves.
#pragma once

#include <string>
#include <vector>

#include "verify/schema_tree.hpp"

namespace pqflow::inspect {

struct EncodingCost {
  int64_t encoding;
  uint64_t bytes;  // Of the values, before compression, without levels and page header; a dictionary with its entries.
};

// PLAIN first. Empty for a page without values. Allocates in proportion to the page.
std::vector<EncodingCost> encoding_costs(const verify::Leaf& leaf, const std::vector<verify::Bytes>& values);

const char* encoding_name(int64_t encoding) noexcept;

}  // namespace pqflow::inspect
