// Indices of values that are small numbers, as codes are: looked up in a table of a few words. `Set` as in widen_range.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "encoding/kernels/kernels.hpp"

namespace pqflow::encoding {

template <typename Set>
size_t look_up_tiny(const uint8_t* values, size_t count, const TinyTable& table, uint32_t* indices) noexcept {
  for (size_t position = 0; position < count; ++position) {
    uint32_t value;
    std::memcpy(&value, values + position * sizeof(value), sizeof(value));
    if (value >= kTinyTableSize || table[value] == kNotInTinyTable) {
      return position;
    }
    indices[position] = table[value];
  }
  return count;
}

}  // namespace pqflow::encoding
