// Live files as a capture makes them: what is visible when, full files, row groups that do not fit, folders that cannot have them.
#include <gtest/gtest.h>

#include "sink/agent_bench.hpp"

namespace pqflow::sink {
namespace {

using test::AgentBench;
using test::BenchOptions;
using test::numbers;

constexpr uint64_t kMillisecondNs = 1'000'000;

std::vector<uint64_t> sorted(std::vector<uint64_t> values) {
  std::sort(values.begin(), values.end());  // Readers find a live file's row groups newest first.
  return values;
}

class LiveCapture : public ::testing::Test {
 protected:
  static BenchOptions live(BenchOptions options = {}) {
    options.layout = PQFLOW_FILE_LAYOUT_LIVE;
    options.rotate_bytes = options.rotate_bytes == 0 ? uint64_t{1} << 20 : options.rotate_bytes;
    return options;
  }
  // A round a millisecond.
  static void pass(AgentBench& bench, uint64_t duration_ms) {
    for (uint64_t round = 0; round < duration_ms; ++round) {
      bench.clock.now_ns += kMillisecondNs;
      bench.work();
    }
  }
  static std::string only_name(const AgentBench& bench) {
    EXPECT_EQ(bench.folder.names().size(), 1U);
    return bench.folder.names().front();
  }
  static std::vector<uint64_t> seen(const AgentBench& bench) {
    return sorted(test::probe(bench.folder.path(only_name(bench))).first_column);
  }
};

TEST_F(LiveCapture, shows_full_row_groups_while_the_file_grows_10_ms_after_they_are_written) {
  AgentBench bench(live());
  ASSERT_TRUE(bench.begin().is_ok());
  EXPECT_TRUE(seen(bench).empty());
  bench.log_many(250);
  pass(bench, 9);
  EXPECT_EQ(bench.counters.persisted_records.load(), 200U);
  EXPECT_EQ(bench.counters.visible_records.load(), 0U);
  EXPECT_TRUE(seen(bench).empty());
  pass(bench, 5);
  EXPECT_EQ(bench.counters.visible_records.load(), 200U);
  EXPECT_EQ(seen(bench), numbers(0, 200));
  EXPECT_EQ(bench.counters.durable_records.load(), 0U);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.names(), (std::vector<std::string>{"t-000000.parquet"}));
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 250)) << "in their order";
  EXPECT_EQ(bench.counters.durable_records.load(), 250U);
  EXPECT_EQ(bench.counters.visible_records.load(), 250U);
}

TEST_F(LiveCapture, flush_makes_everything_visible_and_keeps_the_file) {
  AgentBench bench(live());
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(30);
  ASSERT_TRUE(bench.flush().is_ok());
  EXPECT_EQ(bench.counters.visible_records.load(), 30U);
  EXPECT_EQ(bench.counters.files_finished.load(), 0U);
  EXPECT_EQ(seen(bench), numbers(0, 30));
  ASSERT_TRUE(bench.flush().is_ok()) << "with nothing new";
  bench.log_many(5);
  ASSERT_TRUE(bench.flush().is_ok());
  EXPECT_EQ(seen(bench), numbers(0, 35));
}

TEST_F(LiveCapture, publishes_cut_row_groups_by_the_flush_interval) {
  AgentBench bench(live({.cuts = {.flush_interval_ns = 50 * kMillisecondNs}}));
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(7);
  pass(bench, 70);
  EXPECT_EQ(bench.counters.visible_records.load(), 7U);
  EXPECT_EQ(seen(bench), numbers(0, 7));
}

TEST_F(LiveCapture, gives_a_file_in_progress_a_name_that_no_other_had) {
  AgentBench bench(live());
  bench.clock.utc_ns = 1'767'225'600'000'000'000;
  ASSERT_TRUE(bench.begin().is_ok());
  const std::string first = only_name(bench);
  EXPECT_TRUE(first.starts_with(".t-000000.parquet."));
  EXPECT_TRUE(first.ends_with(".inprogress"));
  bench.agent.reset();
  AgentBench later(live());
  later.clock.utc_ns = 1'767'225'600'000'001'000;
  ASSERT_TRUE(later.begin().is_ok());
  EXPECT_NE(only_name(later), first);
}

TEST_F(LiveCapture, goes_on_in_the_next_file_when_one_is_full_and_loses_nothing) {
  AgentBench small(live({.rotate_bytes = uint64_t{64} << 10}));
  ASSERT_TRUE(small.begin().is_ok());
  for (int burst = 0; burst < 100; ++burst) {
    small.log_many(100);
    pass(small, 1);
  }
  ASSERT_TRUE(small.close().is_ok());
  EXPECT_GT(small.folder.files().size(), 2U);
  EXPECT_EQ(small.folder.first_column(), numbers(0, 10'000));
}

TEST_F(LiveCapture, ends_a_file_before_a_row_group_that_has_no_room_and_before_its_metadata_has_none) {
  // Metadata of many small row groups fills the file's share long before their rows do.
  AgentBench bench(live({.row_group_rows = 1, .footer_cap_bytes = 4 << 20, .rotate_bytes = uint64_t{64} << 10}));
  ASSERT_TRUE(bench.begin().is_ok());
  for (int burst = 0; burst < 30; ++burst) {
    bench.log_many(100);
    pass(bench, 12);
  }
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_GT(bench.folder.files().size(), 2U);
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 3'000));
}

TEST_F(LiveCapture, makes_a_file_as_long_as_its_first_row_group_needs) {
  AgentBench bench(live({.slot_count = 131'072, .row_group_rows = 100'000, .rotate_bytes = uint64_t{64} << 10}));
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(100'000);
  pass(bench, 40);
  bench.log_many(10);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 100'010));
}

TEST_F(LiveCapture, is_classic_where_the_folder_cannot_have_live_files_and_says_so) {
  AgentBench bench(live());
  bench.system.be_remote();
  ASSERT_TRUE(bench.begin().is_ok());
  EXPECT_EQ(bench.counters.layout.load(), static_cast<uint32_t>(PQFLOW_FILE_LAYOUT_CLASSIC));
  EXPECT_EQ(bench.counters.is_preallocated.load(), 0U);
  bench.log_many(30);
  ASSERT_TRUE(bench.flush().is_ok()) << "finishes the file, as classic captures do";
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 30));
  ASSERT_TRUE(bench.close().is_ok());
}

TEST_F(LiveCapture, says_that_it_is_live_and_has_its_disk_space) {
  AgentBench bench(live());
  ASSERT_TRUE(bench.begin().is_ok());
  EXPECT_EQ(bench.counters.layout.load(), static_cast<uint32_t>(PQFLOW_FILE_LAYOUT_LIVE));
  EXPECT_EQ(bench.counters.is_preallocated.load(), 1U);
}

TEST_F(LiveCapture, ends_as_the_same_bytes_as_a_classic_capture_with_encoder_threads_too) {
  const auto run = [](pqflow_file_layout layout, size_t encoder_count) {
    AgentBench bench({.slot_count = 4096,
                      .metadata = PQFLOW_METADATA_SCHEMA_ONLY,
                      .rotate_bytes = uint64_t{1} << 20,
                      .encoder_count = encoder_count,
                      .layout = layout});
    EXPECT_TRUE(bench.begin().is_ok());
    for (int burst = 0; burst < 20; ++burst) {
      EXPECT_EQ(bench.log_many(70), 70U);
      pass(bench, 5);
    }
    EXPECT_TRUE(bench.close().is_ok());
    std::ifstream stream(bench.folder.path("t-000000.parquet"), std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(stream), {}};
  };
  for (const size_t encoder_count : {1, 3}) {
    const std::string classic = run(PQFLOW_FILE_LAYOUT_CLASSIC, encoder_count);
    EXPECT_GT(classic.size(), 30'000U);
    EXPECT_TRUE(run(PQFLOW_FILE_LAYOUT_LIVE, encoder_count) == classic) << encoder_count;
  }
}

TEST_F(LiveCapture, shows_what_encoder_threads_have_written_and_no_more) {
  AgentBench bench(live({.encoder_count = 2}));
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(430);
  ASSERT_TRUE(bench.flush().is_ok());
  EXPECT_EQ(bench.counters.visible_records.load(), 430U);
  EXPECT_EQ(seen(bench), numbers(0, 430));
  bench.log_many(20);
  pass(bench, 30);
  EXPECT_EQ(bench.counters.visible_records.load(), 430U) << "their row group is not full";
  EXPECT_EQ(seen(bench), numbers(0, 430));
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 450));
}

// Every call of a capture fails once with each errno: the capture says so, goes on, and the files hold every record once.
TEST_F(LiveCapture, survives_each_errno_at_each_call) {
  for (const int os_error : {ENOSPC, EIO, EDQUOT}) {
    uint64_t call_count = 1;
    for (uint64_t failing = 0; failing < call_count; ++failing) {
      AgentBench bench(live({.rotate_bytes = uint64_t{64} << 10}));
      bench.system.fail(os_error, failing, 1);
      if (!bench.begin().is_ok()) {
        EXPECT_TRUE(bench.folder.names().empty()) << failing;
        ASSERT_TRUE(bench.begin().is_ok()) << failing;
      }
      for (int burst = 0; burst < 5; ++burst) {
        bench.log_many(230);
        pass(bench, 20);
        bench.clock.now_ns += WriteHealth::kRetryMaxNs;
        bench.work();
      }
      (void)bench.flush();
      const base::Result closed = bench.close();
      if (!closed.is_ok()) {  // A failed sync is final, and close() tries everything else again only when it is called again.
        call_count = std::max(call_count, bench.system.call_count());
        EXPECT_EQ(bench.counters.lost_records.load() + bench.folder.first_column().size(), 1'150U) << failing << ' ' << closed.message;
        continue;
      }
      EXPECT_EQ(bench.folder.first_column(), numbers(0, 1'150)) << "call " << failing << " errno " << os_error;
      call_count = std::max(call_count, bench.system.call_count());
    }
    EXPECT_GT(call_count, 40U);
  }
}

}  // namespace
}  // namespace pqflow::sink
