// CRC-32 of gzip (polynomial 0x04C11DB7, reflected), the checksum of PageHeader.crc.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pqflow::encoding {

// Continues `crc` (0 at the start) over further bytes. Pure; does not allocate.
uint32_t crc32(uint32_t crc, const uint8_t* bytes, size_t size_bytes) noexcept;

}  // namespace pqflow::encoding
