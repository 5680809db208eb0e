// Files that end with a stretch of the wall clock, and what their names say of it.
#include <gtest/gtest.h>

#include "sink/agent_bench.hpp"
#include "sink/clock_period.hpp"

namespace pqflow::sink::test {
namespace {

constexpr uint64_t kSecond = 1'000'000'000;
constexpr uint64_t kHour = 3600 * kSecond;
constexpr uint64_t kDay = 24 * kHour;
constexpr uint64_t kTen = 20'000 * kDay + 10 * kHour;  // 2024-10-04T10:00Z
constexpr const char* kHourly = "{hour}-{seq:02}.parquet";

struct ClockBench : AgentBench {
  explicit ClockBench(uint64_t utc_ns, BenchOptions options = {}) : AgentBench(hourly(options)) {
    clock.utc_ns = utc_ns;
    EXPECT_TRUE(begin().is_ok());
  }
  static BenchOptions hourly(BenchOptions options) {
    options.cuts.rotate_clock_ns = kHour;
    options.file_name = options.file_name == BenchOptions().file_name ? kHourly : options.file_name;
    return options;
  }
  void log_and_work(uint64_t count) {
    EXPECT_EQ(log_many(count), count);
    work();
  }
  void work_at(uint64_t utc_ns) {
    clock.utc_ns = utc_ns;
    work();
  }
  std::vector<int64_t> rows() const {
    std::vector<int64_t> counts;
    for (const ProbedFile& file : folder.files()) {
      counts.push_back(file.row_count);
    }
    return counts;
  }
};

using Names = std::vector<std::string>;
using Rows = std::vector<int64_t>;

TEST(RotateClock, ends_a_file_with_the_hour_though_no_record_comes) {
  ClockBench bench(kTen + 59 * 60 * kSecond);
  bench.log_and_work(250);
  bench.work_at(kTen + kHour - 1);
  EXPECT_EQ(bench.counters.files_finished.load(), 0U) << "one nanosecond too early";
  bench.work_at(kTen + kHour);
  EXPECT_EQ(bench.folder.names(), Names{"10-00.parquet"});
  EXPECT_EQ(bench.counters.visible_records.load(), 250U);
}

TEST(RotateClock, leaves_records_that_the_writer_takes_in_the_next_hour_to_the_next_file) {
  ClockBench bench(kTen);
  bench.log_and_work(30);
  bench.log_many(5);
  bench.work_at(kTen + kHour + 3);
  bench.log_and_work(7);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.names(), (Names{"10-00.parquet", "11-01.parquet"}));
  EXPECT_EQ(bench.rows(), (Rows{30, 12}));
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 42));
}

TEST(RotateClock, makes_no_file_for_hours_without_a_record) {
  ClockBench bench(kTen);
  bench.log_and_work(1);
  for (uint64_t hour = 1; hour <= 5; ++hour) {
    bench.work_at(kTen + hour * kHour);
  }
  EXPECT_EQ(bench.folder.names(), Names{"10-00.parquet"});
  bench.log_and_work(1);
  bench.work_at(kTen + 6 * kHour);
  EXPECT_EQ(bench.folder.names(), (Names{"10-00.parquet", "15-01.parquet"}));
}

TEST(RotateClock, names_the_first_file_by_the_hour_of_its_first_record) {
  ClockBench bench(kTen + kHour - 1);
  EXPECT_EQ(bench.folder.names(), Names{".10-00.parquet.inprogress"});
  bench.work_at(kTen + 3 * kHour);
  EXPECT_EQ(bench.folder.names(), Names{});
  bench.log_and_work(4);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.names(), Names{"13-00.parquet"});
}

TEST(RotateClock, leaves_one_file_of_zero_rows_when_no_record_ever_came) {
  ClockBench bench(kTen);
  bench.work_at(kTen + 2 * kHour);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.names(), Names{"12-00.parquet"});
  EXPECT_EQ(bench.rows(), Rows{0});
}

TEST(RotateClock, does_not_lose_a_first_record_whose_name_somebody_has_taken_meanwhile) {
  ClockBench bench(kTen);
  bench.work_at(kTen + kHour);
  std::ofstream(bench.folder.path("11-00.parquet")) << "another capture's";
  bench.log_and_work(3);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.names(), (Names{"11-00.1.parquet", "11-00.parquet"}));
  EXPECT_EQ(probe(bench.folder.path("11-00.1.parquet")).row_count, 3);
}

TEST(RotateClock, does_not_end_a_file_twice_when_the_clock_is_put_back_a_little) {
  ClockBench bench(kTen);
  bench.log_and_work(1);
  bench.work_at(kTen + kHour);
  bench.log_and_work(1);
  bench.work_at(kTen + kHour - kSecond);
  bench.log_and_work(1);
  bench.work_at(kTen + kHour + kSecond);
  bench.log_and_work(1);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.names(), (Names{"10-00.parquet", "11-01.parquet"}));
  EXPECT_EQ(bench.rows(), (Rows{1, 3}));
}

TEST(RotateClock, ends_a_file_when_the_clock_is_put_back_by_more_than_a_period) {
  ClockBench bench(kTen + 30 * 60 * kSecond);
  bench.log_and_work(1);
  bench.work_at(kTen - kHour);
  EXPECT_EQ(bench.counters.files_finished.load(), 0U) << "one period";
  bench.work_at(kTen - kHour - 1);
  EXPECT_EQ(bench.counters.files_finished.load(), 1U);
  bench.log_and_work(1);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.names(), (Names{"08-01.parquet", "10-00.parquet"}));
}

TEST(RotateClock, ends_one_file_however_far_the_clock_jumps_ahead) {
  ClockBench bench(kTen);
  bench.log_and_work(10);
  bench.work_at(kTen + 400 * kDay + 2 * kHour);
  bench.log_and_work(10);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.names(), (Names{"10-00.parquet", "12-01.parquet"}));
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 20));
}

TEST(RotateClock, keeps_every_row_once_while_the_clock_wanders) {
  for (const pqflow_file_layout layout : {PQFLOW_FILE_LAYOUT_CLASSIC, PQFLOW_FILE_LAYOUT_LIVE}) {
    BenchOptions options{.rotate_bytes = uint64_t{1} << 20, .cuts = {.rotate_rows = 70}};
    options.layout = layout;
    options.file_name = "{seq}.parquet";
    ClockBench bench(kTen, options);
    uint64_t random = 12345;
    for (int step = 0; step < 200; ++step) {
      random = random * 6364136223846793005 + 1442695040888963407;
      const uint64_t jump = (random >> 33) % (3 * kHour);
      bench.clock.now_ns += kSecond;
      bench.clock.utc_ns = (random >> 20) % 4 == 0 ? bench.clock.utc_ns - jump : bench.clock.utc_ns + jump;
      bench.log_and_work((random >> 40) % 40);
    }
    ASSERT_TRUE(bench.close().is_ok());
    EXPECT_EQ(bench.folder.first_column(), numbers(0, bench.lane->producer.head_index));
    EXPECT_GT(bench.counters.files_finished.load(), 40U);
  }
}

TEST(RotateClock, ends_live_files_and_captures_with_encoder_threads_alike) {
  for (const size_t encoder_count : {size_t{1}, size_t{2}}) {
    BenchOptions options{.rotate_bytes = uint64_t{1} << 20, .encoder_count = encoder_count};
    options.layout = PQFLOW_FILE_LAYOUT_LIVE;
    ClockBench bench(kTen, options);
    bench.log_many(350);
    while (bench.counters.persisted_records.load() < 300) {
      bench.agent->do_work();
    }
    bench.clock.utc_ns += kHour;
    while (bench.counters.files_finished.load() == 0) {
      bench.agent->do_work();
    }
    bench.log_many(50);
    ASSERT_TRUE(bench.close().is_ok());
    EXPECT_EQ(bench.folder.names(), (Names{"10-00.parquet", "11-01.parquet"}));
    EXPECT_EQ(bench.rows(), (Rows{350, 50}));
  }
}

TEST(RotateClock, retries_the_end_of_a_file_and_names_the_next_one_by_the_hour_in_which_it_begins) {
  ClockBench bench(kTen);
  bench.log_and_work(5);
  bench.system.fail_from_now_on(ENOSPC);
  bench.work_at(kTen + kHour);
  EXPECT_EQ(bench.counters.state.load(), PQFLOW_SINK_STATE_DEGRADED);
  bench.log_many(5);
  bench.system.heal();
  bench.clock.now_ns += 10 * kSecond;
  bench.work_at(kTen + 2 * kHour + 1);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.names(), (Names{"10-00.parquet", "12-01.parquet"}));
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 10));
}

// ---- Folders ----

TEST(HiveFolders, are_made_for_the_hours_that_have_records) {
  BenchOptions options;
  options.file_name = "dt={date}/hour={hour}/{schema}-{host}-{pid}-{seq}.parquet";
  ClockBench bench(kTen, options);
  bench.log_and_work(2);
  bench.work_at(kTen + 15 * kHour);
  bench.log_and_work(3);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(probe(bench.folder.path("dt=2024-10-04/hour=10/ticks-db1-77-000000.parquet")).row_count, 2);
  EXPECT_EQ(probe(bench.folder.path("dt=2024-10-05/hour=01/ticks-db1-77-000001.parquet")).row_count, 3);
}

TEST(HiveFolders, hold_the_file_in_progress_beside_its_final_name) {
  for (const pqflow_file_layout layout : {PQFLOW_FILE_LAYOUT_CLASSIC, PQFLOW_FILE_LAYOUT_LIVE}) {
    BenchOptions options{.rotate_bytes = uint64_t{1} << 20};
    options.file_name = "hour={hour}/{seq}.parquet";
    options.layout = layout;
    ClockBench bench(kTen, options);
    bench.log_and_work(2);
    const std::filesystem::directory_iterator entries(bench.folder.path("hour=10"));
    EXPECT_TRUE(entries->path().filename().string().ends_with(".inprogress")) << entries->path();
    ASSERT_TRUE(bench.close().is_ok());
    EXPECT_EQ(probe(bench.folder.path("hour=10/000000.parquet")).row_count, 2);
  }
}

TEST(HiveFolders, that_cannot_be_made_keep_the_records_until_they_can) {
  BenchOptions options;
  options.file_name = "hour={hour}/{seq}.parquet";
  ClockBench bench(kTen, options);
  bench.log_and_work(2);
  bench.work_at(kTen + kHour);
  std::ofstream(bench.folder.path("hour=11")) << "in the way";
  bench.log_and_work(3);
  EXPECT_EQ(bench.counters.state.load(), PQFLOW_SINK_STATE_DEGRADED);
  EXPECT_EQ(bench.counters.last_call.load(), PQFLOW_FILE_CALL_CREATE_FOLDER);
  EXPECT_EQ(bench.failures.get().message,
            bench.folder.path("hour=11") + " is a file where a folder is needed; remove it or choose another path");
  std::filesystem::remove(bench.folder.path("hour=11"));
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(probe(bench.folder.path("hour=11/000001.parquet")).row_count, 3);
}

// ---- Periods ----

TEST(ClockPeriod, begins_at_multiples_of_its_length_since_midnight) {
  ClockPeriod period(6 * kHour);
  period.begin(20'000 * kDay + 13 * kHour);
  EXPECT_FALSE(period.is_over(20'000 * kDay + 18 * kHour - 1));
  EXPECT_TRUE(period.is_over(20'000 * kDay + 18 * kHour));
  EXPECT_FALSE(period.is_over(20'000 * kDay + 6 * kHour));
  EXPECT_TRUE(period.is_over(20'000 * kDay + 6 * kHour - 1));
}

TEST(ClockPeriod, is_not_over_before_1970_has_had_two_of_them) {
  ClockPeriod period(kHour);
  period.begin(0);
  EXPECT_FALSE(period.is_over(0));
  EXPECT_TRUE(period.is_over(kHour));
}

TEST(ClockPeriod, knows_the_nearest_lengths_that_divide_a_day) {
  const NearestPeriods of_seven_hours = nearest_periods(7 * kHour);
  EXPECT_EQ(of_seven_hours.shorter_ns, 6 * kHour);
  EXPECT_EQ(of_seven_hours.longer_ns, 8 * kHour);
  const NearestPeriods of_most_of_a_day = nearest_periods(23 * kHour);
  EXPECT_EQ(of_most_of_a_day.shorter_ns, 12 * kHour);
  EXPECT_EQ(of_most_of_a_day.longer_ns, kDay);
  EXPECT_EQ(nearest_periods(kSecond + 1).shorter_ns, kSecond);
  EXPECT_EQ(nearest_periods(kSecond + 1).longer_ns, 2 * kSecond);
  EXPECT_EQ(nearest_periods(7 * kSecond).shorter_ns, 6 * kSecond) << "no fractions";
}

}  // namespace
}  // namespace pqflow::sink::test
