#include "sink/lane_table.hpp"

#include <gtest/gtest.h>
#include <pqflow/producer.h>

namespace pqflow::sink::test {
namespace {

constexpr uint32_t kRecordBytes = 8;
constexpr uint32_t kSlotBytes = 16;

LaneRecipe recipe(uint32_t max_lanes) {
  LaneRecipe recipe;
  recipe.geometry = ring::make_geometry(64, kSlotBytes, kRecordBytes);
  recipe.max_lanes = max_lanes;
  return recipe;
}

struct Table {
  explicit Table(uint32_t max_lanes) : lanes(recipe(max_lanes)) { attach(); }

  pqflow_lane* attach() {
    pqflow_lane* lane = nullptr;
    status = lanes.attach(lane).status;
    return lane;
  }
  static pqflow_status log(pqflow_lane* lane) {
    const uint64_t value = lane->producer.head_index;
    return pqflow_lane_log(lane, &value, kRecordBytes, kSlotBytes);
  }
  // As the writer does.
  void drain(pqflow_lane* lane) {
    ring::LaneReader& reader = lanes[lane->identity.lane_index].reader();
    reader.advance(reader.peek(64).record_count);
    reader.release_now(reader.cursor());
  }

  LaneTable lanes;
  pqflow_status status = PQFLOW_STATUS_OK;
};

TEST(LaneTable, makes_lanes_up_to_its_limit_and_no_more) {
  Table table(3);
  EXPECT_NE(table.attach(), nullptr);
  EXPECT_NE(table.attach(), nullptr);
  EXPECT_EQ(table.attach(), nullptr);
  EXPECT_EQ(table.status, PQFLOW_STATUS_LANE_UNAVAILABLE);
  EXPECT_EQ(table.lanes.count(), 3U);
  EXPECT_EQ(table.lanes.attached_count(), 3U);
}

TEST(LaneTable, hands_a_drained_lane_on_with_its_numbers) {
  Table table(2);
  pqflow_lane* const lane = table.attach();
  EXPECT_EQ(Table::log(lane), PQFLOW_STATUS_OK);
  table.drain(lane);
  ASSERT_TRUE(table.lanes.detach(*lane).is_ok());
  EXPECT_EQ(Table::log(lane), PQFLOW_STATUS_LANE_DETACHED);
  EXPECT_EQ(lane->producer.late_count, 1U);
  EXPECT_EQ(table.attach(), lane);
  EXPECT_EQ(Table::log(lane), PQFLOW_STATUS_OK);
  EXPECT_EQ(lane->producer.head_index, 2U);
}

TEST(LaneTable, hands_a_lane_on_behind_records_whose_producer_never_told_its_head) {
  Table table(2);
  pqflow_lane* const lane = table.attach();
  const uint64_t told_head_index = lane->producer.head_index;
  EXPECT_EQ(Table::log(lane), PQFLOW_STATUS_OK);
  EXPECT_EQ(Table::log(lane), PQFLOW_STATUS_OK);
  lane->producer.head_index = told_head_index;  // A JavaScript thread that was stopped: only the commit words know.
  ASSERT_TRUE(table.lanes.detach(*lane).is_ok());
  EXPECT_EQ(table.lanes.accepted_records(), 2U);
  EXPECT_EQ(table.attach(), lane);
  EXPECT_EQ(Table::log(lane), PQFLOW_STATUS_OK);
  EXPECT_EQ(lane->producer.head_index, 3U);
  EXPECT_EQ(table.lanes[1].reader().peek(64).record_count, 3U);
}

TEST(LaneTable, makes_a_new_lane_rather_than_hand_on_one_that_holds_records) {
  Table table(3);
  pqflow_lane* const full = table.attach();
  EXPECT_EQ(Table::log(full), PQFLOW_STATUS_OK);
  ASSERT_TRUE(table.lanes.detach(*full).is_ok());
  EXPECT_NE(table.attach(), full);
  EXPECT_EQ(table.lanes.count(), 3U);
}

TEST(LaneTable, hands_on_a_lane_that_holds_records_when_there_is_no_other) {
  Table table(2);
  pqflow_lane* const lane = table.attach();
  while (Table::log(lane) == PQFLOW_STATUS_OK) {
  }
  ASSERT_TRUE(table.lanes.detach(*lane).is_ok());
  EXPECT_EQ(table.attach(), lane);
  EXPECT_EQ(Table::log(lane), PQFLOW_STATUS_RING_FULL) << "the records of the first thread are still there";
  EXPECT_EQ(table.lanes[1].reader().peek(64).record_count, 64U);
}

TEST(LaneTable, hands_on_the_lane_that_was_free_for_longest) {
  Table table(4);
  pqflow_lane* const one = table.attach();
  pqflow_lane* const two = table.attach();
  pqflow_lane* const three = table.attach();
  ASSERT_TRUE(table.lanes.detach(*two).is_ok());
  ASSERT_TRUE(table.lanes.detach(*three).is_ok());
  ASSERT_TRUE(table.lanes.detach(*one).is_ok());
  EXPECT_EQ(table.attach(), two);
  EXPECT_EQ(table.attach(), three);
  EXPECT_EQ(table.attach(), one);
}

TEST(LaneTable, refuses_to_attach_after_close_and_still_lets_go) {
  Table table(2);
  pqflow_lane* const lane = table.attach();
  table.lanes.close();
  EXPECT_EQ(Table::log(lane), PQFLOW_STATUS_CLOSED);
  EXPECT_EQ(table.attach(), nullptr);
  EXPECT_EQ(table.status, PQFLOW_STATUS_CLOSED);
  EXPECT_TRUE(table.lanes.detach(*lane).is_ok());
  EXPECT_EQ(Table::log(lane), PQFLOW_STATUS_CLOSED);
}

TEST(LaneTable, shuts_every_lane_in_a_forked_child) {
  Table table(2);
  pqflow_lane* const lane = table.attach();
  table.lanes.mark_forked();
  EXPECT_EQ(Table::log(lane), PQFLOW_STATUS_FORKED);
  EXPECT_EQ(table.attach(), nullptr);
  EXPECT_EQ(table.status, PQFLOW_STATUS_FORKED);
  EXPECT_EQ(table.lanes.detach(*lane).status, PQFLOW_STATUS_FORKED);
}

}  // namespace
}  // namespace pqflow::sink::test
