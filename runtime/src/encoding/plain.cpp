#include "encoding/plain.hpp"

#include "encoding/bit_pack.hpp"

namespace pqflow::encoding {

size_t encode_plain_boolean(uint8_t* target, const uint8_t* values, size_t count) noexcept {
  const size_t whole_bytes = count / 8;
  for (size_t index = 0; index < whole_bytes; ++index) {
    target[index] = pack_eight_bits(values + index * 8);
  }
  const size_t rest_count = count % 8;
  if (rest_count == 0) {
    return whole_bytes;
  }
  uint8_t last_values[8] = {};
  std::memcpy(last_values, values + whole_bytes * 8, rest_count);
  target[whole_bytes] = pack_eight_bits(last_values);
  return whole_bytes + 1;
}

}  // namespace pqflow::encoding
