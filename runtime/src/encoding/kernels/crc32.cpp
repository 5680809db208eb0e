#include "encoding/kernels/crc32.hpp"

#include <libdeflate.h>

namespace pqflow::encoding {

uint32_t crc32_by_library(uint32_t crc, const uint8_t* bytes, size_t size_bytes) noexcept {
  // libdeflate takes a null pointer for "give me the initial value".
  return size_bytes == 0 ? crc : libdeflate_crc32(crc, bytes, size_bytes);
}

}  // namespace pqflow::encoding
