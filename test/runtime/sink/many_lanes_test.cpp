// A writer that merges several lanes, step by step: the test is every producer and the writer.
#include <gtest/gtest.h>

#include "sink/agent_bench.hpp"
#include "support/malloc_count.hpp"

namespace pqflow::sink::test {
namespace {

// Records of lane n are numbered from n * kLaneStride on.
constexpr int64_t kLaneStride = 1'000'000;

struct ManyLanes : AgentBench {
  explicit ManyLanes(const BenchOptions& options) : AgentBench(options), producers{lane} {
    for (uint32_t index = 1; index < options.max_lanes; ++index) {
      EXPECT_TRUE(lanes->attach(producers.emplace_back()).is_ok());
    }
    EXPECT_TRUE(begin().is_ok());
  }
  pqflow_status log_to(size_t lane_index) {
    const Tick tick = make_tick(static_cast<int64_t>(lane_index) * kLaneStride + next[lane_index]);
    const pqflow_status status = pqflow_lane_log(producers[lane_index], &tick, sizeof tick, geometry.slot_size_bytes);
    next[lane_index] += status == PQFLOW_STATUS_OK ? 1 : 0;
    return status;
  }
  void log_to(size_t lane_index, int count) {
    for (int i = 0; i < count; ++i) {
      EXPECT_EQ(log_to(lane_index), PQFLOW_STATUS_OK);
    }
  }
  uint64_t tail(size_t lane_index) const { return producers[lane_index]->consumer.tail_index; }

  std::vector<pqflow_lane*> producers;
  int64_t next[4] = {};
};

std::string key(const ProbedFile& file, const std::string& name) {
  const auto found = file.key_values.find("pqflow:" + name);
  return found != file.key_values.end() ? found->second : "(none)";
}

TEST(ManyLanes, are_merged_in_runs_that_keep_each_lane_s_order) {
  ManyLanes bench({.row_group_rows = 1000, .max_lanes = 3});
  bench.log_to(0, 3);
  bench.log_to(1, 2);
  bench.log_to(2, 4);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(),
            (std::vector<uint64_t>{0, 1, 2, 1'000'000, 1'000'001, 2'000'000, 2'000'001, 2'000'002, 2'000'003}));
}

TEST(ManyLanes, do_not_wait_for_one_that_was_reserved_and_not_committed) {
  ManyLanes bench({.row_group_rows = 1000, .max_lanes = 2});
  bench.log_to(1, 1);
  ASSERT_NE(pqflow_lane_reserve(bench.producers[1], bench.geometry.slot_size_bytes), nullptr);
  bench.log_to(0, 2);
  ASSERT_TRUE(bench.flush().is_ok());
  EXPECT_EQ(bench.folder.first_column(), (std::vector<uint64_t>{0, 1, 1'000'000})) << "the record in the making was not accepted";
  bench.log_to(0, 1);
  ASSERT_TRUE(bench.close().is_ok());
}

TEST(ManyLanes, are_flushed_as_far_as_they_were_filled_when_it_was_asked) {
  ManyLanes bench({.row_group_rows = 1000, .max_lanes = 2});
  bench.log_to(0, 2);
  bench.log_to(1, 2);
  auto answer = std::async(std::launch::async, [&] { return bench.commands.run(Command::kFlush); });
  while (bench.commands.poll() == Command::kNone) {
  }
  bench.agent->do_work();  // Takes the command, and all that was there.
  bench.log_to(1, 5);
  while (answer.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
    bench.agent->do_work();
  }
  ASSERT_TRUE(answer.get().is_ok());
  EXPECT_EQ(bench.folder.first_column(), (std::vector<uint64_t>{0, 1, 1'000'000, 1'000'001}));
}

TEST(ManyLanes, each_have_their_range_and_their_gaps_in_the_file_s_metadata) {
  ManyLanes bench({.slot_count = 64, .row_group_rows = 1000, .max_lanes = 3});
  bench.log_to(0, 5);
  bench.log_to(1, 64);
  EXPECT_EQ(bench.log_to(1), PQFLOW_STATUS_RING_FULL);
  EXPECT_EQ(bench.log_to(1), PQFLOW_STATUS_RING_FULL);
  bench.work();
  bench.log_to(1, 1);
  ASSERT_TRUE(bench.flush().is_ok());
  bench.log_to(1, 2);
  bench.log_to(2, 1);
  ASSERT_TRUE(bench.close().is_ok());
  const auto files = bench.folder.files();
  EXPECT_EQ(key(files[0], "sequence_first"), "0");
  EXPECT_EQ(key(files[0], "sequence_count"), "70");
  EXPECT_EQ(key(files[0], "dropped_records"), "2");
  EXPECT_EQ(key(files[0], "gaps"), "(none)");
  EXPECT_EQ(key(files[0], "lanes"),
            R"([{"lane":0,"first":0,"count":5,"dropped":0,"gaps":[]},{"lane":1,"first":0,"count":65,"dropped":2,"gaps":[[64,2]]}])");
  EXPECT_EQ(key(files[1], "sequence_first"), "70");
  EXPECT_EQ(key(files[1], "sequence_count"), "3");
  EXPECT_EQ(key(files[1], "lanes"),
            R"([{"lane":1,"first":65,"count":2,"dropped":0,"gaps":[]},{"lane":2,"first":0,"count":1,"dropped":0,"gaps":[]}])");
}

TEST(ManyLanes, are_seen_in_a_live_file_as_far_as_it_was_published) {
  ManyLanes bench({.row_group_rows = 1000, .max_lanes = 3, .rotate_bytes = uint64_t{1} << 20, .layout = PQFLOW_FILE_LAYOUT_LIVE});
  bench.log_to(0, 2);
  bench.log_to(2, 1);
  ASSERT_TRUE(bench.flush().is_ok());
  bench.log_to(1, 3);
  bench.work();
  ASSERT_EQ(bench.folder.names().size(), 1U);
  EXPECT_EQ(probe(bench.folder.path(bench.folder.names().front())).first_column, (std::vector<uint64_t>{0, 1, 2'000'000}));
  EXPECT_EQ(bench.producers[0]->consumer.visible_index, 2U);
  EXPECT_EQ(bench.producers[1]->consumer.visible_index, 0U);
  EXPECT_EQ(bench.producers[2]->consumer.visible_index, 1U);
  EXPECT_EQ(bench.producers[2]->consumer.durable_index, 0U) << "its file is not finished";
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.producers[2]->consumer.durable_index, 1U);
  EXPECT_EQ(key(bench.folder.files()[0], "sequence_count"), "6");
}

TEST(ManyLanes, say_nothing_of_lanes_while_there_is_one) {
  AgentBench bench({.max_lanes = 4});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(3);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(key(bench.folder.files()[0], "lanes"), "(none)");
  EXPECT_EQ(key(bench.folder.files()[0], "gaps"), "[]");
}

TEST(ManyLanes, keep_the_slots_of_row_groups_that_are_not_written) {
  ManyLanes bench({.max_lanes = 2, .slot_release = PQFLOW_SLOT_RELEASE_WHEN_PERSISTED});
  bench.log_to(0, 60);
  bench.log_to(1, 30);
  bench.work();
  EXPECT_EQ(bench.tail(0) + bench.tail(1), 0U);
  bench.log_to(1, 10);
  bench.log_to(0, 5);
  bench.work();
  EXPECT_EQ(bench.tail(0) + bench.tail(1), 100U) << "the row group's";
  EXPECT_EQ(bench.lanes->operator[](0).lane().consumer.persisted_index + (*bench.lanes)[1].lane().consumer.persisted_index, 100U);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.tail(0), 65U);
  EXPECT_EQ(bench.tail(1), 40U);
}

TEST(ManyLanes, publish_their_own_watermarks_and_high_water_marks) {
  ManyLanes bench({.row_group_rows = 10, .max_lanes = 2});
  bench.log_to(0, 4);
  bench.log_to(1, 6);
  bench.work();
  EXPECT_EQ(bench.producers[0]->consumer.persisted_index, 4U);
  EXPECT_EQ(bench.producers[1]->consumer.persisted_index, 6U);
  EXPECT_EQ(bench.producers[1]->consumer.visible_index, 0U);
  ASSERT_TRUE(bench.flush().is_ok());
  EXPECT_EQ(bench.producers[1]->consumer.visible_index, 6U);
  EXPECT_EQ(bench.producers[0]->consumer.high_water_records, 4U);
  EXPECT_EQ(bench.producers[1]->consumer.high_water_records, 6U);
}

TEST(ManyLanes, attached_later_are_taken_from_their_first_record_on) {
  AgentBench bench({.max_lanes = 2});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(3);
  bench.work();
  pqflow_lane* later = nullptr;
  ASSERT_TRUE(bench.lanes->attach(later).is_ok());
  const Tick tick = make_tick(77);
  ASSERT_EQ(pqflow_lane_log(later, &tick, sizeof tick, bench.geometry.slot_size_bytes), PQFLOW_STATUS_OK);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), (std::vector<uint64_t>{0, 1, 2, 77}));
}

TEST(Contract, the_writer_of_several_lanes_does_not_allocate_in_steady_state) {
  if (!pqflow::test::counts_malloc()) {
    GTEST_SKIP() << "needs glibc's malloc, which sanitizers replace";
  }
  ManyLanes bench({.max_lanes = 3});
  const auto round = [&] {
    bench.log_to(0, 40);
    bench.log_to(1, 35);
    bench.log_to(2, 25);
    bench.work();
  };
  for (int i = 0; i < 4; ++i) {
    round();
  }
  const uint64_t before = pqflow::test::malloc_count();
  for (int i = 0; i < 40; ++i) {
    round();
  }
  EXPECT_EQ(pqflow::test::malloc_count(), before);
  EXPECT_EQ(bench.counters.row_groups_written.load(), 44U);
}

}  // namespace
}  // namespace pqflow::sink::test
