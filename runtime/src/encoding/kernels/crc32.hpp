// CRC-32 by the library, for every instruction set that has no kernel of its own.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pqflow::encoding {

uint32_t crc32_by_library(uint32_t crc, const uint8_t* bytes, size_t size_bytes) noexcept;

}  // namespace pqflow::encoding
