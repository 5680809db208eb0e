#include "columns/byte_array_output.hpp"

#include "encoding/utf8.hpp"

namespace pqflow::columns {

size_t repair_byte_arrays(uint8_t* values, size_t size_bytes, size_t count) noexcept {
  // A length of 128 or more also sets a high bit: then the values are looked at one by one, to the same result.
  if (!encoding::has_high_bit(values, size_bytes)) {
    return 0;
  }
  size_t repaired_count = 0;
  for (size_t index = 0; index < count; ++index) {
    const uint32_t length_bytes = encoding::load<uint32_t>(values);
    values += encoding::kByteArrayPrefixBytes;
    repaired_count += static_cast<size_t>(encoding::repair_utf8(values, length_bytes));
    values += length_bytes;
  }
  return repaired_count;
}

}  // namespace pqflow::columns
