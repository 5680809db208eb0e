// Pages back to bytes by each library's own decoder.
#pragma once

#include <pqflow/descriptor.h>

#include <cstdint>
#include <span>
#include <vector>

namespace pqflow::codec::test {

// Throws std::runtime_error for bytes that are no page of that codec and size.
std::vector<uint8_t> decompress(pqflow_codec codec, std::span<const uint8_t> page, size_t source_bytes);

}  // namespace pqflow::codec::test
