// Encoded values of a page → one span of PLAIN bytes per value.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "verify/schema_tree.hpp"

namespace pqflow::verify {

// Values without their length prefixes; BOOLEAN as one byte 0 or 1. They refer to the page's bytes, to a dictionary, or to memory kept
// here.
struct Values {
  std::vector<Bytes> all;
  std::deque<std::vector<uint8_t>> kept;
};

// Whether Encodings.md has the encoding for the type.
bool is_encoding_for(int64_t encoding, PhysicalType type) noexcept;

// Decodes `count` values, which must fill `bytes`. `dictionary`: of the chunk, for dictionary encodings; null where there is none. Throws
// Damage.
Values decode_values(const Leaf& leaf, int64_t encoding, Bytes bytes, size_t count, const Values* dictionary);

}  // namespace pqflow::verify
