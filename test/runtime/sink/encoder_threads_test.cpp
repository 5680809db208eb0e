// Row groups on encoder threads: the files are those of one thread, whatever is slow, full or broken.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "sink/agent_bench.hpp"
#include "sink/tick_kernel.hpp"

namespace pqflow::sink::test {
namespace {

constexpr uint64_t kMs = 1'000'000;

// Rounds until it is so, or much too long.
template <typename Condition>
testing::AssertionResult work_until(AgentBench& bench, const Condition& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!condition()) {
    bench.agent->do_work();
    if (std::chrono::steady_clock::now() > deadline) {
      return testing::AssertionFailure() << "nothing came of it in a minute";
    }
  }
  return testing::AssertionSuccess();
}

auto persisted(AgentBench& bench, uint64_t record_count) {
  return [&bench, record_count] { return bench.counters.persisted_records.load() >= record_count; };
}

std::vector<int64_t> rows_of_groups(const AgentBench& bench) {
  std::vector<int64_t> rows;
  for (const ProbedFile& file : bench.folder.files()) {
    rows.insert(rows.end(), file.row_group_rows.begin(), file.row_group_rows.end());
  }
  return rows;
}

std::string bytes_of_file(const AgentBench& bench) {
  std::ifstream stream(bench.folder.path("t-000000.parquet"), std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string key(const ProbedFile& file, const std::string& name) {
  const auto found = file.key_values.find("pqflow:" + name);
  return found != file.key_values.end() ? found->second : "(none)";
}

class EncoderThreads : public testing::TestWithParam<size_t> {};

TEST_P(EncoderThreads, write_every_record_in_order_in_the_row_groups_of_one_thread) {
  AgentBench bench({.encoder_count = GetParam()});
  ASSERT_TRUE(bench.begin().is_ok());
  for (uint64_t burst = 1; bench.lane->producer.head_index < 5000; ++burst) {
    bench.log_many(burst * 37 % 300);
    bench.agent->do_work();
  }
  const uint64_t accepted = bench.lane->producer.head_index;
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, accepted));
  const std::vector<int64_t> rows = rows_of_groups(bench);
  ASSERT_EQ(rows.size(), (accepted + 99) / 100);
  for (size_t group = 0; group + 1 < rows.size(); ++group) {
    EXPECT_EQ(rows[group], 100) << group;
  }
}

TEST_P(EncoderThreads, write_the_same_bytes_again_when_the_same_records_come_in_other_spans) {
  std::string bytes[2];
  for (const uint64_t burst : {uint64_t{1000}, uint64_t{7}}) {
    AgentBench bench({.metadata = PQFLOW_METADATA_SCHEMA_ONLY, .encoder_count = GetParam()});
    ASSERT_TRUE(bench.begin().is_ok());
    while (bench.lane->producer.head_index < 4000) {
      bench.log_many(std::min(burst, 4000 - bench.lane->producer.head_index));
      bench.agent->do_work();
    }
    ASSERT_TRUE(bench.close().is_ok());
    bytes[burst == 7] = bytes_of_file(bench);
  }
  EXPECT_FALSE(bytes[0].empty());
  EXPECT_TRUE(bytes[0] == bytes[1]);
}

TEST_P(EncoderThreads, make_of_a_row_group_that_is_full_by_its_bytes_two) {
  AgentBench bench({.row_group_rows = 200, .encoder_count = GetParam(), .row_group_bytes = 1000});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(450);
  ASSERT_TRUE(bench.flush().is_ok());
  bench.log_many(200);
  ASSERT_TRUE(bench.close().is_ok());
  const std::vector<int64_t> one_thread = {32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 2, 32, 32, 32, 32, 32, 32, 8};
  const std::vector<int64_t> several = {32, 32, 32, 32, 32, 32, 8, 32, 32, 32, 32, 32, 32, 8, 32, 18, 32, 32, 32, 32, 32, 32, 8};
  const std::vector<int64_t> expected = GetParam() == 1 ? one_thread : several;
  EXPECT_EQ(rows_of_groups(bench), expected);
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 650));
  EXPECT_EQ(key(bench.folder.files()[1], "sequence_first"), "450");
  EXPECT_EQ(key(bench.folder.files()[1], "sequence_count"), "200");
}

TEST_P(EncoderThreads, rotate_by_bytes_between_row_groups_as_they_were_dealt) {
  AgentBench bench({.row_group_rows = 200, .rotate_bytes = 3000, .encoder_count = GetParam(), .row_group_bytes = 1000});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(1000);
  ASSERT_TRUE(bench.close().is_ok());
  uint64_t next = 0;
  ASSERT_GE(bench.folder.files().size(), 3U);
  for (const ProbedFile& file : bench.folder.files()) {
    EXPECT_EQ(key(file, "sequence_first"), std::to_string(next));
    EXPECT_EQ(key(file, "sequence_count"), std::to_string(file.row_count));
    EXPECT_EQ(file.first_column, numbers(next, static_cast<uint64_t>(file.row_count)));
    next += static_cast<uint64_t>(file.row_count);
  }
  EXPECT_EQ(next, 1000U);
}

TEST_P(EncoderThreads, keep_files_of_exactly_so_many_rows_where_bytes_end_others_before) {
  AgentBench bench({.rotate_bytes = 9000, .cuts = {.rotate_rows = 250}, .encoder_count = GetParam()});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(1000);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 1000));
  for (const ProbedFile& file : bench.folder.files()) {
    EXPECT_LE(file.row_count, 250);
  }
}

TEST_P(EncoderThreads, finish_files_by_rows_before_they_deal_what_comes_behind) {
  AgentBench bench({.cuts = {.rotate_rows = 250}, .encoder_count = GetParam()});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(620);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(rows_of_groups(bench), (std::vector<int64_t>{100, 100, 50, 100, 100, 50, 100, 20}));
  EXPECT_EQ(bench.folder.files().size(), 3U);
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 620));
}

TEST_P(EncoderThreads, cut_a_row_group_whose_first_record_is_old) {
  AgentBench bench({.cuts = {.flush_interval_ns = 100 * kMs}, .encoder_count = GetParam()});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(130);
  ASSERT_TRUE(work_until(bench, persisted(bench, 100)));
  EXPECT_EQ(bench.counters.persisted_records.load(), 100U);
  bench.clock.now_ns += 100 * kMs;
  ASSERT_TRUE(work_until(bench, persisted(bench, 130)));
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(rows_of_groups(bench), (std::vector<int64_t>{100, 30}));
}

TEST_P(EncoderThreads, count_invalid_values_for_the_file_they_are_in) {
  AgentBench bench({.cuts = {.rotate_rows = 100}, .encoder_count = GetParam()});
  ASSERT_TRUE(bench.begin().is_ok());
  for (int64_t sequence = 0; sequence < 300; ++sequence) {
    Tick tick = make_tick(sequence);
    tick.symbol[0] = sequence % 100 < sequence / 100 ? '\xff' : 'A';
    ASSERT_EQ(pqflow_lane_log(bench.lane, &tick, sizeof tick, bench.geometry.slot_size_bytes), PQFLOW_STATUS_OK);
  }
  ASSERT_TRUE(bench.close().is_ok());
  const auto files = bench.folder.files();
  ASSERT_EQ(files.size(), 3U);
  EXPECT_EQ(key(files[0], "invalid_values"), "(none)");
  EXPECT_EQ(key(files[1], "invalid_values"), R"({"symbol":1})");
  EXPECT_EQ(key(files[2], "invalid_values"), R"({"symbol":2})");
  EXPECT_EQ(bench.counters.invalid_values.load(), 3U);
}

TEST_P(EncoderThreads, keep_every_record_through_failing_writes) {
  for (const bool released_when_persisted : {false, true}) {
    AgentBench bench({.slot_release = released_when_persisted ? PQFLOW_SLOT_RELEASE_WHEN_PERSISTED : PQFLOW_SLOT_RELEASE_PER_SPAN,
                      .encoder_count = GetParam()});
    ASSERT_TRUE(bench.begin().is_ok());
    for (int outage = 0; outage < 5; ++outage) {
      bench.system.fail_from_now_on(ENOSPC);
      bench.log_many(2000);
      EXPECT_EQ(bench.flush().status, PQFLOW_STATUS_NO_SPACE);
      bench.log_many(300);
      bench.work();
      bench.system.heal();
      bench.clock.now_ns += 1000 * kMs;
      bench.agent->do_work();
    }
    const uint64_t accepted = bench.lane->producer.head_index;
    ASSERT_TRUE(bench.close().is_ok());
    EXPECT_EQ(bench.folder.first_column(), numbers(0, accepted));
    EXPECT_EQ(bench.counters.lost_records.load(), 0U);
  }
}

TEST_P(EncoderThreads, lose_nothing_or_say_so_when_any_one_call_fails) {
  const auto capture = [](AgentBench& bench) {
    if (!bench.begin().is_ok()) {
      return false;
    }
    bench.log_many(350);
    (void)bench.flush();
    bench.log_many(250);
    return true;
  };
  AgentBench sound({.encoder_count = GetParam()});
  ASSERT_TRUE(capture(sound) && sound.close().is_ok());
  for (uint64_t call = 0; call < sound.system.call_count(); ++call) {
    AgentBench bench({.encoder_count = GetParam()});
    bench.system.fail(EIO, call, 1);
    if (!capture(bench)) {
      continue;
    }
    const base::Result closed = bench.close();
    const std::vector<uint64_t> written = bench.folder.first_column();
    EXPECT_TRUE(std::is_sorted(written.begin(), written.end())) << call;
    EXPECT_EQ(written.size() + bench.counters.lost_records.load(), 600U) << call;
    EXPECT_EQ(closed.is_ok(), bench.counters.durable_records.load() == 600) << call;
    EXPECT_LE(bench.counters.durable_records.load(), written.size()) << call;
  }
}

TEST_P(EncoderThreads, end_the_capture_behind_the_last_row_group_before_an_exception) {
  TickKernel kernel;
  AgentBench bench({.encoder_count = GetParam(), .unpack = TickKernel::unpack});
  ASSERT_TRUE(bench.begin().is_ok());
  kernel.fail_at(350);
  bench.log_many(800);
  ASSERT_TRUE(work_until(bench, [&] { return bench.counters.state.load() == PQFLOW_SINK_STATE_DEGRADED; }));
  EXPECT_EQ(bench.counters.persisted_records.load(), 300U);
  EXPECT_EQ(bench.counters.last_status.load(), uint32_t{PQFLOW_STATUS_INTERNAL_ERROR});
  const base::Result flushed = bench.flush();
  EXPECT_EQ(flushed.status, PQFLOW_STATUS_INTERNAL_ERROR);
  EXPECT_NE(flushed.message.find(GetParam() == 1 ? "the writer thread stopped: thrown by the kernel" : "an encoder thread stopped: thrown"),
            std::string::npos)
      << flushed.message;
  EXPECT_EQ(bench.close().status, PQFLOW_STATUS_INTERNAL_ERROR);
  EXPECT_EQ(bench.counters.lost_records.load(), 800U);
}

TEST_P(EncoderThreads, do_not_allocate_in_steady_state) {
  if (!pqflow::test::counts_malloc()) {
    GTEST_SKIP() << "needs glibc's malloc, which sanitizers replace";
  }
  TickKernel kernel;
  AgentBench bench({.encoder_count = GetParam(), .unpack = TickKernel::unpack});
  ASSERT_TRUE(bench.begin().is_ok());
  const auto write_groups = [&bench](uint64_t group_count) {
    const uint64_t end = bench.counters.persisted_records.load() + group_count * 100;
    while (bench.counters.persisted_records.load() < end) {
      bench.log_many(std::min<uint64_t>(100, end - bench.lane->producer.head_index));
      bench.agent->do_work();
    }
  };
  write_groups(16);  // The first row groups size what depends on them.
  const uint64_t before = pqflow::test::malloc_count();
  const uint64_t encoders_before = kernel.allocations();
  write_groups(40);
  EXPECT_EQ(pqflow::test::malloc_count(), before);
  EXPECT_EQ(kernel.allocations(), encoders_before);
  EXPECT_GE(kernel.unpacked_records(), 5600U);
}

INSTANTIATE_TEST_SUITE_P(so_many, EncoderThreads, testing::Values(1, 2, 3, 8));

// ---- What only happens with several ----

TEST(TwoEncoders, encode_the_next_row_group_while_the_first_takes_its_time_and_write_it_behind) {
  TickKernel kernel;
  kernel.hold_before(100);
  AgentBench bench({.encoder_count = 2, .unpack = TickKernel::unpack});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(250);
  ASSERT_TRUE(work_until(bench, [&] { return kernel.unpacked_records() == 100; }));
  bench.work();
  EXPECT_EQ(bench.counters.row_groups_written.load(), 0U);
  kernel.open();
  ASSERT_TRUE(work_until(bench, persisted(bench, 200)));
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 250));
}

TEST(TwoEncoders, give_no_slot_back_behind_one_that_is_still_read) {
  TickKernel kernel;
  kernel.hold_before(100);
  AgentBench bench({.encoder_count = 2, .unpack = TickKernel::unpack});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(200);
  ASSERT_TRUE(work_until(bench, [&] { return kernel.unpacked_records() == 100; }));
  bench.work();
  EXPECT_EQ(bench.lane->consumer.tail_index, 0U);
  EXPECT_EQ(bench.log_many(1024), 824U);
  kernel.open();
  ASSERT_TRUE(work_until(bench, [&] { return bench.lane->consumer.tail_index == 1024; }));
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 1024));
}

TEST(TwoEncoders, give_slots_back_while_a_write_fails) {
  TickKernel kernel;
  AgentBench bench({.encoder_count = 2, .unpack = TickKernel::unpack});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(100);
  kernel.hold_before(INT64_MAX);
  bench.system.fail_from_now_on(ENOSPC);
  bench.log_many(100);
  bench.work();
  kernel.open();
  ASSERT_TRUE(work_until(bench, [&] { return bench.counters.state.load() == PQFLOW_SINK_STATE_DEGRADED; }));
  ASSERT_TRUE(work_until(bench, [&] { return kernel.unpacked_records() == 200; }));
  ASSERT_TRUE(
      work_until(bench, [&] { return bench.lane->consumer.tail_index == 200; }));  // Every one, not an eighth of the ring at a time.
  bench.system.heal();
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 200));
}

TEST(TwoEncoders, count_records_that_they_have_not_come_to_as_waiting) {
  TickKernel kernel;
  kernel.hold_before(INT64_MAX);
  AgentBench bench({.encoder_count = 2, .unpack = TickKernel::unpack});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(120);
  bench.work();
  bench.log_many(60);
  bench.work();
  EXPECT_EQ(bench.counters.ring_high_water_records.load(), 180U);
  kernel.open();
  ASSERT_TRUE(bench.close().is_ok());
}

TEST(TwoEncoders, leave_gaps_to_the_file_with_the_record_behind_them) {
  TickKernel kernel;
  AgentBench bench({.slot_count = 64, .row_group_rows = 20, .rotate_bytes = 1000, .encoder_count = 2, .unpack = TickKernel::unpack});
  ASSERT_TRUE(bench.begin().is_ok());
  uint64_t refused = 0;
  for (int round = 0; round < 50; ++round) {
    bench.log_many(UINT64_MAX);
    ++refused;
    bench.agent->do_work();
  }
  ASSERT_TRUE(bench.close().is_ok());
  uint64_t listed = 0;
  for (const ProbedFile& file : bench.folder.files()) {
    const uint64_t first = std::stoull(key(file, "sequence_first"));
    const uint64_t end = first + static_cast<uint64_t>(file.row_count);
    listed += std::stoull(key(file, "dropped_records"));
    const std::string gaps = key(file, "gaps");
    for (size_t at = gaps.find("[", 1); at != std::string::npos; at = gaps.find("[", at + 1)) {
      const uint64_t before = std::stoull(gaps.substr(at + 1));
      EXPECT_TRUE(before >= first && (before < end || end == bench.lane->producer.head_index)) << gaps << " in " << first << " … " << end;
    }
  }
  EXPECT_GT(bench.folder.files().size(), 2U);
  EXPECT_EQ(listed, refused);
}

TEST(TwoEncoders, take_more_memory_than_one) {
  AgentBench one;
  AgentBench two({.encoder_count = 2});
  AgentBench three({.encoder_count = 3});
  const size_t writer_bytes = three.agent->memory_bytes() - two.agent->memory_bytes();
  EXPECT_GT(writer_bytes, size_t{16} << 10);
  EXPECT_GT(two.agent->memory_bytes(), one.agent->memory_bytes() + writer_bytes - (size_t{4} << 10));
}

TEST(TwoEncoders, end_with_the_agent_wherever_they_are) {
  TickKernel kernel;
  for (const uint64_t record_count : {50, 100, 250, 1000}) {
    AgentBench bench({.encoder_count = 2, .unpack = TickKernel::unpack});
    ASSERT_TRUE(bench.begin().is_ok());
    bench.log_many(record_count);
    bench.agent->do_work();
  }
}

}  // namespace
}  // namespace pqflow::sink::test
