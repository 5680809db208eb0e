#include "encoding/crc32.hpp"

#include "encoding/kernels/kernels.hpp"

namespace pqflow::encoding {

uint32_t crc32(uint32_t crc, const uint8_t* bytes, size_t size_bytes) noexcept { return kernels().crc32(crc, bytes, size_bytes); }

}  // namespace pqflow::encoding
