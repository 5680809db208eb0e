#include "sink/writer_agent.hpp"

#include <gtest/gtest.h>

#include "sink/agent_bench.hpp"

namespace pqflow::sink::test {
namespace {

TEST(WriterAgent, creates_the_file_in_progress_at_once_and_nothing_under_a_final_name) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  EXPECT_EQ(bench.folder.names(), (std::vector<std::string>{".t-000000.parquet.inprogress"}));
  EXPECT_EQ(bench.counters.bytes_written.load(), 4U);
}

TEST(WriterAgent, has_nothing_to_do_while_the_lane_is_empty) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  EXPECT_EQ(bench.agent->do_work(), 0U);
}

TEST(WriterAgent, writes_a_row_group_when_it_has_its_rows) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(250);
  bench.work();
  EXPECT_EQ(bench.counters.row_groups_written.load(), 2U);
  EXPECT_EQ(bench.counters.persisted_records.load(), 200U);
  EXPECT_EQ(bench.counters.visible_records.load(), 0U);
  EXPECT_EQ(bench.lane->consumer.persisted_index, 200U);
}

TEST(WriterAgent, gives_slots_back_per_span) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(50);
  bench.work();
  EXPECT_EQ(bench.lane->consumer.tail_index, 50U);
}

TEST(WriterAgent, keeps_slots_until_their_row_group_is_persisted_when_told_so) {
  AgentBench bench({.slot_release = PQFLOW_SLOT_RELEASE_WHEN_PERSISTED});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(99);
  bench.work();
  EXPECT_EQ(bench.lane->consumer.tail_index, 0U);
  bench.log_many(2);
  bench.work();
  EXPECT_EQ(bench.lane->consumer.tail_index, 100U);
}

TEST(WriterAgent, never_lets_the_producer_overwrite_what_is_not_persisted) {
  AgentBench bench({.slot_count = 512, .slot_release = PQFLOW_SLOT_RELEASE_WHEN_PERSISTED});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.system.fail_from_now_on(ENOSPC);
  EXPECT_EQ(bench.log_many(1000), 512U);
  bench.work();
  EXPECT_EQ(bench.log_many(1000), 0U);
  bench.system.heal();
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 512));
}

TEST(WriterAgent, publishes_all_three_watermarks_when_a_file_is_finished) {
  AgentBench bench({.first_index = 7000});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(30);
  ASSERT_TRUE(bench.flush().is_ok());
  EXPECT_EQ(bench.counters.persisted_records.load(), 30U);
  EXPECT_EQ(bench.counters.visible_records.load(), 30U);
  EXPECT_EQ(bench.counters.durable_records.load(), 30U);
  EXPECT_EQ(bench.lane->consumer.persisted_index, 7030U);
  EXPECT_EQ(bench.lane->consumer.visible_index, 7030U);
  EXPECT_EQ(bench.lane->consumer.durable_index, 7030U);
  EXPECT_EQ(bench.system.sync_count(), 1U);
}

TEST(WriterAgent, counts_exactly_the_bytes_of_the_file) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(230);
  ASSERT_TRUE(bench.flush().is_ok());
  EXPECT_EQ(bench.counters.bytes_written.load(), std::filesystem::file_size(bench.folder.path("t-000000.parquet")));
  EXPECT_EQ(bench.counters.files_finished.load(), 1U);
}

TEST(WriterAgent, reports_the_most_records_it_found_waiting) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(700);
  bench.work();
  bench.log_many(20);
  bench.work();
  EXPECT_EQ(bench.counters.ring_high_water_records.load(), 700U);
}

TEST(WriterAgent, passes_the_wrap_of_the_commit_word_in_the_middle_of_a_capture) {
  const uint64_t first_index = (uint64_t{1} << 32) - 500;
  AgentBench bench({.first_index = first_index});
  ASSERT_TRUE(bench.begin().is_ok());
  for (int round = 0; round < 10; ++round) {
    EXPECT_EQ(bench.log_many(100), 100U);
    bench.work();
  }
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(first_index, 1000));
}

// ---- flush ----

TEST(Flush, makes_every_accepted_record_visible_and_goes_on_in_the_next_file) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(130);
  ASSERT_TRUE(bench.flush().is_ok());
  EXPECT_EQ(bench.folder.names(), (std::vector<std::string>{"t-000000.parquet"}));
  bench.log_many(40);
  ASSERT_TRUE(bench.flush().is_ok());
  ASSERT_EQ(bench.folder.names(), (std::vector<std::string>{"t-000000.parquet", "t-000001.parquet"}));
  EXPECT_EQ(bench.folder.files()[0].first_column, numbers(0, 130));
  EXPECT_EQ(bench.folder.files()[1].first_column, numbers(130, 40));
}

TEST(Flush, finishes_nothing_without_new_records) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  ASSERT_TRUE(bench.flush().is_ok());
  EXPECT_TRUE(bench.folder.final_names().empty());
  bench.log_many(5);
  ASSERT_TRUE(bench.flush().is_ok());
  const uint64_t calls = bench.system.call_count();
  ASSERT_TRUE(bench.flush().is_ok());
  EXPECT_EQ(bench.system.call_count(), calls);
  EXPECT_EQ(bench.folder.names().size(), 1U);
}

TEST(Flush, leaves_records_that_came_after_the_call_to_the_next_file) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(360);
  bench.system.at_next_write([&] { bench.log_many(10); });  // While the first of four row groups is written.
  ASSERT_TRUE(bench.flush().is_ok());
  EXPECT_EQ(bench.lane->producer.head_index, 370U);
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 360));
}

TEST(Flush, ends_although_a_producer_scribbled_on_its_head) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(60);
  bench.lane->producer.head_index = UINT64_MAX / 2;
  ASSERT_TRUE(bench.flush().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 60));
}

// ---- close ----

TEST(Close, drains_the_lane_and_finishes_the_file) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(777);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_TRUE(bench.agent->is_finished());
  EXPECT_EQ(bench.folder.names(), (std::vector<std::string>{"t-000000.parquet"}));
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 777));
}

TEST(Close, leaves_one_valid_file_of_zero_rows_when_there_was_no_record) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  ASSERT_TRUE(bench.close().is_ok());
  ASSERT_EQ(bench.folder.names(), (std::vector<std::string>{"t-000000.parquet"}));
  EXPECT_EQ(bench.folder.files()[0].row_count, 0);
  EXPECT_EQ(bench.folder.files()[0].key_values["pqflow:sequence_count"], "0");
}

TEST(Close, adds_no_empty_file_after_a_flush) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(3);
  ASSERT_TRUE(bench.flush().is_ok());
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.names(), (std::vector<std::string>{"t-000000.parquet"}));
}

TEST(Close, counts_what_it_could_not_write_as_lost_and_leaves_nothing_under_a_final_name) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(150);
  bench.work();
  bench.system.fail_from_now_on(ENOSPC);
  const base::Result result = bench.close();
  EXPECT_EQ(result.status, PQFLOW_STATUS_NO_SPACE);
  EXPECT_EQ(result.os_error, ENOSPC);
  EXPECT_TRUE(bench.agent->is_finished());
  EXPECT_EQ(bench.counters.lost_records.load(), 150U);
  EXPECT_EQ(bench.folder.names(), (std::vector<std::string>{".t-000000.parquet.inprogress"}));
  EXPECT_EQ(bench.failures.get().status, PQFLOW_STATUS_NO_SPACE);
}

TEST(Close, that_fails_without_a_record_leaves_nothing) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.system.fail(ENOSPC, bench.system.call_count(), 1);
  EXPECT_EQ(bench.close().status, PQFLOW_STATUS_NO_SPACE);
  EXPECT_TRUE(bench.folder.names().empty());
}

// ---- failures ----

TEST(InvalidValues, are_counted) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  Tick tick = make_tick(0);
  tick.symbol[2] = '\xff';
  ASSERT_EQ(pqflow_lane_log(bench.lane, &tick, sizeof tick, bench.geometry.slot_size_bytes), PQFLOW_STATUS_OK);
  bench.log(1);
  bench.work();
  EXPECT_EQ(bench.counters.invalid_values.load(), 1U);
}

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

// Row group, footer, then the sync.
void fail_the_sync_of_the_next_flush(AgentBench& bench) { bench.system.fail(EIO, bench.system.call_count() + 2, 1); }

TEST(FailedSync, is_never_reported_as_durable_nor_repeated) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(10);
  bench.work();
  fail_the_sync_of_the_next_flush(bench);
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
  fail_the_sync_of_the_next_flush(bench);
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
  fail_the_sync_of_the_next_flush(bench);
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

// ---- names ----

TEST(FileNames, later_files_take_a_suffix_when_their_name_is_taken_meanwhile) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(1);
  ASSERT_TRUE(bench.flush().is_ok());
  std::ofstream(bench.folder.path("t-000001.parquet")) << "someone else's";
  bench.log_many(1);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.names(), (std::vector<std::string>{"t-000000.parquet", "t-000001.1.parquet", "t-000001.parquet"}));
  EXPECT_EQ(probe(bench.folder.path("t-000001.1.parquet")).first_column, numbers(1, 1));
}

TEST(FileNames, an_existing_file_is_refused_at_begin_unless_told_otherwise) {
  AgentBench bench;
  std::ofstream(bench.folder.path("t-000000.parquet")) << "old";
  EXPECT_EQ(bench.begin().status, PQFLOW_STATUS_FILE_EXISTS);
  EXPECT_EQ(bench.folder.names().size(), 1U);
}

TEST(FileNames, an_existing_file_is_replaced_when_told_to) {
  AgentBench bench({.if_exists = PQFLOW_IF_EXISTS_REPLACE});
  std::ofstream(bench.folder.path("t-000000.parquet")) << "old";
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(4);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 4));
}

TEST(FooterCap, ends_the_file_and_the_capture_goes_on_in_the_next) {
  AgentBench bench({.row_group_rows = 1, .footer_cap_bytes = 16 << 10});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(1024);
  bench.work();
  EXPECT_GE(bench.counters.files_finished.load(), 2U);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 1024));
  for (const ProbedFile& file : bench.folder.files()) {
    EXPECT_LT(file.row_count * 100, 16 << 10) << "a row group of three columns takes more than 100 bytes of the footer";
  }
}

}  // namespace
}  // namespace pqflow::sink::test
