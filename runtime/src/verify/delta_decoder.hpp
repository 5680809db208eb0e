// DELTA_BINARY_PACKED (Encodings.md, "Delta Encoding"): integers, and the lengths of byte arrays.
#pragma once

#include <vector>

#include "verify/byte_reader.hpp"

namespace pqflow::verify {

// Reads one sequence; values come back modulo 2^type_bits, type_bits 32 or 64. Throws Damage: kPageValues, or kDeltaWidth for a miniblock
// wider than the type. `max_count`: of the page, so that a wild header cannot ask for more.
std::vector<uint64_t> decode_delta(ByteReader& reader, unsigned type_bits, size_t max_count);

}  // namespace pqflow::verify
