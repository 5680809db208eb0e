// Hand-written structs: a permuted one is written rightly or refused, never wrongly.
#include <gtest/gtest.h>
#include <pqflow/register.h>

#include <array>
#include <cstring>
#include <iterator>
#include <string>

#include "api/api_bench.hpp"

namespace pqflow::api_test {
namespace {

enum class Side : int8_t { kBid, kAsk };
enum Plain { kPlainBid, kPlainAsk };

struct Counted {
  uint8_t length_bytes;
  char data[7];
};

struct EveryKind {
  int64_t i64;
  uint32_t u32;
  bool flag;
  const int16_t i16;
  float f32;
  double f64;
  char text[8];
  uint8_t uuid[16];
  Counted counted;
  std::array<char, 4> array;
  char character;
  Side side;
  Plain plain;
  char* pointer;
  const char* pointers[2];
  long double wide;
  std::string string;
};

TEST(PqflowField, knows_kind_offset_and_size_of_every_member) {
  const pqflow_member member = PQFLOW_FIELD(EveryKind, u32);
  EXPECT_STREQ(member.name, "u32");
  EXPECT_EQ(member.offset_bytes, 8U);
  EXPECT_EQ(member.size_bytes, 4U);
  EXPECT_EQ(member.kind, PQFLOW_MEMBER_UNSIGNED);
  const std::pair<int, int> kinds[] = {
      {PQFLOW_MEMBER_KIND(EveryKind, i64), PQFLOW_MEMBER_SIGNED},
      {PQFLOW_MEMBER_KIND(EveryKind, flag), PQFLOW_MEMBER_UNSIGNED},
      {PQFLOW_MEMBER_KIND(EveryKind, i16), PQFLOW_MEMBER_SIGNED},
      {PQFLOW_MEMBER_KIND(EveryKind, f32), PQFLOW_MEMBER_FLOATING},
      {PQFLOW_MEMBER_KIND(EveryKind, f64), PQFLOW_MEMBER_FLOATING},
      {PQFLOW_MEMBER_KIND(EveryKind, text), PQFLOW_MEMBER_BYTES},
      {PQFLOW_MEMBER_KIND(EveryKind, uuid), PQFLOW_MEMBER_BYTES},
      {PQFLOW_MEMBER_KIND(EveryKind, counted), PQFLOW_MEMBER_STRUCT},
      {PQFLOW_MEMBER_KIND(EveryKind, array), PQFLOW_MEMBER_STRUCT},
      {PQFLOW_MEMBER_KIND(EveryKind, character), PQFLOW_MEMBER_CHARACTER},
      {PQFLOW_MEMBER_KIND(EveryKind, side), PQFLOW_MEMBER_SIGNED},
      {PQFLOW_MEMBER_KIND(EveryKind, plain), PQFLOW_MEMBER_UNSIGNED},
      {PQFLOW_MEMBER_KIND(EveryKind, pointer), PQFLOW_MEMBER_UNSUPPORTED},
      {PQFLOW_MEMBER_KIND(EveryKind, wide), PQFLOW_MEMBER_UNSUPPORTED},
      {PQFLOW_MEMBER_KIND(EveryKind, string), PQFLOW_MEMBER_UNSUPPORTED},
      {PQFLOW_MEMBER_KIND(EveryKind, pointers), PQFLOW_MEMBER_UNSUPPORTED},
  };
  for (const auto& [kind, expected] : kinds) {
    EXPECT_EQ(kind, expected) << (&kind - &kinds[0].first) / 2;
  }
}

struct Nested {
  struct Header {
    uint64_t time;
    const int16_t code;
  } header;
  float axes[3];
  struct Level {
    uint8_t side;
    int32_t size;
  } levels[2];
  const uint8_t raw[2][4];
};

TEST(PqflowFieldNamed, reaches_into_structs_and_arrays) {
  const pqflow_member members[] = {
      PQFLOW_FIELD_NAMED(Nested, header.time, "time"), PQFLOW_FIELD_NAMED(Nested, header.code, "code"),
      PQFLOW_FIELD_NAMED(Nested, axes[2], "z"),        PQFLOW_FIELD_NAMED(Nested, levels[1].size, "second_size"),
      PQFLOW_FIELD_NAMED(Nested, raw[1], "raw"),       PQFLOW_FIELD_NAMED(Nested, levels[1], "second_level"),
  };
  const struct {
    const char* name;
    size_t offset_bytes;
    size_t size_bytes;
    pqflow_member_kind kind;
  } expected[] = {
      {"time", 0, 8, PQFLOW_MEMBER_UNSIGNED},       {"code", 8, 2, PQFLOW_MEMBER_SIGNED}, {"z", 24, 4, PQFLOW_MEMBER_FLOATING},
      {"second_size", 40, 4, PQFLOW_MEMBER_SIGNED}, {"raw", 48, 4, PQFLOW_MEMBER_BYTES},  {"second_level", 36, 8, PQFLOW_MEMBER_STRUCT},
  };
  for (size_t index = 0; index < std::size(members); ++index) {
    EXPECT_STREQ(members[index].name, expected[index].name);
    EXPECT_EQ(members[index].offset_bytes, expected[index].offset_bytes) << expected[index].name;
    EXPECT_EQ(members[index].size_bytes, expected[index].size_bytes) << expected[index].name;
    EXPECT_EQ(members[index].kind, expected[index].kind) << expected[index].name;
  }
}

struct WithReference {
  int64_t& price;
};

TEST(PqflowField, does_not_take_a_reference_for_the_value_it_refers_to) {
  EXPECT_EQ(PQFLOW_MEMBER_KIND(WithReference, price), PQFLOW_MEMBER_UNSUPPORTED);
}

TEST(PqflowFieldAsSigned, takes_unsigned_members_alone) {
  const pqflow_member time = PQFLOW_FIELD_AS_SIGNED(Nested, header.time, "time");
  EXPECT_EQ(time.kind, PQFLOW_MEMBER_SIGNED);
  const pqflow_member floating = PQFLOW_FIELD_AS_SIGNED(Nested, axes[0], "x");
  EXPECT_EQ(floating.kind, PQFLOW_MEMBER_UNSUPPORTED);
  const pqflow_member already_signed = PQFLOW_FIELD_AS_SIGNED(Nested, header.code, "code");
  EXPECT_EQ(already_signed.kind, PQFLOW_MEMBER_UNSUPPORTED);
}

struct Permuted {
  char symbol[8];
  int32_t own;
  double price;
  int64_t sequence;
};

const pqflow_member kPermuted[] = {PQFLOW_FIELD(Permuted, own), PQFLOW_FIELD(Permuted, sequence), PQFLOW_FIELD(Permuted, symbol),
                                   PQFLOW_FIELD(Permuted, price)};

TEST(RegisteredStruct, with_permuted_members_is_written_rightly) {
  ApiBench bench;
  const pqflow_record_layout layout = PQFLOW_RECORD_LAYOUT(Permuted, kPermuted);
  bench.request.registered = &layout;
  bench.request.record_size_bytes = sizeof(Permuted);
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK) << bench.message();
  for (int64_t sequence = 0; sequence < 150; ++sequence) {
    Permuted record{{}, -1, static_cast<double>(sequence) * 0.25, sequence};
    std::memcpy(record.symbol, "AAPL    ", 8);
    ASSERT_EQ(pqflow_sink_log(bench.sink, &record, sizeof record), PQFLOW_STATUS_OK);
  }
  ASSERT_EQ(pqflow_sink_close(bench.sink, &bench.error), PQFLOW_STATUS_OK) << bench.message();
  const std::string file = bench.folder.path("t-000000.parquet");
  const auto sequences = sink::test::read_column(file, 0);
  const auto prices = sink::test::read_column(file, 1);
  ASSERT_EQ(sequences.size(), 150U);
  ASSERT_EQ(prices.size(), 150U);
  for (size_t row = 0; row < 150; ++row) {
    double price = 0;
    std::memcpy(&price, &prices[row], sizeof price);
    EXPECT_EQ(sequences[row], row);
    EXPECT_EQ(price, static_cast<double>(row) * 0.25);
  }
}

// The generated record's size, another meaning of the bytes: nothing but the registration can tell.
struct Swapped {
  double sequence;
  int64_t price;
  char symbol[8];
};
struct Pointing {
  int64_t sequence;
  double price;
  const char* symbol;
};
struct Unsigned {
  uint64_t sequence;
  double price;
  char symbol[8];
};
struct Narrow {
  int32_t sequence;
  double price;
  char symbol[8];
};
struct Lacking {
  int64_t sequence;
  double price;
  char ticker[8];
};

template <typename Record>
pqflow_status open_registered(ApiBench& bench, const pqflow_record_layout& layout) {
  bench.request.registered = &layout;
  bench.request.record_size_bytes = sizeof(Record);
  return bench.open();
}

#define EXPECT_REFUSED(type, third_member, message_part)                                                                         \
  do {                                                                                                                           \
    ApiBench bench;                                                                                                              \
    const pqflow_member members[] = {PQFLOW_FIELD(type, sequence), PQFLOW_FIELD(type, price), PQFLOW_FIELD(type, third_member)}; \
    const pqflow_record_layout layout = PQFLOW_RECORD_LAYOUT(type, members);                                                     \
    EXPECT_EQ(open_registered<type>(bench, layout), PQFLOW_STATUS_LAYOUT_MISMATCH);                                              \
    EXPECT_NE(bench.message().find(message_part), std::string::npos) << bench.message();                                         \
    EXPECT_TRUE(bench.folder.names().empty());                                                                                   \
  } while (false)

TEST(RegisteredStruct, whose_members_are_not_what_the_schema_says_is_refused) {
  EXPECT_REFUSED(Swapped, symbol, "sequence");
  EXPECT_REFUSED(Pointing, symbol, "symbol");
  EXPECT_REFUSED(Unsigned, symbol, "sequence");
  EXPECT_REFUSED(Narrow, symbol, "sequence");
  EXPECT_REFUSED(Lacking, ticker, "symbol");
}

TEST(RegisteredStruct, of_another_size_than_the_caller_logs_is_refused) {
  ApiBench bench;
  const pqflow_record_layout layout = PQFLOW_RECORD_LAYOUT(Permuted, kPermuted);
  bench.request.registered = &layout;
  bench.request.record_size_bytes = sizeof(Permuted) + 8;
  EXPECT_EQ(bench.open(), PQFLOW_STATUS_RECORD_SIZE_MISMATCH);
}

TEST(MisalignedStruct, of_another_size_than_the_generated_record_is_refused_when_it_is_not_registered) {
  ApiBench bench;
  bench.request.record_size_bytes = sizeof(Permuted);
  EXPECT_EQ(bench.open(), PQFLOW_STATUS_RECORD_SIZE_MISMATCH);
}

}  // namespace
}  // namespace pqflow::api_test
