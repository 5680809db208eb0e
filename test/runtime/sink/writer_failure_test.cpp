// What the writer does when a write, a sync or the writer itself fails.
#include <gtest/gtest.h>

#include "sink/agent_bench.hpp"
#include "sink/writer_agent.hpp"

namespace pqflow::sink::test {
namespace {

TEST(FailedWrite, is_a_state_and_nothing_is_counted_as_written) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.system.fail_from_now_on(ENOSPC);
  bench.log_many(150);
  bench.work();
  EXPECT_EQ(bench.counters.state.load(), uint32_t{PQFLOW_SINK_STATE_DEGRADED});
  EXPECT_EQ(bench.counters.last_status.load(), uint32_t{PQFLOW_STATUS_NO_SPACE});
  EXPECT_EQ(bench.counters.last_os_error.load(), ENOSPC);
  EXPECT_EQ(bench.counters.write_failures.load(), 1U);
  EXPECT_EQ(bench.counters.persisted_records.load(), 0U);
  EXPECT_EQ(bench.counters.row_groups_written.load(), 0U);
  EXPECT_EQ(bench.counters.bytes_written.load(), 4U);
  EXPECT_NE(bench.failures.get().message.find("t-000000.parquet"), std::string::npos);
}

TEST(FailedWrite, stops_consuming_so_that_the_producer_counts_what_it_drops) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.system.fail_from_now_on(ENOSPC);
  bench.log_many(150);
  bench.work();
  EXPECT_EQ(bench.log_many(5000), 1024U - 50U);  // The first row group of 100 rows is staged.
  bench.log(0);
  bench.work();
  EXPECT_EQ(bench.lane->consumer.tail_index, 100U);
  EXPECT_EQ(bench.lane->producer.dropped_count, 2U);
}

TEST(FailedWrite, is_retried_after_100_ms_doubling_to_one_second) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.system.fail_from_now_on(ENOSPC);
  bench.log_many(100);
  bench.work();
  for (const uint64_t wait_ms : {100, 200, 400, 800, 1000, 1000}) {
    const uint64_t failures = bench.counters.write_failures.load();
    bench.clock.now_ns += wait_ms * 1'000'000 - 1;
    bench.work();
    EXPECT_EQ(bench.counters.write_failures.load(), failures) << wait_ms;
    bench.clock.now_ns += 1;
    bench.work();
    EXPECT_EQ(bench.counters.write_failures.load(), failures + 1) << wait_ms;
  }
}

TEST(FailedWrite, waits_100_ms_again_when_it_comes_after_a_success) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  for (int time = 0; time < 3; ++time) {
    bench.system.fail(ENOSPC, bench.system.call_count(), 1);
    bench.log_many(100);
    bench.work();
    EXPECT_EQ(bench.counters.state.load(), uint32_t{PQFLOW_SINK_STATE_DEGRADED});
    bench.clock.now_ns += 100'000'000;
    bench.work();
    EXPECT_EQ(bench.counters.state.load(), uint32_t{PQFLOW_SINK_STATE_RUNNING}) << time;
  }
}

TEST(FailedWrite, is_over_when_a_retry_succeeds_and_no_record_was_lost) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.system.fail_from_now_on(ENOSPC);
  bench.log_many(1000);
  bench.work();
  bench.system.heal();
  bench.clock.now_ns += 100'000'000;
  bench.work();
  EXPECT_EQ(bench.counters.state.load(), uint32_t{PQFLOW_SINK_STATE_RUNNING});
  EXPECT_EQ(bench.counters.last_status.load(), uint32_t{PQFLOW_STATUS_OK});
  EXPECT_EQ(bench.counters.last_os_error.load(), 0);
  EXPECT_TRUE(bench.failures.get().is_ok());
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 1000));
}

TEST(FailedWrite, makes_flush_try_at_once_and_return_the_error) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.system.fail_from_now_on(ENOSPC);
  bench.log_many(150);
  bench.work();
  EXPECT_EQ(bench.flush().status, PQFLOW_STATUS_NO_SPACE);
  EXPECT_EQ(bench.counters.write_failures.load(), 2U);
  bench.system.heal();
  ASSERT_TRUE(bench.flush().is_ok());
  EXPECT_EQ(bench.counters.state.load(), uint32_t{PQFLOW_SINK_STATE_RUNNING});
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 150));
}

TEST(FailedWrite, of_a_footer_is_retried_by_itself_and_nothing_is_appended_to_the_sealed_file) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(100);
  bench.work();
  bench.system.fail_from_now_on(ENOSPC);
  EXPECT_EQ(bench.flush().status, PQFLOW_STATUS_NO_SPACE);
  bench.log_many(250);
  bench.work();
  EXPECT_EQ(bench.counters.persisted_records.load(), 100U);
  bench.system.heal();
  bench.clock.now_ns += 100'000'000;
  bench.work();
  EXPECT_EQ(bench.counters.visible_records.load(), 100U);
  ASSERT_TRUE(bench.close().is_ok());
  ASSERT_EQ(bench.folder.files().size(), 2U);
  EXPECT_EQ(bench.folder.files()[0].first_column, numbers(0, 100));
  EXPECT_EQ(bench.folder.files()[1].first_column, numbers(100, 250));
}

TEST(FailedWrite, to_create_the_next_file_keeps_the_records_in_the_ring) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(10);
  ASSERT_TRUE(bench.flush().is_ok());
  bench.system.fail_from_now_on(EACCES);
  bench.log_many(20);
  bench.work();
  EXPECT_EQ(bench.counters.last_status.load(), uint32_t{PQFLOW_STATUS_IO_ERROR});
  EXPECT_EQ(bench.lane->consumer.tail_index, 10U);
  bench.system.heal();
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.files()[1].first_column, numbers(10, 20));
}

TEST(FailedWrite, of_the_first_file_leaves_nothing) {
  AgentBench bench;
  bench.system.fail(EIO, 0);
  EXPECT_FALSE(bench.begin().is_ok());
  EXPECT_TRUE(bench.folder.names().empty());
}

TEST(FailedSync, is_never_reported_as_durable_nor_repeated) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(10);
  bench.work();
  bench.system.fail_next_sync(EIO);
  EXPECT_EQ(bench.flush().status, PQFLOW_STATUS_IO_ERROR);
  bench.clock.now_ns += 1'000'000'000;
  bench.work();
  EXPECT_EQ(bench.system.sync_count(), 1U);
  EXPECT_EQ(bench.counters.durable_records.load(), 0U);
  EXPECT_EQ(bench.counters.visible_records.load(), 0U);
  EXPECT_EQ(bench.counters.lost_records.load(), 10U);
}

TEST(FailedSync, sets_the_file_aside_and_the_capture_goes_on_in_the_next) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(10);
  bench.work();
  bench.system.fail_next_sync(EIO);
  EXPECT_FALSE(bench.flush().is_ok());
  EXPECT_EQ(bench.counters.state.load(), uint32_t{PQFLOW_SINK_STATE_RUNNING});
  bench.log_many(20);
  EXPECT_FALSE(bench.flush().is_ok());
  EXPECT_EQ(bench.folder.names(), (std::vector<std::string>{".t-000000.parquet.inprogress", "t-000001.parquet"}));
  EXPECT_EQ(bench.folder.first_column(), numbers(10, 20));
  EXPECT_EQ(bench.counters.visible_records.load(), 20U);
  EXPECT_EQ(bench.counters.persisted_records.load(), 30U);
  EXPECT_EQ(bench.counters.files_finished.load(), 1U);
}

TEST(FailedSync, is_told_by_every_later_flush_and_by_close_with_the_range_of_records) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(10);
  bench.work();
  bench.system.fail_next_sync(EIO);
  EXPECT_FALSE(bench.flush().is_ok());
  bench.log_many(20);
  EXPECT_EQ(bench.flush().status, PQFLOW_STATUS_IO_ERROR);
  EXPECT_EQ(bench.counters.last_status.load(), uint32_t{PQFLOW_STATUS_IO_ERROR});
  const base::Result closed = bench.close();
  EXPECT_EQ(closed.status, PQFLOW_STATUS_IO_ERROR);
  EXPECT_EQ(closed.os_error, EIO);
  EXPECT_NE(closed.message.find("it holds 10 records from sequence 0 on"), std::string::npos) << closed.message;
  EXPECT_EQ(bench.counters.lost_records.load(), 10U);
}

TEST(FailedFolderSync, leaves_a_complete_file_whose_records_are_not_called_durable) {
  for (const pqflow_file_layout layout : {PQFLOW_FILE_LAYOUT_CLASSIC, PQFLOW_FILE_LAYOUT_LIVE}) {
    AgentBench bench({.cuts = {.rotate_rows = 10}, .layout = layout});
    ASSERT_TRUE(bench.begin().is_ok());
    bench.system.fail_next_folder_sync(EIO);
    bench.log_many(25);
    bench.work();
    EXPECT_EQ(bench.counters.files_finished.load(), 2U);
    EXPECT_EQ(bench.counters.durable_records.load(), 10U) << "of the second file";
    EXPECT_EQ(bench.counters.visible_records.load(), 20U);
    EXPECT_EQ(bench.counters.lost_records.load(), 0U);
    EXPECT_EQ(bench.counters.state.load(), uint32_t{PQFLOW_SINK_STATE_RUNNING});
    EXPECT_EQ(bench.counters.last_os_error.load(), EIO);
    const base::Result flushed = bench.flush();
    EXPECT_EQ(flushed.os_error, EIO) << "told although nobody waited when it failed";
    EXPECT_NE(flushed.message.find("a power cut may take "), std::string::npos) << flushed.message;
    EXPECT_NE(flushed.message.find("t-000000.parquet away"), std::string::npos) << flushed.message;
    EXPECT_EQ(bench.close().os_error, EIO);
    EXPECT_EQ(bench.folder.first_column(), numbers(0, 25));
    EXPECT_EQ(bench.counters.durable_records.load(), 15U);
    EXPECT_EQ(bench.counters.lost_records.load(), 0U);
  }
}

TEST(Exception, in_the_writer_ends_the_capture_with_a_status_and_no_call_hangs) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.system.throw_at_next_write();
  bench.log_many(150);
  bench.work();
  EXPECT_EQ(bench.counters.last_status.load(), uint32_t{PQFLOW_STATUS_INTERNAL_ERROR});
  EXPECT_EQ(bench.counters.state.load(), uint32_t{PQFLOW_SINK_STATE_DEGRADED});
  const base::Result flushed = bench.flush();
  EXPECT_EQ(flushed.status, PQFLOW_STATUS_INTERNAL_ERROR);
  EXPECT_NE(flushed.message.find("thrown by the test"), std::string::npos);
  EXPECT_EQ(bench.close().status, PQFLOW_STATUS_INTERNAL_ERROR);
  EXPECT_TRUE(bench.agent->is_finished());
  EXPECT_EQ(bench.counters.lost_records.load(), 150U);
  EXPECT_TRUE(bench.folder.final_names().empty());
}

TEST(Exception, during_a_flush_is_its_answer) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(50);
  bench.system.throw_at_next_write();
  EXPECT_EQ(bench.flush().status, PQFLOW_STATUS_INTERNAL_ERROR);
}

}  // namespace
}  // namespace pqflow::sink::test
