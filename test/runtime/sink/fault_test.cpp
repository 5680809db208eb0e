// A whole capture, with the N-th system call failing for every N: what was accepted is in exactly one finished file in order, or close says
// that it is not.
#include <gtest/gtest.h>

#include <algorithm>

#include "sink/agent_bench.hpp"

namespace pqflow::sink::test {
namespace {

constexpr uint64_t kRecords = 350;

// In order, each once; what is missing was counted as lost, what a power cut may take away not as durable, and then close said so.
void expect_written_or_lost(const AgentBench& bench, const base::Result& closed, uint64_t call) {
  const std::vector<uint64_t> written = bench.folder.first_column();
  EXPECT_TRUE(std::is_sorted(written.begin(), written.end())) << "call " << call;
  EXPECT_EQ(std::adjacent_find(written.begin(), written.end()), written.end()) << "call " << call;
  EXPECT_EQ(written.size(), bench.counters.visible_records.load()) << "call " << call;
  EXPECT_LE(bench.counters.durable_records.load(), written.size()) << "call " << call;
  EXPECT_EQ(written.size() + bench.counters.lost_records.load(), kRecords) << "call " << call;
  EXPECT_EQ(closed.is_ok(), bench.counters.durable_records.load() == kRecords) << "call " << call;
  EXPECT_EQ(closed.message.empty(), closed.is_ok()) << "call " << call;
}

// Three files, rounds of work between; close is the test's.
struct Capture {
  explicit Capture(AgentBench& bench) : bench_(bench) {}

  // False when open failed.
  bool run() {
    if (!bench_.begin().is_ok()) {
      return false;
    }
    for (int file = 0; file < 2; ++file) {
      accepted_ += bench_.log_many(150);
      bench_.work();
      flush_errors_ += bench_.flush().is_ok() ? 0 : 1;
    }
    accepted_ += bench_.log_many(50);
    bench_.work();
    return true;
  }

  AgentBench& bench_;
  uint64_t accepted_ = 0;
  int flush_errors_ = 0;
};

uint64_t calls_of_a_sound_capture() {
  AgentBench bench;
  Capture capture(bench);
  EXPECT_TRUE(capture.run());
  EXPECT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, kRecords));
  return bench.system.call_count();
}

class OneFailingCall : public ::testing::TestWithParam<int> {};

// One call fails once. Only a failed sync is final.
TEST_P(OneFailingCall, loses_nothing_or_is_reported) {
  const uint64_t call_count = calls_of_a_sound_capture();
  ASSERT_GT(call_count, 15U);
  for (uint64_t call = 0; call < call_count; ++call) {
    AgentBench bench;
    bench.system.fail(GetParam(), call, 1);
    Capture capture(bench);
    if (!capture.run()) {
      EXPECT_TRUE(bench.folder.names().empty()) << "call " << call;
      continue;
    }
    ASSERT_EQ(capture.accepted_, kRecords) << "call " << call;
    const base::Result closed = bench.close();
    expect_written_or_lost(bench, closed, call);
    if (!closed.is_ok()) {
      EXPECT_EQ(closed.os_error, GetParam()) << "call " << call;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(with, OneFailingCall, ::testing::Values(ENOSPC, EIO, EDQUOT, EFBIG, EACCES),
                         [](const auto& errno_case) { return "errno_" + std::to_string(errno_case.param); });

TEST(EveryCall, that_fails_from_some_call_on_leaves_only_complete_files_under_final_names) {
  const uint64_t call_count = calls_of_a_sound_capture();
  for (uint64_t call = 0; call < call_count; ++call) {
    AgentBench bench;
    bench.system.fail(ENOSPC, call);
    Capture capture(bench);
    if (!capture.run()) {
      continue;
    }
    const base::Result closed = bench.close();
    EXPECT_EQ(closed.os_error, ENOSPC) << "call " << call;
    expect_written_or_lost(bench, closed, call);  // Throws for an incomplete file.
  }
}

// The disk is full for a while in the middle of the capture.
TEST(EveryCall, that_fails_for_a_while_costs_no_record_once_space_returns_but_for_a_failed_sync) {
  const uint64_t call_count = calls_of_a_sound_capture();
  uint64_t captures_with_loss = 0;
  uint64_t captures_with_doubt = 0;
  for (uint64_t call = 3; call < call_count; ++call) {
    AgentBench bench;
    bench.system.fail(ENOSPC, call);
    Capture capture(bench);
    if (!capture.run()) {
      continue;
    }
    bench.system.heal();
    bench.clock.now_ns += 1'000'000'000;
    bench.work();
    const base::Result closed = bench.close();
    expect_written_or_lost(bench, closed, call);
    captures_with_loss += bench.counters.lost_records.load() != 0 ? 1 : 0;
    captures_with_doubt += !closed.is_ok() && bench.counters.lost_records.load() == 0 ? 1 : 0;
  }
  EXPECT_EQ(captures_with_loss, 2U);   // The syncs of the two flushed files.
  EXPECT_EQ(captures_with_doubt, 2U);  // Of their folder.
}

TEST(InterruptedCalls, are_repeated_unseen) {
  const uint64_t call_count = calls_of_a_sound_capture();
  for (uint64_t call = 0; call < call_count; ++call) {
    AgentBench bench;
    bench.system.fail(EINTR, call, 1);
    Capture capture(bench);
    ASSERT_TRUE(capture.run()) << "call " << call;
    EXPECT_EQ(capture.flush_errors_, 0) << "call " << call;
    EXPECT_TRUE(bench.close().is_ok()) << "call " << call;
    EXPECT_EQ(bench.folder.first_column(), numbers(0, kRecords)) << "call " << call;
  }
}

TEST(ShortWrites, are_continued_where_they_ended) {
  AgentBench bench;
  bench.system.write_at_most(7);
  Capture capture(bench);
  ASSERT_TRUE(capture.run());
  EXPECT_EQ(capture.flush_errors_, 0);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, kRecords));
  EXPECT_EQ(bench.counters.write_failures.load(), 0U);
}

TEST(ShortWrites, that_end_in_a_full_disk_are_repeated_at_the_same_offset) {
  AgentBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.system.write_at_most(100);
  bench.system.fail(ENOSPC, bench.system.call_count() + 5, 1);
  bench.log_many(100);
  bench.work();
  EXPECT_EQ(bench.counters.state.load(), uint32_t{PQFLOW_SINK_STATE_DEGRADED});
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 100));
}

}  // namespace
}  // namespace pqflow::sink::test
