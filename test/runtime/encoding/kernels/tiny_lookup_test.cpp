#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <vector>

#include "encoding/kernels/kernels.hpp"

namespace pqflow::encoding {
namespace {

TinyTable table_of(const std::vector<uint32_t>& known) {
  TinyTable table;
  table.fill(kNotInTinyTable);
  for (const uint32_t value : known) {
    table[value] = 1000 + value * 7;
  }
  return table;
}

struct Found {
  size_t count;
  std::vector<uint32_t> indices;
};

// From an address of any alignment, with nothing readable beyond the last value and nothing writable beyond the last index.
Found look_up(const Kernels& kernels, const std::vector<uint32_t>& values, const TinyTable& table, size_t misalignment_bytes) {
  std::vector<uint8_t> bytes(misalignment_bytes + values.size() * sizeof(uint32_t));
  if (!values.empty()) {
    std::memcpy(bytes.data() + misalignment_bytes, values.data(), values.size() * sizeof(uint32_t));
  }
  Found found = {0, std::vector<uint32_t>(values.size())};
  found.count = kernels.look_up_tiny(bytes.data() + misalignment_bytes, values.size(), table, found.indices.data());
  return found;
}

void expect_indices(const Found& found, const std::vector<uint32_t>& values, const TinyTable& table) {
  for (size_t position = 0; position < found.count; ++position) {
    ASSERT_EQ(found.indices[position], table[values[position]]) << position;
  }
}

TEST(TinyLookupKernels, find_every_value_at_every_count) {
  std::vector<uint32_t> all(kTinyTableSize);
  for (uint32_t value = 0; value < kTinyTableSize; ++value) {
    all[value] = value;
  }
  const TinyTable table = table_of(all);
  std::mt19937 random(1);
  for (const Kernels* const kernels : supported_kernels()) {
    for (size_t count = 0; count < 70; ++count) {
      std::vector<uint32_t> values(count);
      for (uint32_t& value : values) {
        value = random() % kTinyTableSize;
      }
      const Found found = look_up(*kernels, values, table, count % 4);
      ASSERT_EQ(found.count, count) << kernels->instruction_set;
      expect_indices(found, values, table);
    }
  }
}

TEST(TinyLookupKernels, stop_at_the_first_value_that_is_not_in_the_table) {
  const TinyTable table = table_of({0, 3, 8, 15, 16, 31});
  const uint32_t known[] = {0, 3, 8, 15, 16, 31};
  std::mt19937 random(2);
  for (const Kernels* const kernels : supported_kernels()) {
    for (const uint32_t stranger : {1U, 30U, 32U, 33U, 40U, 48U, 0x80000000U, 0x80000003U, 0xffffffffU}) {
      for (size_t place = 0; place < 40; ++place) {
        std::vector<uint32_t> values(50);
        for (uint32_t& value : values) {
          value = known[random() % 6];
        }
        values[place] = stranger;
        const Found found = look_up(*kernels, values, table, place % 4);
        ASSERT_EQ(found.count, place) << kernels->instruction_set << ", " << stranger;
        expect_indices(found, values, table);
      }
    }
  }
}

}  // namespace
}  // namespace pqflow::encoding
