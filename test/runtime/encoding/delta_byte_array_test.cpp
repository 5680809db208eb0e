#include "encoding/delta_byte_array.hpp"

#include <random>

#include "encoding/plain.hpp"
#include "reference_decoders.hpp"

namespace pqflow::encoding {
namespace {

using reference::Bytes;
using reference::Reader;
using Strings = std::vector<std::string>;

Bytes plain(const Strings& values) {
  Bytes bytes;
  for (const std::string& value : values) {
    const size_t start = bytes.size();
    bytes.resize(start + kByteArrayPrefixBytes + value.size());
    encode_plain_byte_array(bytes.data() + start, reinterpret_cast<const uint8_t*>(value.data()), static_cast<uint32_t>(value.size()));
  }
  return bytes;
}

Bytes delta_length(const Strings& values) {
  const Bytes source = plain(values);
  Bytes target(max_delta_length_byte_array_bytes(values.size(), source.size()));
  std::vector<uint32_t> lengths(values.size());
  target.resize(encode_delta_length_byte_array(target.data(), source.data(), values.size(), lengths.data()));
  return target;
}

Bytes delta_strings(const Strings& values) {
  const Bytes source = plain(values);
  Bytes target(max_delta_byte_array_bytes(values.size(), source.size()));
  std::vector<uint32_t> lengths(values.size() * 2);
  target.resize(encode_delta_byte_array(target.data(), source.data(), values.size(), lengths.data()));
  return target;
}

const Strings kAwkward = {
    "",     "",  "a",  "ab", "abc", "abcdefgh", "abcdefghi", "abcdefgXi", std::string(1000, 'x'), std::string(1000, 'x') + "y",
    "\0\0", "é", "éé", "b",  "",    "a"};

TEST(DeltaLengthByteArray, writes_all_lengths_before_all_bytes) {
  // Encodings.md, "Delta-length byte array": "Hello", "World", "Foobar", "ABCDEF" have the lengths 5, 5, 6, 6.
  const Bytes bytes = delta_length({"Hello", "World", "Foobar", "ABCDEF"});
  const std::string text(bytes.end() - 22, bytes.end());
  EXPECT_EQ(text, "HelloWorldFoobarABCDEF");
  Reader reader(bytes);
  EXPECT_EQ(reference::decode_delta(reader, 32), (std::vector<uint64_t>{5, 5, 6, 6}));
}

Bytes joined(std::initializer_list<Bytes> parts) {
  Bytes all;
  for (const Bytes& part : parts) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

Bytes bytes_of(const std::string& text) { return {text.begin(), text.end()}; }

TEST(DeltaLengthByteArray, are_the_bytes_that_the_specifications_example_comes_to) {
  // Encodings.md: lengths 5, 5, 6, 6 as DELTA_BINARY_PACKED: 4 values from 5 on, smallest difference 0, differences 0 1 0 in one bit.
  const Bytes lengths = {0x80, 0x01, 0x04, 0x04, 0x0a, 0x00, 1, 0, 0, 0, 0x02, 0, 0, 0};
  EXPECT_EQ(delta_length({"Hello", "World", "Foobar", "ABCDEF"}), joined({lengths, bytes_of("HelloWorldFoobarABCDEF")}));
}

TEST(DeltaLengthByteArray, brings_every_value_back) {
  for (size_t count = 0; count <= kAwkward.size(); ++count) {
    const Strings values(kAwkward.begin(), kAwkward.begin() + static_cast<std::ptrdiff_t>(count));
    const Bytes bytes = delta_length(values);
    Reader reader(bytes);
    EXPECT_EQ(reference::decode_delta_length(reader), values);
    EXPECT_TRUE(reader.is_at_end());
  }
}

TEST(DeltaByteArray, leaves_out_what_a_value_shares_with_the_one_before) {
  // Encodings.md, "Delta Strings": axis, axle, babble, babyhood: prefixes 0 2 0 3, suffixes axis le babble yhood.
  const Bytes bytes = delta_strings({"axis", "axle", "babble", "babyhood"});
  Reader reader(bytes);
  EXPECT_EQ(reference::decode_delta(reader, 32), (std::vector<uint64_t>{0, 2, 0, 3}));
  EXPECT_EQ(reference::decode_delta_length(reader), (Strings{"axis", "le", "babble", "yhood"}));
}

TEST(DeltaByteArray, are_the_bytes_that_the_specifications_example_comes_to) {
  // Encodings.md, "Delta Strings". Prefixes 0, 2, 0, 3: smallest difference -2, above it 4 0 5. Suffixes of 4, 2, 6, 5 bytes: smallest
  // difference -2, above it 0 6 1. Both in three bits.
  const Bytes prefixes = {0x80, 0x01, 0x04, 0x04, 0x00, 0x03, 3, 0, 0, 0, 0x44, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  const Bytes suffixes = {0x80, 0x01, 0x04, 0x04, 0x08, 0x03, 3, 0, 0, 0, 0x70, 0x00, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  EXPECT_EQ(delta_strings({"axis", "axle", "babble", "babyhood"}), joined({prefixes, suffixes, bytes_of("axislebabbleyhood")}));
}

TEST(DeltaByteArray, brings_every_value_back) {
  for (size_t count = 0; count <= kAwkward.size(); ++count) {
    const Strings values(kAwkward.begin(), kAwkward.begin() + static_cast<std::ptrdiff_t>(count));
    const Bytes bytes = delta_strings(values);
    Reader reader(bytes);
    EXPECT_EQ(reference::decode_delta_strings(reader), values);
    EXPECT_TRUE(reader.is_at_end());
  }
}

TEST(DeltaByteArray, finds_the_shared_prefix_of_every_length) {
  for (size_t shared = 0; shared <= 40; ++shared) {
    const Strings values = {std::string(shared, 's') + "abcdefghijklmnop", std::string(shared, 's') + "bcdefghijklmnopq"};
    const Bytes bytes = delta_strings(values);
    Reader reader(bytes);
    EXPECT_EQ(reference::decode_delta(reader, 32).at(1), shared);
  }
}

TEST(DeltaByteArray, takes_values_of_one_length_without_prefix_bytes) {
  std::mt19937 random(6);
  for (const size_t width : {1, 2, 5, 8, 12, 16, 33}) {
    Strings values;
    Bytes source;
    for (size_t index = 0; index < 300; ++index) {
      std::string value(width, static_cast<char>(random() % 3));
      value.back() = static_cast<char>(random());
      values.push_back(value);
      source.insert(source.end(), value.begin(), value.end());
    }
    Bytes target(max_delta_byte_array_bytes(values.size(), source.size()));
    std::vector<uint32_t> lengths(values.size() * 2);
    target.resize(encode_delta_fixed_byte_array(target.data(), source.data(), values.size(), width, lengths.data()));
    Reader reader(target);
    EXPECT_EQ(reference::decode_delta_strings(reader), values);
  }
}

}  // namespace
}  // namespace pqflow::encoding
