#include <gtest/gtest.h>

#include "ring/test_lane.hpp"

namespace pqflow::ring::test {
namespace {

TEST(LaneLayout, describes_itself_and_reads_its_own_description_back) {
  TestLane lane(128);
  ring::LaneGeometry read;
  ASSERT_TRUE(ring::read_geometry(lane.memory.data(), lane.memory.size_bytes(), read).is_ok());
  EXPECT_EQ(read.slot_count, 128U);
  EXPECT_EQ(read.slot_size_bytes, kSlotBytes);
  EXPECT_EQ(read.record_size_bytes, kRecordBytes);
  EXPECT_EQ(read.commit_offset_bytes, 8U);
  EXPECT_EQ(lane.lane->identity.layout_fingerprint, 11U);
  EXPECT_EQ(lane.lane->identity.schema_fingerprint, 12U);
  EXPECT_EQ(lane.lane->identity.lane_index, 3U);
}

TEST(LaneLayout, is_the_same_bytes_wherever_the_memory_lies) {
  TestLane first(64);
  TestLane second(64);
  EXPECT_EQ(std::memcmp(first.memory.data(), second.memory.data(), ring::lane_size_bytes(first.geometry)), 0);
}

TEST(LaneLayout, works_on_memory_that_was_used_before) {
  TestLane lane(64);
  lane.fill();
  ring::lane_init(lane.memory.data(), {lane.geometry, 0, 0, 0, 0});
  const ring::LaneReader reader(*lane.lane, lane.geometry, 0);
  EXPECT_EQ(reader.peek(64).record_count, 0U);
  EXPECT_EQ(lane.lane->producer.dropped_count, 0U);
}

struct Damage {
  const char* name;
  void (*apply)(pqflow_lane_identity&);
  const char* message_part;
};

class LaneIdentity : public ::testing::TestWithParam<Damage> {};

TEST_P(LaneIdentity, is_refused_when_damaged) {
  TestLane lane(64);
  GetParam().apply(lane.lane->identity);
  ring::LaneGeometry geometry;
  const base::Result result = ring::read_geometry(lane.memory.data(), ring::lane_size_bytes(lane.geometry), geometry);
  EXPECT_EQ(result.status, PQFLOW_STATUS_INVALID_ARGUMENT);
  EXPECT_NE(result.message.find(GetParam().message_part), std::string::npos) << result.message;
  EXPECT_EQ(geometry.slot_count, 0U);
}

const Damage kDamages[] = {
    {"magic", [](pqflow_lane_identity& i) { i.magic = 0; }, "PQFL"},
    {"byte_order", [](pqflow_lane_identity& i) { i.byte_order_mark = 0x04030201; }, "byte order"},
    {"version", [](pqflow_lane_identity& i) { i.layout_version = 2; }, "layout version is 2"},
    {"header_size", [](pqflow_lane_identity& i) { i.header_size_bytes = 128; }, "header size in bytes is 128"},
    {"gap_capacity", [](pqflow_lane_identity& i) { i.gap_capacity_count = 9; }, "with 9 gaps"},
    {"slots_not_a_power_of_two", [](pqflow_lane_identity& i) { i.slot_count = 65; }, "slots is 65"},
    {"too_few_slots", [](pqflow_lane_identity& i) { i.slot_count = 32; }, "slots is 32"},
    {"too_many_slots", [](pqflow_lane_identity& i) { i.slot_count = 1U << 31; }, "slots is 2147483648"},
    {"more_slots_than_memory", [](pqflow_lane_identity& i) { i.slot_count = 1U << 30; }, "header announces"},
    {"no_record", [](pqflow_lane_identity& i) { i.record_size_bytes = 0; }, "record size in bytes is 0"},
    {"record_too_large", [](pqflow_lane_identity& i) { i.record_size_bytes = (1U << 20) + 1; }, "record size in bytes is 1048577"},
    {"commit_word_elsewhere", [](pqflow_lane_identity& i) { i.commit_offset_bytes = 4; }, "offset is 4"},
    {"slot_too_small", [](pqflow_lane_identity& i) { i.slot_size_bytes = 8; }, "slot size in bytes is 8"},
    {"slot_unaligned", [](pqflow_lane_identity& i) { i.slot_size_bytes = 20; }, "slot size in bytes is 20"},
    {"slot_too_large", [](pqflow_lane_identity& i) { i.slot_size_bytes = (1U << 21) + 8; }, "slot size in bytes is 2097160"},
};

INSTANTIATE_TEST_SUITE_P(each, LaneIdentity, ::testing::ValuesIn(kDamages), [](const auto& info) { return info.param.name; });

TEST(LaneLayout, refuses_memory_that_is_smaller_than_a_header) {
  TestLane lane(64);
  ring::LaneGeometry geometry;
  EXPECT_EQ(ring::read_geometry(lane.memory.data(), PQFLOW_LANE_HEADER_SIZE_BYTES - 1, geometry).status, PQFLOW_STATUS_INVALID_ARGUMENT);
}

}  // namespace
}  // namespace pqflow::ring::test
