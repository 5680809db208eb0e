#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "encoding/kernels/kernels.hpp"

namespace pqflow::encoding {
namespace {

// The definition, bit by bit.
uint32_t expected_crc(uint32_t crc, const uint8_t* bytes, size_t size_bytes) {
  crc = ~crc;
  for (size_t index = 0; index < size_bytes; ++index) {
    crc ^= bytes[index];
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320U : 0);
    }
  }
  return ~crc;
}

std::vector<uint8_t> random_bytes(std::mt19937& random, size_t size_bytes) {
  std::vector<uint8_t> bytes(size_bytes);
  for (uint8_t& byte : bytes) {
    byte = static_cast<uint8_t>(random());
  }
  return bytes;
}

TEST(Crc32Kernels, of_every_instruction_set_agree_on_every_length_and_alignment) {
  std::mt19937 random(1);
  for (const Kernels* kernels : supported_kernels()) {
    for (size_t size_bytes = 0; size_bytes <= 1'200; ++size_bytes) {
      const size_t misalignment_bytes = random() % 65;
      const auto bytes = random_bytes(random, misalignment_bytes + size_bytes);
      const auto start = static_cast<uint32_t>(random());
      ASSERT_EQ(kernels->crc32(start, bytes.data() + misalignment_bytes, size_bytes),
                expected_crc(start, bytes.data() + misalignment_bytes, size_bytes))
          << kernels->instruction_set << " " << size_bytes;
    }
  }
}

TEST(Crc32Kernels, agree_on_pages) {
  std::mt19937 random(2);
  for (int round = 0; round < 10; ++round) {
    const auto bytes = random_bytes(random, 60'000 + random() % 10'000);
    const uint32_t expected = expected_crc(0, bytes.data(), bytes.size());
    for (const Kernels* kernels : supported_kernels()) {
      EXPECT_EQ(kernels->crc32(0, bytes.data(), bytes.size()), expected) << kernels->instruction_set;
    }
  }
}

TEST(Crc32Kernels, see_every_single_bit) {
  std::vector<uint8_t> bytes(700);
  for (const Kernels* kernels : supported_kernels()) {
    for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
      bytes[bit / 8] = static_cast<uint8_t>(1U << bit % 8);
      ASSERT_EQ(kernels->crc32(0, bytes.data(), bytes.size()), expected_crc(0, bytes.data(), bytes.size()))
          << kernels->instruction_set << " bit " << bit;
      bytes[bit / 8] = 0;
    }
  }
}

}  // namespace
}  // namespace pqflow::encoding
