// Records that are in a journal before their row group is full (durability JOURNAL).
#include <gtest/gtest.h>

#include "sink/agent_bench.hpp"

namespace pqflow::sink::test {
namespace {

constexpr uint64_t kIntervalNs = 10'000'000;

BenchOptions journaled_options() { return {.slot_release = PQFLOW_SLOT_RELEASE_WHEN_PERSISTED, .is_journaled = true}; }

size_t segments_in(const CaptureFolder& folder) {
  const std::vector<std::string> names = folder.names();
  return static_cast<size_t>(std::count_if(names.begin(), names.end(), [](const auto& name) { return name.ends_with(".journal"); }));
}

// Rounds in which nothing comes.
void pass(AgentBench& bench, uint64_t duration_ns) {
  bench.work();
  bench.clock.now_ns += duration_ns;
  bench.work();
  bench.work();
}

TEST(Journaling, makes_records_durable_before_their_row_group_is_full) {
  AgentBench bench(journaled_options());
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(30);
  pass(bench, kIntervalNs);
  EXPECT_EQ(bench.counters.persisted_records.load(), 0U);
  EXPECT_EQ(bench.counters.durable_records.load(), 30U);
  EXPECT_EQ(bench.lane->consumer.tail_index, 0U) << "the ring keeps them: they are in no file";
}

TEST(Journaling, syncs_no_oftener_than_the_interval_says) {
  AgentBench bench(journaled_options());
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(10);
  pass(bench, 0);
  const uint64_t sync_count = bench.system.sync_count();
  for (int burst = 0; burst < 9; ++burst) {
    bench.log_many(1);
    pass(bench, kIntervalNs / 10);
  }
  EXPECT_EQ(bench.system.sync_count(), sync_count);
  EXPECT_EQ(bench.counters.durable_records.load(), 10U);
  pass(bench, kIntervalNs);
  EXPECT_EQ(bench.system.sync_count(), sync_count + 1);
  EXPECT_EQ(bench.counters.durable_records.load(), 19U);
}

TEST(Journaling, counts_each_record_once_whichever_sync_reaches_it_first) {
  AgentBench bench(journaled_options());
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(70);
  pass(bench, 0);
  bench.log_many(170);
  pass(bench, 0);
  EXPECT_EQ(bench.counters.durable_records.load(), 200U) << "two row groups";
  pass(bench, kIntervalNs);
  EXPECT_EQ(bench.counters.durable_records.load(), 240U);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.counters.durable_records.load(), 240U);
}

TEST(Journaling, leaves_nothing_behind_a_close_that_wrote_everything) {
  AgentBench bench(journaled_options());
  ASSERT_TRUE(bench.begin().is_ok());
  EXPECT_EQ(segments_in(bench.folder), 1U);
  bench.log_many(250);
  bench.work();
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.names(), std::vector<std::string>{"t-000000.parquet"});
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 250));
}

TEST(Journaling, removes_segments_whose_records_are_in_synced_row_groups) {
  BenchOptions options = journaled_options();
  options.row_group_rows = 400;
  options.journal_segment_bytes = 4'096;
  AgentBench bench(options);
  ASSERT_TRUE(bench.begin().is_ok());
  size_t most_segments = 0;
  for (int burst = 0; burst < 60; ++burst) {
    bench.log_many(40);
    pass(bench, kIntervalNs);
    most_segments = std::max(most_segments, segments_in(bench.folder));
  }
  EXPECT_GT(most_segments, 2U) << "before a row group is full";
  EXPECT_LT(most_segments, 12U);
  EXPECT_LT(segments_in(bench.folder), most_segments);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 2'400));
}

TEST(Journaling, that_cannot_begin_is_an_error_of_open) {
  AgentBench bench(journaled_options());
  bench.system.fail_next_writes(ENOSPC, 1, 1);  // Behind the file's own beginning.
  const base::Result result = bench.begin();
  EXPECT_EQ(result.os_error, ENOSPC);
  EXPECT_NE(result.message.find("journal"), std::string::npos) << result.message;
  EXPECT_TRUE(bench.folder.names().empty());
}

// At every call of a capture: the journal's among them.
TEST(Journaling, that_fails_at_any_write_or_sync_costs_no_record_and_promises_none_it_has_not) {
  for (const int os_error : {EIO, ENOSPC}) {
    bool has_failed = true;
    for (uint64_t failing = 0; has_failed; ++failing) {
      AgentBench bench(journaled_options());
      bench.clock.now_ns = 1'000'000'000;
      ASSERT_TRUE(bench.begin().is_ok());
      bench.system.fail(os_error, bench.system.call_count() + failing, 1);
      for (int burst = 0; burst < 12; ++burst) {
        bench.log_many(45);
        pass(bench, kIntervalNs);
        ASSERT_LE(bench.counters.durable_records.load(), bench.lane->producer.head_index);
      }
      pass(bench, 1'000'000'000);
      pass(bench, 1'000'000'000);
      EXPECT_EQ(bench.counters.state.load(), uint32_t{PQFLOW_SINK_STATE_RUNNING}) << "call " << failing;
      has_failed = bench.system.failure_count() != 0;
      bench.system.heal();  // A close that fails is another matter.
      const base::Result result = bench.close();
      EXPECT_EQ(bench.folder.first_column(), numbers(0, 540)) << "call " << failing << ": " << result.message;
      EXPECT_EQ(bench.counters.lost_records.load(), 0U);
      EXPECT_EQ(segments_in(bench.folder), 0U) << "call " << failing;
    }
  }
}

TEST(Journaling, that_fails_makes_nothing_durable_before_the_row_groups_of_what_it_missed_are) {
  AgentBench bench(journaled_options());
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(20);
  pass(bench, kIntervalNs);
  EXPECT_EQ(bench.counters.durable_records.load(), 20U);
  bench.system.fail_next_writes(EIO);
  bench.log_many(20);  // In no journal.
  pass(bench, kIntervalNs);
  EXPECT_EQ(bench.counters.write_failures.load(), 1U);
  EXPECT_EQ(bench.counters.durable_records.load(), 20U);
  pass(bench, 200'000'000);  // A new segment.
  bench.log_many(20);
  pass(bench, kIntervalNs);
  EXPECT_EQ(bench.counters.durable_records.load(), 20U) << "records before the last ones are not on the disk";
  bench.log_many(50);
  pass(bench, kIntervalNs);
  EXPECT_EQ(bench.counters.persisted_records.load(), 100U);
  EXPECT_EQ(bench.counters.durable_records.load(), 110U) << "now they are, in their row group";
}

}  // namespace
}  // namespace pqflow::sink::test
