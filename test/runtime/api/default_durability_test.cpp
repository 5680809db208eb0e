// The durability that nobody asked for, through the public C API: PROCESS where it can be, and what is in force elsewhere.
#include <gtest/gtest.h>

#if defined(__linux__)

#include <cstdlib>
#include <filesystem>
#include <string>

#include "api/producers.hpp"

namespace pqflow::api_test {
namespace {

class DefaultDurability : public ::testing::Test {
 protected:
  void SetUp() override {
    if (mkdtemp(rings_.data()) == nullptr) {
      GTEST_SKIP() << "no folder in memory here: /dev/shm";
    }
    bench.options.ring_dir = rings_.c_str();
  }
  void TearDown() override {
    std::filesystem::remove_all(rings_);
    std::filesystem::remove_all(rings_ + "-moved");
  }
  bool has_rings() const { return !std::filesystem::is_empty(rings_); }
  // From then on nobody can tell how much room it has.
  void move_ring_dir_away() const { std::filesystem::rename(rings_, rings_ + "-moved"); }
  void expect_private_ring() {
    ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK) << bench.message();
    EXPECT_EQ(bench.stats().durability, PQFLOW_DURABILITY_FILE);
    EXPECT_FALSE(has_rings());
    ASSERT_EQ(bench.log(1), PQFLOW_STATUS_OK);
    ASSERT_EQ(pqflow_sink_close(bench.sink, nullptr), PQFLOW_STATUS_OK);
    EXPECT_EQ(bench.folder.first_column().size(), 1U);
  }

  std::string rings_ = "/dev/shm/pqflow-test-XXXXXX";
  ApiBench bench;
};

TEST_F(DefaultDurability, is_process_and_files_are_live) {
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK) << bench.message();
  EXPECT_EQ(bench.stats().durability, PQFLOW_DURABILITY_PROCESS);
  EXPECT_EQ(bench.stats().layout, PQFLOW_FILE_LAYOUT_LIVE);
  EXPECT_TRUE(has_rings());
  ASSERT_EQ(bench.log(1), PQFLOW_STATUS_OK);
  ASSERT_EQ(pqflow_sink_close(bench.sink, nullptr), PQFLOW_STATUS_OK);
  EXPECT_EQ(bench.stats().durability, PQFLOW_DURABILITY_PROCESS);
  EXPECT_FALSE(has_rings());
  EXPECT_EQ(bench.folder.first_column().size(), 1U);
}

TEST_F(DefaultDurability, is_file_where_the_ring_is_too_small) {
  bench.options.row_group_rows = 1000;
  expect_private_ring();
}

TEST_F(DefaultDurability, is_file_where_slots_are_given_back_per_span) {
  bench.options.slot_release = PQFLOW_SLOT_RELEASE_PER_SPAN;
  expect_private_ring();
}

TEST_F(DefaultDurability, is_file_where_the_ring_s_folder_is_missing) {
  const std::string missing = rings_ + "/missing";
  bench.options.ring_dir = missing.c_str();
  expect_private_ring();
}

TEST_F(DefaultDurability, is_file_where_the_ring_s_folder_is_not_in_memory) {
  bench.options.ring_dir = "/proc";
  expect_private_ring();
}

TEST_F(DefaultDurability, is_file_where_there_is_no_ring_s_folder) {
  bench.options.ring_dir = nullptr;
  expect_private_ring();
}

TEST_F(DefaultDurability, leaves_slots_with_their_row_group_where_that_was_asked_for) {
  bench.options.ring_dir = "/proc";
  bench.options.slot_release = PQFLOW_SLOT_RELEASE_WHEN_PERSISTED;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK) << bench.message();
  ASSERT_EQ(bench.log(1), PQFLOW_STATUS_OK);
  ASSERT_EQ(pqflow_sink_flush(bench.sink, nullptr), PQFLOW_STATUS_OK);
  EXPECT_EQ(bench.stats().persisted_records, 1U);
}

struct Asked {
  uint64_t count = 0;
  static pqflow_full_answer drop(void* context, uint32_t, uint64_t) {
    ++static_cast<Asked*>(context)->count;
    return PQFLOW_FULL_ANSWER_DROP;
  }
};

TEST_F(DefaultDurability, lets_nobody_wait_for_slots_that_a_row_group_keeps_until_it_is_full) {
  Asked asked;
  bench.options.full_policy = PQFLOW_FULL_POLICY_CALLBACK;
  bench.options.full_callback = Asked::drop;
  bench.options.full_context = &asked;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK) << bench.message();
  for (int64_t number = 0; number < 50; ++number) {
    ASSERT_EQ(bench.log(number), PQFLOW_STATUS_OK);
  }
  EXPECT_EQ(pqflow_lane_refill_many(bench.lane(), 1024), 974U);
  EXPECT_EQ(asked.count, 0U);
}

TEST_F(DefaultDurability, ends_with_a_lane_that_the_ring_s_folder_has_no_room_for) {
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK) << bench.message();
  pqflow_lane* const in_ring = attach(bench);
  EXPECT_EQ(bench.stats().durability, PQFLOW_DURABILITY_PROCESS);
  move_ring_dir_away();
  pqflow_lane* const in_private_memory = attach(bench);
  EXPECT_EQ(bench.stats().durability, PQFLOW_DURABILITY_FILE);
  std::filesystem::rename(rings_ + "-moved", rings_);
  pqflow_lane* const later = attach(bench);
  EXPECT_EQ(bench.stats().durability, PQFLOW_DURABILITY_FILE);
  int64_t number = 0;
  for (pqflow_lane* const lane : {bench.lane(), in_ring, in_private_memory, later}) {
    ASSERT_EQ(log_to(lane, ++number), PQFLOW_STATUS_OK);
  }
  ASSERT_EQ(pqflow_sink_close(bench.sink, nullptr), PQFLOW_STATUS_OK);
  EXPECT_EQ(bench.folder.first_column().size(), 4U);
  EXPECT_FALSE(has_rings());
}

TEST_F(DefaultDurability, is_not_what_a_lane_without_room_gets_that_was_asked_for_more) {
  bench.options.durability = PQFLOW_DURABILITY_PROCESS;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK) << bench.message();
  move_ring_dir_away();
  pqflow_lane* lane = nullptr;
  EXPECT_EQ(pqflow_sink_attach_lane(bench.sink, &lane, nullptr), PQFLOW_STATUS_NO_SPACE);
  EXPECT_EQ(bench.stats().durability, PQFLOW_DURABILITY_PROCESS);
}

}  // namespace
}  // namespace pqflow::api_test

#endif
