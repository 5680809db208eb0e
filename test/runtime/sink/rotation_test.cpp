// When a capture goes on in the next file, and when records are written although their row group is not full.
#include <gtest/gtest.h>

#include "sink/agent_bench.hpp"

namespace pqflow::sink::test {
namespace {

constexpr uint64_t kMs = 1'000'000;
constexpr uint64_t kSecond = 1000 * kMs;

std::vector<int64_t> rows_of_files(const AgentBench& bench) {
  std::vector<int64_t> rows;
  for (const ProbedFile& file : bench.folder.files()) {
    rows.push_back(file.row_count);
  }
  return rows;
}

// Sequence ranges follow one another without a hole, each file names its own.
void expect_seamless_ranges(const AgentBench& bench) {
  uint64_t next = 0;
  for (const ProbedFile& file : bench.folder.files()) {
    EXPECT_EQ(file.key_values.at("pqflow:sequence_first"), std::to_string(next)) << file.path;
    EXPECT_EQ(file.key_values.at("pqflow:sequence_count"), std::to_string(file.row_count)) << file.path;
    next += static_cast<uint64_t>(file.row_count);
  }
}

// ---- flush_interval ----

TEST(FlushInterval, writes_a_row_group_whose_oldest_record_is_that_old) {
  AgentBench bench({.cuts = {.flush_interval_ns = 100 * kMs}});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(10);
  bench.work();
  bench.clock.now_ns += 60 * kMs;
  bench.log_many(5);
  bench.work();
  EXPECT_EQ(bench.counters.persisted_records.load(), 0U);
  bench.clock.now_ns += 40 * kMs - 1;
  bench.work();
  EXPECT_EQ(bench.counters.persisted_records.load(), 0U) << "one nanosecond too early";
  bench.clock.now_ns += 1;
  bench.work();
  EXPECT_EQ(bench.counters.persisted_records.load(), 15U);
  EXPECT_EQ(bench.counters.files_finished.load(), 0U) << "the file goes on";
}

TEST(FlushInterval, counts_anew_for_each_row_group_and_never_writes_an_empty_one) {
  AgentBench bench({.cuts = {.flush_interval_ns = 100 * kMs}});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(3);
  bench.work();
  for (int round = 0; round < 5; ++round) {
    bench.clock.now_ns += 100 * kMs;
    bench.work();
  }
  EXPECT_EQ(bench.counters.row_groups_written.load(), 1U);
  bench.log_many(4);
  bench.work();
  bench.clock.now_ns += 99 * kMs;
  bench.work();
  EXPECT_EQ(bench.counters.row_groups_written.load(), 1U);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.files()[0].row_group_rows, (std::vector<int64_t>{3, 4}));
}

TEST(FlushInterval, does_not_hold_up_row_groups_that_fill_earlier) {
  AgentBench bench({.row_group_rows = 100, .cuts = {.flush_interval_ns = 100 * kMs}});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(230);
  bench.work();
  EXPECT_EQ(bench.counters.persisted_records.load(), 200U);
  bench.clock.now_ns += 100 * kMs;
  bench.work();
  EXPECT_EQ(bench.counters.persisted_records.load(), 230U);
}

TEST(FlushInterval, of_0_writes_full_row_groups_only) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(10);
  bench.work();
  bench.clock.now_ns += 3600 * kSecond;
  bench.work();
  EXPECT_EQ(bench.counters.persisted_records.load(), 0U);
}

TEST(FlushInterval, gives_slots_back_that_are_held_until_their_row_group_is_written) {
  AgentBench bench({.slot_count = 64,
                    .row_group_rows = 1000,
                    .slot_release = PQFLOW_SLOT_RELEASE_WHEN_PERSISTED,
                    .cuts = {.flush_interval_ns = 100 * kMs}});
  ASSERT_TRUE(bench.begin().is_ok());
  EXPECT_EQ(bench.log_many(100), 64U);
  bench.work();
  bench.clock.now_ns += 100 * kMs;
  bench.work();
  EXPECT_EQ(bench.log_many(100), 64U);
}

TEST(FlushInterval, keeps_the_row_group_while_writes_fail_and_writes_it_when_they_succeed) {
  AgentBench bench({.cuts = {.flush_interval_ns = 100 * kMs}});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(10);
  bench.work();
  bench.system.fail_from_now_on(ENOSPC);
  // The first row group of a file waits in the output buffer: its end shows the failure.
  bench.clock.now_ns += 100 * kMs;
  bench.work();
  EXPECT_FALSE(bench.flush().is_ok());
  bench.system.heal();
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 10));
}

// ---- rotate_rows ----

TEST(RotateRows, gives_files_of_exactly_that_many_rows) {
  AgentBench bench({.row_group_rows = 100, .cuts = {.rotate_rows = 250}});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(620);
  bench.work();
  EXPECT_EQ(bench.counters.files_finished.load(), 2U);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(rows_of_files(bench), (std::vector<int64_t>{250, 250, 120}));
  EXPECT_EQ(bench.folder.files()[0].row_group_rows, (std::vector<int64_t>{100, 100, 50}));
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 620));
  expect_seamless_ranges(bench);
}

TEST(RotateRows, finishes_a_file_with_its_last_row_and_begins_the_next_with_its_first) {
  AgentBench bench({.cuts = {.rotate_rows = 30}});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(30);
  bench.work();
  EXPECT_EQ(bench.folder.names(), (std::vector<std::string>{"t-000000.parquet"}));
  bench.log_many(1);
  bench.work();
  EXPECT_EQ(bench.folder.names(), (std::vector<std::string>{".t-000001.parquet.inprogress", "t-000000.parquet"}));
}

TEST(RotateRows, counts_from_the_start_of_the_file_after_a_flush) {
  AgentBench bench({.cuts = {.rotate_rows = 30}});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(20);
  ASSERT_TRUE(bench.flush().is_ok());
  bench.log_many(40);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(rows_of_files(bench), (std::vector<int64_t>{20, 30, 10}));
  expect_seamless_ranges(bench);
}

TEST(RotateRows, lists_each_gap_in_the_file_that_holds_the_record_behind_it) {
  AgentBench bench({.slot_count = 64, .cuts = {.rotate_rows = 64}});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(100);
  bench.log(0);
  bench.work();
  bench.log_many(10);
  ASSERT_TRUE(bench.close().is_ok());
  const auto files = bench.folder.files();
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].key_values.at("pqflow:sequence_count"), "64");
  EXPECT_EQ(files[0].key_values.at("pqflow:dropped_records"), "2") << "refused before the file was finished";
  EXPECT_EQ(files[1].key_values.at("pqflow:dropped_records"), "0");
  EXPECT_EQ(files[1].key_values.at("pqflow:sequence_first"), "64");
}

TEST(RotateRows, counts_from_0_in_the_file_behind_one_that_cannot_be_synced) {
  AgentBench bench({.cuts = {.rotate_rows = 30}});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(20);
  bench.work();
  bench.log_many(47);
  bench.system.fail_next_sync(EIO);
  bench.work();
  EXPECT_FALSE(bench.close().is_ok());
  EXPECT_EQ(bench.counters.lost_records.load(), 30U);
  EXPECT_EQ(rows_of_files(bench), (std::vector<int64_t>{30, 7}));
  EXPECT_EQ(bench.folder.first_column(), numbers(30, 37));
}

// ---- rotate_bytes ----

TEST(RotateBytes, ends_a_file_with_the_row_group_that_reaches_the_size) {
  AgentBench bench({.row_group_rows = 100, .rotate_bytes = 10'000});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(1000);
  bench.work();
  EXPECT_GE(bench.counters.files_finished.load(), 2U);
  ASSERT_TRUE(bench.close().is_ok());
  const auto files = bench.folder.files();
  for (size_t index = 0; index + 1 < files.size(); ++index) {
    const auto file_bytes = std::filesystem::file_size(files[index].path);
    EXPECT_GE(file_bytes, 10'000U);
    EXPECT_LT(file_bytes, 10'000U + 100 * 60) << "one row group too many";
    EXPECT_EQ(files[index].row_count % 100, 0);
  }
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 1000));
  expect_seamless_ranges(bench);
}

TEST(RotateBytes, of_0_lets_a_file_grow) {
  AgentBench bench({.row_group_rows = 100});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(1000);
  bench.work();
  EXPECT_EQ(bench.counters.files_finished.load(), 0U);
}

// ---- rotate_interval ----

TEST(RotateInterval, finishes_a_file_whose_oldest_record_is_that_old_though_no_record_comes) {
  AgentBench bench({.cuts = {.rotate_interval_ns = 10 * kSecond}});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.clock.now_ns += 100 * kSecond;
  bench.work();
  EXPECT_EQ(bench.counters.files_finished.load(), 0U) << "a file without a record has no age";
  bench.log_many(250);
  bench.work();
  bench.clock.now_ns += 10 * kSecond - 1;
  bench.work();
  EXPECT_EQ(bench.counters.files_finished.load(), 0U);
  bench.clock.now_ns += 1;
  bench.work();
  EXPECT_EQ(bench.counters.visible_records.load(), 250U);
  EXPECT_EQ(bench.folder.names(), (std::vector<std::string>{"t-000000.parquet"}));
}

TEST(RotateInterval, counts_anew_for_each_file) {
  AgentBench bench({.cuts = {.rotate_interval_ns = 10 * kSecond}});
  ASSERT_TRUE(bench.begin().is_ok());
  for (int file = 0; file < 3; ++file) {
    bench.log_many(20);
    bench.work();
    bench.clock.now_ns += 9 * kSecond;
    bench.log_many(1);
    bench.work();
    bench.clock.now_ns += kSecond;
    bench.work();
    bench.clock.now_ns += 7 * kSecond;
    bench.work();
  }
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(rows_of_files(bench), (std::vector<int64_t>{21, 21, 21}));
  expect_seamless_ranges(bench);
}

TEST(RotateInterval, names_each_file_by_the_date_it_was_opened_at) {
  constexpr uint64_t kDay = 24 * 3600 * kSecond;
  AgentBench bench({.cuts = {.rotate_interval_ns = kSecond}, .file_name = "t-{utc_date}-{seq}.parquet"});
  bench.clock.utc_ns = 19'675 * kDay;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(5);
  bench.work();
  bench.clock.now_ns += kSecond;
  bench.work();
  bench.clock.utc_ns += kDay;
  bench.log_many(5);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.names(), (std::vector<std::string>{"t-2023-11-14-000000.parquet", "t-2023-11-15-000001.parquet"}));
}

}  // namespace
}  // namespace pqflow::sink::test
