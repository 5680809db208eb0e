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
