#include "columns/unpack.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "columns/presence.hpp"
#include "columns/staging.hpp"
#include "columns/test_schema.hpp"

namespace pqflow::columns {
namespace {

using namespace test;

TEST(Unpack, takes_values_of_every_width_from_any_number_of_records) {
  const std::string four("\1\2\3\4");
  TestSchema test_schema({make_field("a", PQFLOW_STORAGE_INT8), make_field("b", PQFLOW_STORAGE_INT16),
                          constant_field("k", PQFLOW_PHYSICAL_INT32, four), make_field("c", PQFLOW_STORAGE_INT32),
                          make_field("d", PQFLOW_STORAGE_INT64), make_field("e", PQFLOW_STORAGE_FIXED_BYTES, 16),
                          make_field("f", PQFLOW_STORAGE_FIXED_BYTES, 11), make_field("g", PQFLOW_STORAGE_FLOAT16), interval_field("h")});
  const RecordSchema schema = test_schema.build();
  std::mt19937 random(3);
  for (const size_t count : {1U, 63U, 64U, 65U, 200U}) {
    TestRecords records(schema, count);
    for (size_t index = 0; index < count * schema.slot_size_bytes; ++index) {
      records.at(0)[index] = static_cast<uint8_t>(random());
    }
    Staging staging(schema, count);
    Unpacker(schema).unpack(records.data(), count, staging.columns());
    for (size_t field = 0; field < schema.fields.size(); ++field) {
      const uint32_t width_bytes = schema.fields[field].width_bytes;
      EXPECT_EQ(staging.columns()[field].values == nullptr, width_bytes == 0);
      for (size_t row = 0; row < count && width_bytes != 0; ++row) {
        ASSERT_EQ(std::memcmp(staging.columns()[field].values + row * width_bytes, records.at(row) + schema.fields[field].offset_bytes,
                              width_bytes),
                  0);
      }
    }
  }
}

// Leaves of 4 and 8 bytes in any order and number: in windows of their own, with neighbours, at the record's very end.
TEST(Unpack, takes_values_of_neighbours_together_and_no_other_bytes) {
  std::mt19937 random(11);
  for (unsigned round = 0; round < 200; ++round) {
    std::vector<pqflow_field> fields;
    std::vector<std::string> names;
    const size_t field_count = 1 + random() % 9;
    names.reserve(field_count);
    for (size_t index = 0; index < field_count; ++index) {
      constexpr uint8_t kStorages[] = {PQFLOW_STORAGE_INT32, PQFLOW_STORAGE_INT64, PQFLOW_STORAGE_INT32, PQFLOW_STORAGE_INT64,
                                       PQFLOW_STORAGE_INT8};
      names.push_back("f" + std::to_string(index));
      fields.push_back(make_field(names.back().c_str(), kStorages[random() % std::size(kStorages)]));
    }
    TestSchema test_schema(fields);
    const RecordSchema schema = test_schema.build();
    const size_t count = 1 + random() % 150;
    TestRecords records(schema, count);
    for (size_t index = 0; index < count * schema.slot_size_bytes; ++index) {
      records.at(0)[index] = static_cast<uint8_t>(random());
    }
    Staging staging(schema, count);
    Unpacker(schema).unpack(records.data(), count, staging.columns());
    for (size_t field = 0; field < field_count; ++field) {
      const uint32_t width_bytes = schema.fields[field].width_bytes;
      for (size_t row = 0; row < count; ++row) {
        ASSERT_EQ(std::memcmp(staging.columns()[field].values + row * width_bytes, records.at(row) + schema.fields[field].offset_bytes,
                              width_bytes),
                  0)
            << "round " << round << ", field " << field << ", row " << row;
      }
    }
  }
}

using Offsets = std::vector<uint32_t>;

// Where windows begin: the bytes behind the record belong to the commit word, which another thread stores to.
Offsets window_offsets(const std::vector<UnpackedLeaf>& leaves, uint32_t record_size_bytes) {
  std::vector<bool> moved;
  Offsets offsets;
  for (const UnpackMove& move : plan_unpack_moves(leaves, record_size_bytes, moved)) {
    offsets.push_back(move.offset_bytes);
  }
  return offsets;
}

TEST(UnpackMoves, stay_within_the_record) {
  EXPECT_EQ(window_offsets({{0, 16, 4}, {1, 20, 4}}, 24), (Offsets{8})) << "shifted back";
  EXPECT_EQ(window_offsets({{0, 16, 4}, {1, 20, 4}}, 32), (Offsets{16}));
  EXPECT_EQ(window_offsets({{0, 0, 4}, {1, 4, 4}}, 12), Offsets{}) << "no room for a window";
  EXPECT_EQ(window_offsets({{0, 0, 8}, {1, 8, 8}, {2, 16, 8}}, 24), (Offsets{0, 16}));
}

TEST(UnpackMoves, take_a_lone_leaf_of_4_bytes_by_itself) { EXPECT_EQ(window_offsets({{0, 0, 4}, {1, 40, 4}}, 64), Offsets{}); }

TEST(Unpack, reads_null_bits_of_either_polarity) {
  TestSchema test_schema({optional_field(make_field("a", PQFLOW_STORAGE_INT8), PQFLOW_NULL_BIT),
                          optional_field(make_field("b", PQFLOW_STORAGE_INT8), PQFLOW_NULL_BIT)});
  test_schema.fields()[1].null_bit_when_present = 0;
  const RecordSchema schema = test_schema.build();
  TestRecords records(schema, 3);
  records.set_present(0, 0, true);
  records.set_present(0, 1, false);
  records.set_present(1, 0, false);
  records.set_present(1, 1, true);
  Staging staging(schema, 3);
  Unpacker(schema).unpack(records.data(), 3, staging.columns());
  const uint8_t* a = staging.columns()[0].valid;
  const uint8_t* b = staging.columns()[1].valid;
  EXPECT_EQ(std::vector<uint8_t>(a, a + 3), (std::vector<uint8_t>{1, 0, 0}));
  EXPECT_EQ(std::vector<uint8_t>(b, b + 3), (std::vector<uint8_t>{0, 1, 1}));
}

TEST(Unpack, calls_the_generated_kernel_where_there_is_one) {
  TestSchema test_schema({make_field("a", PQFLOW_STORAGE_INT8)});
  test_schema.descriptor().unpack = [](const uint8_t*, size_t count, const pqflow_staging_column* columns) {
    std::memset(columns[0].values, 42, count);
  };
  const RecordSchema schema = test_schema.build();
  TestRecords records(schema, 2);
  Staging staging(schema, 2);
  Unpacker(schema).unpack(records.data(), 2, staging.columns());
  EXPECT_EQ(staging.columns()[0].values[1], 42);
}

TEST(Staging, aligns_every_column_to_a_cache_line) {
  TestSchema test_schema({make_field("a", PQFLOW_STORAGE_INT8), optional_field(make_field("b", PQFLOW_STORAGE_INT16), PQFLOW_NULL_BIT),
                          make_field("c", PQFLOW_STORAGE_INT64)});
  const RecordSchema schema = test_schema.build();
  Staging staging(schema, 100);
  for (size_t index = 0; index < 3; ++index) {
    EXPECT_EQ(reinterpret_cast<uintptr_t>(staging.columns()[index].values) % 64, 0U);
    EXPECT_EQ(staging.columns()[index].valid != nullptr, index == 1);
  }
  EXPECT_GE(staging.memory_bytes(), 100U * (1 + 2 + 1 + 8));
}

TEST(Staging, has_thousands_of_rows_for_ordinary_records_and_few_for_huge_ones) {
  TestSchema ordinary({make_field("a", PQFLOW_STORAGE_INT64), make_field("b", PQFLOW_STORAGE_FIXED_BYTES, 48)});
  EXPECT_EQ(staging_rows(ordinary.build()), 2048U);
  TestSchema huge({make_field("a", PQFLOW_STORAGE_FIXED_BYTES, 1 << 20)});
  EXPECT_EQ(staging_rows(huge.build()), 1U);
}

template <typename T>
std::vector<uint8_t> present_of(const pqflow_field& field, const std::vector<T>& values) {
  std::vector<uint8_t> present(values.size());
  const size_t count = find_present(field, reinterpret_cast<const uint8_t*>(values.data()), nullptr, values.size(), present.data());
  EXPECT_EQ(count, count_present(present.data(), present.size()));
  return present;
}

using Present = std::vector<uint8_t>;

TEST(Presence, finds_sentinels_of_every_width) {
  EXPECT_EQ(present_of<uint8_t>(optional_field(make_field("f", PQFLOW_STORAGE_UINT8), PQFLOW_NULL_SENTINEL, 0xff), {0xff, 0xfe}),
            (Present{0, 1}));
  EXPECT_EQ(present_of<int16_t>(optional_field(make_field("f", PQFLOW_STORAGE_INT16), PQFLOW_NULL_SENTINEL, 0x8000), {INT16_MIN, 0}),
            (Present{0, 1}));
  EXPECT_EQ(present_of<int32_t>(optional_field(make_field("f", PQFLOW_STORAGE_INT32), PQFLOW_NULL_SENTINEL, 0xffffffff), {-1, 1}),
            (Present{0, 1}));
  EXPECT_EQ(present_of<int64_t>(optional_field(make_field("f", PQFLOW_STORAGE_INT64), PQFLOW_NULL_SENTINEL, 1), {1, int64_t{1} << 32 | 1}),
            (Present{0, 1}));
  EXPECT_EQ(present_of<double>(optional_field(make_field("f", PQFLOW_STORAGE_DOUBLE), PQFLOW_NULL_SENTINEL, 0), {0.0, -0.0}),
            (Present{0, 1}))
      << "bits decide";
}

TEST(Presence, finds_NaNs_of_either_sign_and_any_payload) {
  EXPECT_EQ(present_of<uint32_t>(optional_field(make_field("f", PQFLOW_STORAGE_FLOAT), PQFLOW_NULL_NAN),
                                 {0x7fc00000, 0xff800001, 0x7f800000, 0xff800000, 0}),
            (Present{0, 0, 1, 1, 1}));
  EXPECT_EQ(present_of<uint64_t>(optional_field(make_field("f", PQFLOW_STORAGE_DOUBLE), PQFLOW_NULL_NAN),
                                 {0xfff0000000000001, 0xfff0000000000000, 1}),
            (Present{0, 1, 1}));
}

TEST(Presence, moves_present_values_of_every_width_to_the_front) {
  for (size_t width_bytes = 1; width_bytes <= 20; ++width_bytes) {
    const Present present = {0, 1, 1, 0, 1, 0};
    std::vector<uint8_t> values;
    for (uint8_t row = 0; row < 6; ++row) {
      values.insert(values.end(), width_bytes, row);
    }
    std::vector<uint8_t> target(values.size());
    compact(target.data(), values.data(), present.data(), 6, width_bytes);
    std::vector<uint8_t> expected;
    for (const uint8_t row : {1, 2, 4}) {
      expected.insert(expected.end(), width_bytes, row);
    }
    target.resize(expected.size());
    EXPECT_EQ(target, expected) << width_bytes;
  }
}

}  // namespace
}  // namespace pqflow::columns
