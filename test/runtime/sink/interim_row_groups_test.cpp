// What readers see of a row group that is being filled, and what is left of it when the file is finished: nothing.
#include "sink/interim_row_groups.hpp"

#include <gtest/gtest.h>

#include "sink/agent_bench.hpp"

namespace pqflow::sink {
namespace {

using test::AgentBench;
using test::BenchOptions;
using test::numbers;

constexpr uint64_t kMillisecondNs = 1'000'000;
constexpr uint64_t kSecondNs = 1'000 * kMillisecondNs;

class InterimRowGroupsTest : public ::testing::Test {
 protected:
  static BenchOptions slow(BenchOptions options = {}) {
    options.layout = PQFLOW_FILE_LAYOUT_LIVE;
    options.has_interims = true;
    options.rotate_bytes = options.rotate_bytes == 0 ? uint64_t{1} << 20 : options.rotate_bytes;
    options.cuts.flush_interval_ns = options.cuts.flush_interval_ns == 0 ? 50 * kMillisecondNs : options.cuts.flush_interval_ns;
    return options;
  }
  // A round a millisecond.
  static void pass(AgentBench& bench, uint64_t duration_ms) {
    for (uint64_t round = 0; round < duration_ms; ++round) {
      bench.clock.now_ns += kMillisecondNs;
      bench.work();
    }
  }
  static test::ProbedFile in_progress(const AgentBench& bench) { return test::probe(bench.folder.path_in_progress()); }
  static std::vector<uint64_t> seen(const AgentBench& bench) {
    std::vector<uint64_t> values = in_progress(bench).first_column;
    std::sort(values.begin(), values.end());  // Newest row groups first.
    return values;
  }
  static std::string bytes_of(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
};

TEST_F(InterimRowGroupsTest, show_records_by_the_flush_interval_while_their_row_group_goes_on_being_filled) {
  AgentBench bench(slow());
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(7);
  pass(bench, 49);
  EXPECT_EQ(bench.counters.visible_records.load(), 0U);
  pass(bench, 20);
  EXPECT_EQ(bench.counters.visible_records.load(), 7U);
  EXPECT_EQ(bench.counters.persisted_records.load(), 7U);
  EXPECT_EQ(bench.counters.row_groups_written.load(), 0U);
  EXPECT_EQ(seen(bench), numbers(0, 7));
  bench.log_many(5);
  pass(bench, 70);
  EXPECT_EQ(seen(bench), numbers(0, 12));
  EXPECT_EQ(in_progress(bench).row_group_rows, (std::vector<int64_t>{5, 7}));
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.files().front().row_group_rows, std::vector<int64_t>{12});
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 12));
}

TEST_F(InterimRowGroupsTest, give_way_to_the_row_group_when_it_is_full) {
  AgentBench bench(slow());
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(90);
  pass(bench, 70);
  EXPECT_EQ(in_progress(bench).row_group_rows, std::vector<int64_t>{90});
  bench.log_many(30);
  pass(bench, 20);
  EXPECT_EQ(in_progress(bench).row_group_rows, std::vector<int64_t>{100}) << "full ones do not wait";
  EXPECT_EQ(bench.counters.visible_records.load(), 100U);
  pass(bench, 70);
  EXPECT_EQ(in_progress(bench).row_group_rows, (std::vector<int64_t>{20, 100}));
  EXPECT_EQ(seen(bench), numbers(0, 120));
}

TEST_F(InterimRowGroupsTest, leave_a_finished_file_of_the_same_bytes_as_without_them) {
  const auto run = [](bool has_interims, size_t encoder_count) {
    BenchOptions options = slow({.metadata = PQFLOW_METADATA_SCHEMA_ONLY, .encoder_count = encoder_count});
    options.has_interims = has_interims;
    options.cuts.flush_interval_ns = has_interims ? 5 * kMillisecondNs : 0;
    AgentBench bench(options);
    EXPECT_TRUE(bench.begin().is_ok());
    for (int burst = 0; burst < 60; ++burst) {
      EXPECT_EQ(bench.log_many(9), 9U);
      pass(bench, 30);
      if (has_interims && encoder_count == 1) {
        EXPECT_EQ(seen(bench), numbers(0, 9 * (static_cast<uint64_t>(burst) + 1)));
      }
    }
    EXPECT_TRUE(bench.close().is_ok());
    return bytes_of(bench.folder.path("t-000000.parquet"));
  };
  const std::string without = run(false, 1);
  EXPECT_GT(without.size(), 10'000U);
  EXPECT_TRUE(run(true, 1) == without);
  EXPECT_TRUE(run(true, 2) == without);
}

TEST_F(InterimRowGroupsTest, are_merged_sixteen_at_a_time) {
  AgentBench bench(slow({.slot_count = 8192, .row_group_rows = 2000}));
  ASSERT_TRUE(bench.begin().is_ok());
  size_t most = 0;
  for (uint64_t count = 1; count <= 600; ++count) {
    bench.log_many(1);
    pass(bench, 70);
    const test::ProbedFile file = in_progress(bench);
    ASSERT_EQ(static_cast<uint64_t>(file.row_count), count);
    most = std::max(most, file.row_group_rows.size());
  }
  EXPECT_EQ(most, 15U + 15U + 1U);
  EXPECT_EQ(in_progress(bench).row_group_rows, (std::vector<int64_t>{1, 1, 1, 1, 1, 1, 1, 1, 16, 16, 16, 16, 16, 256, 256}));
  EXPECT_EQ(seen(bench), numbers(0, 600));
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.files().front().row_group_rows, std::vector<int64_t>{600});
}

TEST_F(InterimRowGroupsTest, are_what_a_flush_writes) {
  AgentBench bench(slow({.cuts = {.flush_interval_ns = 3600 * kSecondNs}}));
  ASSERT_TRUE(bench.begin().is_ok());
  for (uint64_t count = 1; count <= 20; ++count) {
    bench.log_many(1);
    ASSERT_TRUE(bench.flush().is_ok());
    EXPECT_EQ(bench.counters.visible_records.load(), count);
    EXPECT_EQ(seen(bench), numbers(0, count));
  }
  EXPECT_EQ(bench.counters.row_groups_written.load(), 0U);
  ASSERT_TRUE(bench.flush().is_ok()) << "with nothing new";
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.files().front().row_group_rows, std::vector<int64_t>{20});
}

TEST_F(InterimRowGroupsTest, hold_the_records_of_all_lanes_across_the_end_of_the_ring) {
  AgentBench bench(slow({.slot_count = 512, .first_index = 500, .max_lanes = 2}));
  pqflow_lane* other = nullptr;
  ASSERT_TRUE(bench.lanes->attach(other).is_ok());
  ASSERT_TRUE(bench.begin().is_ok());
  std::vector<uint64_t> expected;
  for (int64_t burst = 0; burst < 6; ++burst) {
    for (int64_t index = 0; index < 5; ++index) {
      const test::Tick tick = test::make_tick(1'000'000 + burst * 5 + index);
      ASSERT_EQ(pqflow_lane_log(other, &tick, sizeof tick, bench.geometry.slot_size_bytes), PQFLOW_STATUS_OK);
      expected.push_back(static_cast<uint64_t>(tick.sequence));
      bench.log(500 + burst * 5 + index);
      expected.push_back(static_cast<uint64_t>(500 + burst * 5 + index));
    }
    pass(bench, 70);
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(seen(bench), expected);
  }
  ASSERT_TRUE(bench.close().is_ok());
}

TEST_F(InterimRowGroupsTest, end_a_file_whose_metadata_they_have_filled_with_what_they_showed) {
  AgentBench bench(slow({.rotate_bytes = uint64_t{64} << 10}));
  ASSERT_TRUE(bench.begin().is_ok());
  for (uint64_t count = 1; count <= 600; ++count) {
    bench.log_many(1);
    pass(bench, 70);
    ASSERT_EQ(bench.counters.visible_records.load(), count) << "none is hidden again";
  }
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_GT(bench.folder.files().size(), 1U);
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 600));
}

TEST_F(InterimRowGroupsTest, go_with_the_row_group_into_the_file_that_a_rotation_ends) {
  AgentBench bench(slow({.cuts = {.flush_interval_ns = 10 * kMillisecondNs, .rotate_rows = 25}}));
  ASSERT_TRUE(bench.begin().is_ok());
  for (int count = 0; count < 60; ++count) {
    bench.log_many(1);
    pass(bench, 30);
  }
  ASSERT_TRUE(bench.close().is_ok());
  const std::vector<test::ProbedFile> files = bench.folder.files();
  ASSERT_EQ(files.size(), 3U);
  EXPECT_EQ(files[0].row_group_rows, std::vector<int64_t>{25});
  EXPECT_EQ(files[1].row_group_rows, std::vector<int64_t>{25});
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 60));
}

TEST_F(InterimRowGroupsTest, are_not_there_where_the_file_is_classic) {
  AgentBench bench(slow());
  bench.system.be_remote();
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(7);
  pass(bench, 70);
  EXPECT_EQ(bench.counters.row_groups_written.load(), 1U);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 7));
}

// Each call of a capture fails once with each errno: the capture says so, goes on, and the files hold every record once.
TEST_F(InterimRowGroupsTest, survive_each_errno_at_each_call) {
  for (const int os_error : {ENOSPC, EIO}) {
    uint64_t call_count = 1;
    for (uint64_t failing = 0; failing < call_count; ++failing) {
      AgentBench bench(slow({.rotate_bytes = uint64_t{64} << 10}));
      bench.system.fail(os_error, failing, 1);
      if (!bench.begin().is_ok()) {
        ASSERT_TRUE(bench.begin().is_ok()) << failing;
      }
      for (int burst = 0; burst < 12; ++burst) {
        bench.log_many(19);
        pass(bench, 70);
        bench.clock.now_ns += WriteHealth::kRetryMaxNs;
        bench.work();
      }
      (void)bench.flush();
      const bool is_closed = bench.close().is_ok();
      call_count = std::max(call_count, bench.system.call_count());
      if (is_closed) {
        EXPECT_EQ(bench.folder.first_column(), numbers(0, 228)) << "call " << failing << " errno " << os_error;
      } else {
        EXPECT_EQ(bench.counters.lost_records.load() + bench.folder.first_column().size(), 228U) << failing;
      }
    }
    EXPECT_GT(call_count, 60U);
  }
}

// ---- The slow capture ----

struct SlowDay {
  uint64_t most_row_groups = 0;
  uint64_t footer_bytes = 0;  // The longest.
  uint64_t written_bytes = 0;
  uint64_t longest_delay_ms = 0;  // Beyond the flush interval and a thousandth of the file's age.
  uint64_t final_bytes = 0;
};

uint64_t footer_bytes_of(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  stream.seekg(-8, std::ios::end);
  uint32_t bytes = 0;
  stream.read(reinterpret_cast<char*>(&bytes), sizeof bytes);
  return bytes;
}

// A record a second, `hours` of them, on a clock that the test sets; seen by a reader every `look_s`.
SlowDay slow_day(AgentBench& bench, uint64_t hours, uint64_t look_s) {
  SlowDay day;
  EXPECT_TRUE(bench.begin().is_ok());
  for (uint64_t second = 0; second < hours * 3600; ++second) {
    EXPECT_EQ(bench.log_many(1), 1U);
    for (const uint64_t step_ms : {5U, 15U, 30U, 950U}) {
      bench.clock.now_ns += step_ms * kMillisecondNs;
      bench.work();
    }
    const uint64_t shown = bench.counters.visible_records.load();
    const uint64_t allowed = 1 + 1 + (second + 1) / 1000;  // The interval, the round, a thousandth of the age.
    EXPECT_LE(second + 1 - shown, allowed) << second;
    if (second % look_s == 0) {
      const std::string path = bench.folder.path_in_progress();
      day.most_row_groups = std::max<uint64_t>(day.most_row_groups, test::probe(path).row_group_rows.size());
      day.footer_bytes = std::max(day.footer_bytes, footer_bytes_of(path));
    }
  }
  EXPECT_TRUE(bench.close().is_ok());
  day.written_bytes = bench.counters.bytes_written.load();
  day.final_bytes = std::filesystem::file_size(bench.folder.path("t-000000.parquet"));
  return day;
}

TEST_F(InterimRowGroupsTest, keep_a_slow_capture_of_a_day_in_one_file_as_small_as_one_written_at_once) {
  BenchOptions options = slow({.slot_count = 262'144,
                               .row_group_rows = 65'536,
                               .footer_cap_bytes = size_t{4} << 20,
                               .rotate_bytes = uint64_t{64} << 20,
                               .cuts = {.flush_interval_ns = kSecondNs},
                               .row_group_bytes = uint64_t{128} << 20});
  AgentBench bench(options);
  const SlowDay day = slow_day(bench, 24, 1009);
  EXPECT_EQ(bench.folder.final_names(), std::vector<std::string>{"t-000000.parquet"});
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 86'400));

  options.cuts.flush_interval_ns = 0;
  AgentBench at_once(options);
  ASSERT_TRUE(at_once.begin().is_ok());
  for (uint64_t count = 0; count < 86'400; count += 3600) {
    EXPECT_EQ(at_once.log_many(3600), 3600U);
    at_once.work();
  }
  ASSERT_TRUE(at_once.close().is_ok());
  const uint64_t at_once_bytes = std::filesystem::file_size(at_once.folder.path("t-000000.parquet"));
  std::printf(
      "a day of a record a second: %llu row groups at most, footer %llu bytes at most, %llu bytes written, %llu in the end (%llu)\n",
      static_cast<unsigned long long>(day.most_row_groups), static_cast<unsigned long long>(day.footer_bytes),
      static_cast<unsigned long long>(day.written_bytes), static_cast<unsigned long long>(day.final_bytes),
      static_cast<unsigned long long>(at_once_bytes));
  EXPECT_LE(day.final_bytes * 10, at_once_bytes * 11);
  EXPECT_LE(day.most_row_groups, 4U * 15U + 2U);
  EXPECT_LE(day.footer_bytes, uint64_t{8} << 20);
}

}  // namespace
}  // namespace pqflow::sink
