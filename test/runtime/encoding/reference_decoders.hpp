// Decoders written from the specification, bit by bit and independent of the writer: slow, strict, and thrown at everything the encoders
// make.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace pqflow::encoding::reference {

using Bytes = std::vector<uint8_t>;

class Reader {
 public:
  explicit Reader(const Bytes& bytes) : bytes_(bytes) {}

  uint8_t byte() { return bytes_.at(position_++); }
  uint64_t varint() {
    uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const uint8_t part = byte();
      value |= static_cast<uint64_t>(part & 0x7f) << shift;
      if ((part & 0x80) == 0) {
        return value;
      }
    }
  }
  uint64_t zigzag() {
    const uint64_t value = varint();
    return (value >> 1) ^ (0 - (value & 1));
  }
  // Value number `index` of `bit_width` bits, least significant first, from here on.
  uint64_t packed(size_t index, unsigned bit_width) const {
    uint64_t value = 0;
    for (unsigned bit = 0; bit < bit_width; ++bit) {
      const size_t place = index * bit_width + bit;
      value |= static_cast<uint64_t>((bytes_.at(position_ + place / 8) >> (place % 8)) & 1) << bit;
    }
    return value;
  }
  void skip(size_t size_bytes) { position_ += size_bytes; }
  size_t position() const { return position_; }
  bool is_at_end() const { return position_ == bytes_.size(); }
  std::string text(size_t length_bytes) {
    std::string text;
    while (text.size() < length_bytes) {
      text.push_back(static_cast<char>(byte()));
    }
    return text;
  }

 private:
  const Bytes& bytes_;
  size_t position_ = 0;
};

// DELTA_BINARY_PACKED. Values come back modulo 2^type_bits; a miniblock wider than the type is a fault.
inline std::vector<uint64_t> decode_delta(Reader& reader, unsigned type_bits) {
  const uint64_t block_count = reader.varint();
  const uint64_t miniblock_count = reader.varint();
  const uint64_t total_count = reader.varint();
  EXPECT_EQ(block_count % 128, 0U);
  EXPECT_EQ(block_count / miniblock_count % 32, 0U);
  const uint64_t mask = type_bits == 64 ? ~uint64_t{0} : (uint64_t{1} << type_bits) - 1;
  std::vector<uint64_t> values;
  uint64_t value = reader.zigzag();
  if (total_count != 0) {
    values.push_back(value & mask);
  }
  while (values.size() < total_count) {
    const uint64_t min_delta = reader.zigzag();
    std::vector<unsigned> widths;
    for (uint64_t index = 0; index < miniblock_count; ++index) {
      widths.push_back(reader.byte());
      EXPECT_LE(widths.back(), type_bits);
    }
    const size_t miniblock_values = block_count / miniblock_count;
    for (const unsigned width : widths) {
      if (values.size() == total_count) {
        EXPECT_EQ(width, 0U) << "a miniblock without values";
        continue;
      }
      for (size_t index = 0; index < miniblock_values; ++index) {
        const uint64_t delta = reader.packed(index, width);
        if (values.size() < total_count) {
          value += min_delta + delta;
          values.push_back(value & mask);
        } else {
          EXPECT_EQ(delta, 0U) << "filling of the last miniblock";
        }
      }
      reader.skip(miniblock_values * width / 8);
    }
  }
  return values;
}

// Bit width byte, then the hybrid.
inline std::vector<uint32_t> decode_dictionary_indices(Reader& reader, size_t count) {
  const unsigned bit_width = reader.byte();
  std::vector<uint32_t> indices;
  while (indices.size() < count) {
    const uint64_t header = reader.varint();
    EXPECT_GE(header >> 1, 1U);
    if ((header & 1) == 0) {
      uint32_t value = 0;
      for (unsigned byte = 0; byte < (bit_width + 7) / 8; ++byte) {
        value |= static_cast<uint32_t>(reader.byte()) << (byte * 8);
      }
      indices.insert(indices.end(), header >> 1, value);
      continue;
    }
    const size_t packed_count = (header >> 1) * 8;
    for (size_t index = 0; index < packed_count; ++index) {
      indices.push_back(static_cast<uint32_t>(reader.packed(index, bit_width)));
    }
    reader.skip((header >> 1) * bit_width);
  }
  EXPECT_LT(indices.size() - count, 8U);
  for (size_t index = count; index < indices.size(); ++index) {
    EXPECT_EQ(indices[index], 0U) << "filling of the last group";
  }
  indices.resize(count);
  return indices;
}

inline std::vector<std::string> decode_delta_length(Reader& reader) {
  std::vector<std::string> values;
  for (const uint64_t length_bytes : decode_delta(reader, 32)) {
    values.push_back(reader.text(length_bytes));
  }
  return values;
}

inline std::vector<std::string> decode_delta_strings(Reader& reader) {
  const std::vector<uint64_t> prefixes = decode_delta(reader, 32);
  std::vector<std::string> values = decode_delta_length(reader);
  for (size_t index = 1; index < values.size(); ++index) {
    values[index].insert(0, values[index - 1].substr(0, prefixes.at(index)));
  }
  EXPECT_EQ(prefixes.size(), values.size());
  return values;
}

}  // namespace pqflow::encoding::reference
