#include "encoding/byte_stream_split.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace pqflow::encoding {
namespace {

using Bytes = std::vector<uint8_t>;

Bytes split(const Bytes& values, size_t width_bytes) {
  Bytes target(values.size() + 1, 0xee);
  EXPECT_EQ(encode_byte_stream_split(target.data(), values.data(), values.size() / width_bytes, width_bytes), values.size());
  EXPECT_EQ(target.back(), 0xee) << "wrote beyond its bytes";
  target.pop_back();
  return target;
}

TEST(ByteStreamSplit, writes_the_specifications_example) {
  // Encodings.md, "Byte Stream Split": AA BB CC DD, 00 11 22 33, A3 B4 C5 D6.
  EXPECT_EQ(split({0xaa, 0xbb, 0xcc, 0xdd, 0x00, 0x11, 0x22, 0x33, 0xa3, 0xb4, 0xc5, 0xd6}, 4),
            (Bytes{0xaa, 0x00, 0xa3, 0xbb, 0x11, 0xb4, 0xcc, 0x22, 0xc5, 0xdd, 0x33, 0xd6}));
}

TEST(ByteStreamSplit, puts_byte_k_of_every_value_into_stream_k) {
  std::mt19937 random(7);
  for (const size_t width_bytes : {1, 2, 3, 4, 5, 8, 12, 16}) {
    for (const size_t count : {0, 1, 7, 8, 9, 16, 100, 1001}) {
      Bytes values(count * width_bytes);
      for (uint8_t& byte : values) {
        byte = static_cast<uint8_t>(random());
      }
      const Bytes streams = split(values, width_bytes);
      for (size_t index = 0; index < count; ++index) {
        for (size_t byte = 0; byte < width_bytes; ++byte) {
          ASSERT_EQ(streams[byte * count + index], values[index * width_bytes + byte]) << "width " << width_bytes << ", count " << count;
        }
      }
    }
  }
}

}  // namespace
}  // namespace pqflow::encoding
