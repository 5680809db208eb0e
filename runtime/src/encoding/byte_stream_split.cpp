#include "encoding/byte_stream_split.hpp"

#include "encoding/kernels/transpose.hpp"

namespace pqflow::encoding {
namespace {

// Streams begin `count` bytes apart. The values from `first` on; any width.
void split_scalar(uint8_t* target, const uint8_t* values, size_t first, size_t count, size_t width_bytes) noexcept {
  for (size_t index = first; index < count; ++index) {
    for (size_t byte = 0; byte < width_bytes; ++byte) {
      target[byte * count + index] = values[index * width_bytes + byte];
    }
  }
}

// Eight values at a time; returns how many were split.
size_t split_words(uint8_t* target, const uint8_t* values, size_t count, size_t width_bytes) noexcept {
  const auto transpose = width_bytes == 8 ? transpose_8x8 : transpose_8x4;
  size_t index = 0;
  for (; index + kTransposedCount <= count; index += kTransposedCount) {
    transpose(target + index, count, values + index * width_bytes);
  }
  return index;
}

}  // namespace

size_t encode_byte_stream_split(uint8_t* target, const uint8_t* values, size_t count, size_t width_bytes) noexcept {
  const bool is_word = width_bytes == 4 || width_bytes == 8;
  const size_t done = is_word ? split_words(target, values, count, width_bytes) : 0;
  split_scalar(target, values, done, count, width_bytes);
  return count * width_bytes;
}

}  // namespace pqflow::encoding
