// RLE / bit-packing hybrid (Encodings.md): levels, booleans and dictionary indices.
#pragma once

#include <vector>

#include "verify/byte_reader.hpp"

namespace pqflow::verify {

// Reads exactly `count` values of `bit_width` ≤ 32 bits. The last bit-packed run may hold more: DuckDB fills it
// up to 256. Throws Damage(`rule` of the reader).
std::vector<uint32_t> decode_hybrid(ByteReader& reader, size_t count, unsigned bit_width);

}  // namespace pqflow::verify
