#include "recover/thrift_cursor.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "parquet/thrift_writer.hpp"

namespace pqflow::recover {
namespace {

std::vector<uint8_t> sample() {
  std::vector<uint8_t> bytes;
  parquet::ThriftWriter thrift(bytes);
  thrift.begin_struct();
  thrift.field_bool(1, true);
  thrift.field_i32(2, -7);
  thrift.field_list(3, parquet::ThriftType::kTrue, 2);
  thrift.element_bool(true);
  thrift.element_bool(false);
  thrift.field_struct(4);
  thrift.field_string(1, "inner");
  thrift.end_struct();
  thrift.field_i64(40, 1'000'000'000'000);
  thrift.end_struct();
  return bytes;
}

TEST(ThriftCursor, gives_the_fields_that_are_asked_for_and_skips_the_others) {
  const std::vector<uint8_t> bytes = sample();
  ThriftCursor cursor(bytes);
  int64_t second = 0;
  int64_t last = 0;
  EXPECT_TRUE(cursor.fields([&](int16_t id, ThriftKind kind) {
    second = id == 2 ? cursor.integer(kind) : second;
    last = id == 40 ? cursor.integer(kind) : last;
  }));
  EXPECT_EQ(second, -7);
  EXPECT_EQ(last, 1'000'000'000'000);
  EXPECT_EQ(cursor.position(), bytes.size());
}

TEST(ThriftCursor, ends_with_damage_wherever_the_bytes_are_cut) {
  const std::vector<uint8_t> bytes = sample();
  for (size_t size_bytes = 0; size_bytes < bytes.size(); ++size_bytes) {
    ThriftCursor cursor(Bytes(bytes).first(size_bytes));
    EXPECT_FALSE(cursor.fields([](int16_t, ThriftKind) {})) << size_bytes;
    EXPECT_TRUE(cursor.has_failed());
  }
}

TEST(ThriftCursor, refuses_a_value_of_another_kind) {
  const std::vector<uint8_t> bytes = sample();
  ThriftCursor cursor(bytes);
  EXPECT_FALSE(cursor.fields([&](int16_t id, ThriftKind kind) {
    if (id == 2) {
      cursor.binary(kind);
    }
  }));
}

TEST(ThriftCursor, refuses_lists_longer_than_the_bytes_and_nesting_without_end) {
  const std::vector<uint8_t> long_list = {0x19, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x00};
  EXPECT_FALSE(ThriftCursor(long_list).fields([](int16_t, ThriftKind) {}));
  const std::vector<uint8_t> endless_map = {0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0x11, 0x00};
  EXPECT_FALSE(ThriftCursor(endless_map).fields([](int16_t, ThriftKind) {}));
  const std::vector<uint8_t> deep(100'000, 0x1c);
  EXPECT_FALSE(ThriftCursor(deep).fields([](int16_t, ThriftKind) {}));
}

TEST(ThriftCursor, ends_whatever_the_bytes_are) {
  std::mt19937 random(1);
  for (int round = 0; round < 20'000; ++round) {
    std::vector<uint8_t> bytes(1 + random() % 64);
    for (uint8_t& byte : bytes) {
      byte = static_cast<uint8_t>(random());
    }
    ThriftCursor cursor(bytes);
    const bool is_whole = cursor.fields([](int16_t, ThriftKind) {});
    EXPECT_EQ(is_whole, !cursor.has_failed());
    EXPECT_LE(cursor.position(), bytes.size());
  }
}

}  // namespace
}  // namespace pqflow::recover
