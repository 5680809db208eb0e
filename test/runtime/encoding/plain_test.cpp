#include "encoding/plain.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace pqflow::encoding {
namespace {

using Bytes = std::vector<uint8_t>;

Bytes booleans(const Bytes& values) {
  Bytes target(max_plain_boolean_bytes(values.size()), 0xee);
  target.resize(encode_plain_boolean(target.data(), values.data(), values.size()));
  return target;
}

template <typename T>
Bytes fixed(std::initializer_list<T> values) {
  const std::vector<T> source(values);
  Bytes target(source.size() * sizeof(T));
  EXPECT_EQ(encode_plain_fixed(target.data(), reinterpret_cast<const uint8_t*>(source.data()), source.size(), sizeof(T)), target.size());
  return target;
}

TEST(PlainEncoding, packs_booleans_with_the_first_value_in_the_lowest_bit) {
  EXPECT_EQ(booleans({1, 0, 0, 0, 0, 0, 0, 0}), (Bytes{0x01}));
  EXPECT_EQ(booleans({0, 1, 0, 1, 1, 0, 1, 1}), (Bytes{0xda}));
  for (unsigned bit = 0; bit < 8; ++bit) {
    Bytes values(8);
    values[bit] = 1;
    EXPECT_EQ(booleans(values), (Bytes{static_cast<uint8_t>(1U << bit)})) << bit;
  }
}

TEST(PlainEncoding, fills_the_last_byte_of_booleans_with_zeros) {
  EXPECT_EQ(booleans({}), Bytes{});
  EXPECT_EQ(booleans({1}), (Bytes{0x01}));
  EXPECT_EQ(booleans({1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1}), (Bytes{0xff, 0x06}));
}

TEST(PlainEncoding, writes_fixed_width_values_little_endian) {
  EXPECT_EQ(fixed<int32_t>({1, -2}), (Bytes{1, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff}));
  EXPECT_EQ(fixed<int64_t>({0x0102030405060708}), (Bytes{8, 7, 6, 5, 4, 3, 2, 1}));
  EXPECT_EQ(fixed<float>({1.0F}), (Bytes{0, 0, 0x80, 0x3f}));
  EXPECT_EQ(fixed<double>({-2.0}), (Bytes{0, 0, 0, 0, 0, 0, 0, 0xc0}));
}

TEST(PlainEncoding, copies_INT96_and_fixed_length_byte_arrays_as_they_are) {
  Bytes source(24);
  for (size_t index = 0; index < source.size(); ++index) {
    source[index] = static_cast<uint8_t>(index);
  }
  Bytes target(24);
  EXPECT_EQ(encode_plain_fixed(target.data(), source.data(), 2, 12), 24U);
  EXPECT_EQ(target, source);
  EXPECT_EQ(encode_plain_fixed(target.data(), nullptr, 0, 12), 0U);
}

TEST(PlainEncoding, puts_a_four_byte_length_before_a_byte_array) {
  const Bytes value = {'a', 'b', 'c'};
  Bytes target(7);
  EXPECT_EQ(encode_plain_byte_array(target.data(), value.data(), 3), 7U);
  EXPECT_EQ(target, (Bytes{3, 0, 0, 0, 'a', 'b', 'c'}));
  EXPECT_EQ(encode_plain_byte_array(target.data(), nullptr, 0), 4U);
  EXPECT_EQ(Bytes(target.begin(), target.begin() + 4), (Bytes{0, 0, 0, 0}));
}

}  // namespace
}  // namespace pqflow::encoding
