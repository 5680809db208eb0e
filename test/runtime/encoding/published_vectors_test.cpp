// Values that others published with their encoded form: ours is the same, byte by byte.
#include "published_vectors.hpp"

#include <gtest/gtest.h>

#include "encoding/delta_binary_packed.hpp"
#include "encoding/delta_byte_array.hpp"
#include "encoding/plain.hpp"

namespace pqflow::encoding {
namespace {

using Bytes = std::vector<uint8_t>;

template <typename Value>
Bytes encoded(const std::vector<Value>& values) {
  Bytes target(max_delta_binary_packed_bytes(values.size(), sizeof(Value)));
  const auto* const plain = reinterpret_cast<const uint8_t*>(values.data());
  target.resize(sizeof(Value) == 4 ? encode_delta_int32(target.data(), plain, values.size())
                                   : encode_delta_int64(target.data(), plain, values.size()));
  return target;
}

Bytes encoded(const std::vector<std::string>& texts) {
  constexpr size_t kReadBeyondBytes = 64;
  Bytes plain;
  for (const std::string& text : texts) {
    const auto length_bytes = static_cast<uint32_t>(text.size());
    const auto* const prefix = reinterpret_cast<const uint8_t*>(&length_bytes);
    plain.insert(plain.end(), prefix, prefix + kByteArrayPrefixBytes);
    plain.insert(plain.end(), text.begin(), text.end());
  }
  Bytes target(max_delta_byte_array_bytes(texts.size(), plain.size()) + kReadBeyondBytes);
  plain.resize(plain.size() + kReadBeyondBytes);
  std::vector<uint32_t> lengths(2 * texts.size());
  target.resize(encode_delta_byte_array(target.data(), plain.data(), texts.size(), lengths.data()));
  return target;
}

TEST(PublishedVectors, of_DELTA_BINARY_PACKED_with_32_bits) {
  EXPECT_EQ(encoded(published::kHouseholdsValues), published::kHouseholdsPage);
}

TEST(PublishedVectors, of_DELTA_BINARY_PACKED_with_64_bits) {
  EXPECT_EQ(encoded(published::kDemographicsValues), published::kDemographicsPage);
}

TEST(PublishedVectors, of_DELTA_BYTE_ARRAY) { EXPECT_EQ(encoded(published::kFirstNamesValues), published::kFirstNamesPage); }

}  // namespace
}  // namespace pqflow::encoding
