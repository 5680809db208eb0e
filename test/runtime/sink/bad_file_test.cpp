// Failures that are the file's own: what is in it is finished, what was to be written goes into the next one (RUNTIME.md 5.5).
#include <gtest/gtest.h>

#include "sink/agent_bench.hpp"
#include "sink/remedy.hpp"

namespace pqflow::sink::test {
namespace {

using Names = std::vector<std::string>;

class BadFile : public ::testing::TestWithParam<pqflow_file_layout> {
 protected:
  void SetUp() override { ASSERT_TRUE(bench_.begin().is_ok()); }
  // A live file's pages, then its metadata, then what makes it seen.
  void pass_a_second() {
    for (int round = 0; round < 100; ++round) {
      bench_.clock.now_ns += 10'000'000;
      bench_.work();
    }
  }

  AgentBench bench_{{.layout = GetParam()}};
};

INSTANTIATE_TEST_SUITE_P(, BadFile, ::testing::Values(PQFLOW_FILE_LAYOUT_CLASSIC, PQFLOW_FILE_LAYOUT_LIVE),
                         [](const auto& info) { return info.param == PQFLOW_FILE_LAYOUT_LIVE ? "live" : "classic"; });

TEST_P(BadFile, that_takes_no_further_row_group_ends_with_those_it_has) {
  for (const int os_error : {EIO, EFBIG, ESTALE}) {
    AgentBench bench({.layout = GetParam()});
    ASSERT_TRUE(bench.begin().is_ok());
    bench.log_many(100);
    bench.work();
    bench.system.fail_next_writes(os_error);
    bench.log_many(100);
    bench.work();
    EXPECT_EQ(bench.counters.files_finished.load(), 1U) << os_error;
    EXPECT_EQ(bench.folder.first_column(), numbers(0, 100)) << os_error;
    EXPECT_EQ(bench.counters.visible_records.load(), 100U);
    EXPECT_EQ(bench.counters.persisted_records.load(), 200U) << "written to the next file at once";
    EXPECT_EQ(bench.counters.write_failures.load(), 1U);
    EXPECT_EQ(bench.counters.state.load(), uint32_t{PQFLOW_SINK_STATE_RUNNING});
    ASSERT_TRUE(bench.close().is_ok());
    EXPECT_EQ(bench.folder.first_column(), numbers(0, 200));
    EXPECT_EQ(bench.counters.lost_records.load(), 0U);
  }
}

TEST_P(BadFile, that_took_nothing_yet_goes_and_the_next_try_is_in_a_new_one) {
  bench_.system.fail_next_writes(EIO);
  bench_.log_many(100);
  bench_.work();
  EXPECT_EQ(bench_.counters.state.load(), uint32_t{PQFLOW_SINK_STATE_DEGRADED});
  EXPECT_EQ(bench_.folder.names(), Names{});
  pass_a_second();
  EXPECT_EQ(bench_.counters.persisted_records.load(), 100U);
  ASSERT_TRUE(bench_.close().is_ok());
  EXPECT_EQ(bench_.folder.names(), (Names{"t-000000.parquet"}));
  EXPECT_EQ(bench_.folder.first_column(), numbers(0, 100));
}

TEST_P(BadFile, whose_end_cannot_be_written_is_set_aside_after_three_tries) {
  bench_.log_many(100);
  bench_.work();
  bench_.system.fail_next_writes(EIO, 1 + WriterAgent::kMaxEndTries);
  bench_.log_many(100);
  bench_.work();
  EXPECT_EQ(bench_.counters.state.load(), uint32_t{PQFLOW_SINK_STATE_DEGRADED});
  EXPECT_EQ(bench_.counters.lost_records.load(), 0U) << "while there is hope";
  pass_a_second();
  EXPECT_EQ(bench_.counters.lost_records.load(), 100U);
  EXPECT_EQ(bench_.counters.files_set_aside.load(), 1U);
  EXPECT_EQ(bench_.counters.write_failures.load(), 4U);
  EXPECT_EQ(bench_.counters.state.load(), uint32_t{PQFLOW_SINK_STATE_RUNNING});
  const base::Result closed = bench_.close();
  EXPECT_EQ(closed.os_error, EIO);
  EXPECT_EQ(closed.call, PQFLOW_FILE_CALL_WRITE);
  EXPECT_NE(closed.message.find("it holds 100 records from sequence 0 on"), std::string::npos) << closed.message;
  EXPECT_EQ(bench_.folder.first_column(), numbers(100, 100)) << "the row group that was refused is in the next file";
  EXPECT_EQ(bench_.folder.names().size(), 2U);
}

TEST_P(BadFile, is_no_reason_for_close_to_give_the_rest_up) {
  bench_.log_many(100);
  bench_.work();
  bench_.system.fail_next_writes(EIO, 1 + WriterAgent::kMaxEndTries);
  bench_.log_many(350);
  EXPECT_EQ(bench_.close().os_error, EIO);
  EXPECT_EQ(bench_.folder.first_column(), numbers(100, 350)) << "close tries three times at once, then takes the next file";
  EXPECT_EQ(bench_.counters.lost_records.load(), 100U);
  EXPECT_EQ(bench_.counters.durable_records.load(), 350U);
}

TEST_P(BadFile, that_cannot_be_synced_is_no_reason_for_close_to_give_the_rest_up) {
  AgentBench bench({.cuts = {.rotate_rows = 100}, .layout = GetParam()});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(250);
  bench.system.fail_next_sync(EIO);
  const base::Result closed = bench.close();
  EXPECT_EQ(closed.os_error, EIO);
  EXPECT_EQ(closed.call, PQFLOW_FILE_CALL_SYNC);
  EXPECT_NE(closed.message.find("it holds 100 records from sequence 0 on"), std::string::npos) << closed.message;
  EXPECT_EQ(bench.folder.first_column(), numbers(100, 150));
  EXPECT_EQ(bench.counters.files_set_aside.load(), 1U);
  EXPECT_EQ(bench.counters.lost_records.load(), 100U);
}

TEST_P(BadFile, is_said_in_the_statistics_with_the_call_and_since_when_and_how_often) {
  bench_.clock.utc_ns = 1'767'225'600'000'000'000;
  bench_.log_many(100);
  bench_.work();
  bench_.system.fail_from_now_on(ENOSPC);
  bench_.log_many(100);
  bench_.work();
  bench_.clock.utc_ns += 5'000'000'000;
  pass_a_second();
  EXPECT_EQ(bench_.counters.last_call.load(), uint32_t{PQFLOW_FILE_CALL_WRITE});
  EXPECT_EQ(bench_.counters.degraded_since_utc_ns.load(), 1'767'225'600'000'000'000U);
  EXPECT_EQ(bench_.counters.degraded_retries.load(), 3U) << "after 100, 200 and 400 ms";
  EXPECT_EQ(bench_.counters.write_failures.load(), 4U);
  bench_.system.heal();
  pass_a_second();
  EXPECT_EQ(bench_.counters.last_call.load(), uint32_t{PQFLOW_FILE_CALL_NONE});
  EXPECT_EQ(bench_.counters.degraded_since_utc_ns.load(), 0U);
  EXPECT_EQ(bench_.counters.degraded_retries.load(), 0U);
  ASSERT_TRUE(bench_.close().is_ok());
  EXPECT_EQ(bench_.folder.files().size(), 1U) << "space returned: the same file goes on";
  EXPECT_EQ(bench_.folder.first_column(), numbers(0, 200));
}

TEST(BadLiveFile, whose_metadata_cannot_be_written_ends_and_shows_its_rows) {
  for (const uint64_t skipped_writes : {1, 2}) {  // The metadata, or the length that makes it seen.
    AgentBench bench({.layout = PQFLOW_FILE_LAYOUT_LIVE});
    ASSERT_TRUE(bench.begin().is_ok());
    bench.system.fail_next_writes(EIO, 1, skipped_writes);
    bench.log_many(100);
    for (int round = 0; round < 50; ++round) {
      bench.clock.now_ns += 1'000'000;
      bench.work();
    }
    EXPECT_EQ(bench.counters.write_failures.load(), 1U);
    EXPECT_EQ(bench.counters.files_finished.load(), 1U);
    EXPECT_EQ(bench.counters.visible_records.load(), 100U);
    bench.log_many(50);
    ASSERT_TRUE(bench.close().is_ok());
    EXPECT_EQ(bench.folder.first_column(), numbers(0, 150));
  }
}

TEST(Remedy, is_another_file_only_where_the_place_in_this_one_fails) {
  const auto of = [](pqflow_file_call call, int os_error) {
    return remedy_for(base::Result::failure(PQFLOW_STATUS_IO_ERROR, "", os_error, call));
  };
  for (const int os_error : {ENOSPC, EDQUOT, EAGAIN, ENOMEM, ENOBUFS}) {
    EXPECT_EQ(of(PQFLOW_FILE_CALL_WRITE, os_error), Remedy::kRetry) << os_error;
  }
  for (const pqflow_file_call call : {PQFLOW_FILE_CALL_WRITE, PQFLOW_FILE_CALL_TRUNCATE, PQFLOW_FILE_CALL_COPY}) {
    EXPECT_EQ(of(call, EIO), Remedy::kNextFile);
    EXPECT_EQ(of(call, EFBIG), Remedy::kNextFile);
  }
  for (const pqflow_file_call call : {PQFLOW_FILE_CALL_CREATE, PQFLOW_FILE_CALL_RENAME, PQFLOW_FILE_CALL_LOOK_UP, PQFLOW_FILE_CALL_CLOSE}) {
    EXPECT_EQ(of(call, EIO), Remedy::kRetry);
  }
}

}  // namespace
}  // namespace pqflow::sink::test
