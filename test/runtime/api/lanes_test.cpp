// Many producers through the public API: threads that come and go.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "api/producers.hpp"
#include "support/malloc_count.hpp"

namespace pqflow::api_test {
namespace {

pqflow_lane_stats lane_stats(ApiBench& bench, size_t lane_index) {
  pqflow_lane_stats stats{};
  stats.struct_size_bytes = sizeof stats;
  EXPECT_EQ(pqflow_sink_lane_stats(bench.sink, lane_index, &stats), PQFLOW_STATUS_OK);
  return stats;
}

struct StormSetting {
  const char* name;
  bool detaches_at_exit;
  uint32_t encoder_threads;
};

class AttachStorm : public ::testing::TestWithParam<StormSetting> {};

// Waves of threads that attach, log and end, fewer lanes than threads have come, flushes in between.
TEST_P(AttachStorm, has_every_accepted_record_in_a_file_once_and_in_its_producer_s_order) {
  constexpr int kWaves = 40;
  constexpr int kThreads = 4;
  const bool detaches_at_exit = GetParam().detaches_at_exit;
  ApiBench bench;
  bench.options.max_lanes = kThreads + 1;
  bench.options.ring_slots_count = 256;
  bench.options.row_group_rows = 50;
  bench.options.encoder_threads = GetParam().encoder_threads;
  bench.options.idle_sleep_max_ns = 5'000;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  std::vector<Producer> producers;
  for (int64_t number = 0; number < kWaves * kThreads; ++number) {
    producers.push_back({number});
  }
  for (int wave = 0; wave < kWaves; ++wave) {
    std::vector<std::thread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&bench, &producer = producers[static_cast<size_t>(wave * kThreads + thread)], detaches_at_exit] {
        pqflow_lane* const lane = detaches_at_exit ? thread_lane(bench) : attach(bench);
        producer.run(lane, 300 + static_cast<int>(producer.number) % 200);
        if (!detaches_at_exit) {
          EXPECT_EQ(pqflow_sink_detach_lane(bench.sink, lane, nullptr), PQFLOW_STATUS_OK);
        }
      });
    }
    if (wave % 8 == 3) {
      EXPECT_EQ(pqflow_sink_flush(bench.sink, nullptr), PQFLOW_STATUS_OK);
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
  }
  ASSERT_EQ(pqflow_sink_close(bench.sink, nullptr), PQFLOW_STATUS_OK);
  check_ledger(bench.folder.first_column(), producers);
  EXPECT_EQ(bench.stats().lanes_attached, 1U) << "the opening thread's";
  EXPECT_LE(bench.stats().lanes_count, kThreads + 1U);
}

INSTANTIATE_TEST_SUITE_P(detach, AttachStorm,
                         ::testing::Values(StormSetting{"by_hand", false, 1}, StormSetting{"at_thread_exit", true, 1},
                                           StormSetting{"by_hand_with_two_encoders", false, 2},
                                           StormSetting{"at_thread_exit_with_three_encoders", true, 3}),
                         [](const auto& info) { return info.param.name; });

TEST(Flush, has_what_other_threads_had_logged_before_it) {
  ApiBench bench;
  bench.options.rotate_bytes = 1 << 20;  // A short file is soon read.
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  std::thread([&] { EXPECT_EQ(log_to(thread_lane(bench), 7), PQFLOW_STATUS_OK); }).join();
  pqflow_lane* const stalled = attach(bench);
  ASSERT_NE(pqflow_lane_reserve(stalled, bench.descriptor.slot_size_bytes), nullptr);
  ASSERT_EQ(pqflow_sink_flush(bench.sink, nullptr), PQFLOW_STATUS_OK);
  EXPECT_EQ(sink::test::probe(bench.folder.path_in_progress()).first_column, (std::vector<uint64_t>{7}));
}

TEST(ThreadLane, is_the_opening_lane_for_the_opening_thread_and_another_one_for_each_other) {
  ApiBench bench;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  EXPECT_EQ(thread_lane(bench), bench.lane());
  std::thread([&] {
    pqflow_lane* const lane = thread_lane(bench);
    EXPECT_NE(lane, bench.lane());
    EXPECT_EQ(thread_lane(bench), lane) << "asked again";
    EXPECT_EQ(bench.stats().lanes_attached, 2U);
  }).join();
  EXPECT_EQ(bench.stats().lanes_attached, 1U) << "the thread has ended";
  EXPECT_EQ(lane_stats(bench, 1).lane_state, uint32_t{PQFLOW_LANE_STATE_DETACHED});
}

TEST(ThreadLane, is_a_new_one_after_it_was_detached_by_hand) {
  ApiBench bench;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  std::thread([&] {
    pqflow_lane* const first = thread_lane(bench);
    EXPECT_EQ(log_to(first, 1), PQFLOW_STATUS_OK);
    EXPECT_EQ(pqflow_sink_detach_lane(bench.sink, first, nullptr), PQFLOW_STATUS_OK);
    EXPECT_EQ(log_to(thread_lane(bench), 2), PQFLOW_STATUS_OK);
    EXPECT_EQ(bench.stats().lanes_attached, 2U);
  }).join();
  EXPECT_EQ(bench.stats().lanes_attached, 1U);
}

TEST(ThreadLane, of_a_thread_that_outlives_the_sink_is_forgotten_with_it) {
  std::thread([] {
    for (int64_t round = 0; round < 3; ++round) {
      ApiBench bench;
      std::thread([&] { ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK); }).join();
      EXPECT_EQ(log_to(thread_lane(bench), round), PQFLOW_STATUS_OK) << "a sink may lie where the last one lay";
      ASSERT_EQ(pqflow_sink_close(bench.sink, nullptr), PQFLOW_STATUS_OK);
      EXPECT_EQ(log_to(thread_lane(bench), round), PQFLOW_STATUS_CLOSED);
      EXPECT_EQ(bench.stats().late_records, 1U);
      EXPECT_EQ(bench.folder.first_column(), (std::vector<uint64_t>{static_cast<uint64_t>(round)}));
    }
  }).join();
}

TEST(ThreadLane, is_refused_when_every_lane_is_attached) {
  ApiBench bench;
  bench.options.max_lanes = 1;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  std::thread([&] {
    pqflow_lane* lane = nullptr;
    EXPECT_EQ(pqflow_sink_thread_lane(bench.sink, &lane, &bench.error), PQFLOW_STATUS_LANE_UNAVAILABLE);
    EXPECT_EQ(lane, nullptr);
  }).join();
  EXPECT_EQ(pqflow_sink_thread_lane(bench.sink, nullptr, nullptr), PQFLOW_STATUS_INVALID_ARGUMENT);
}

TEST(LaneStats, tell_each_lane_s_share) {
  ApiBench bench;
  bench.options.layout = PQFLOW_FILE_LAYOUT_CLASSIC;  // Which flush finishes: its records are durable.
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  pqflow_lane* const lane = attach(bench);
  ASSERT_EQ(log_to(lane, 1), PQFLOW_STATUS_OK);
  ASSERT_EQ(log_to(lane, 2), PQFLOW_STATUS_OK);
  ASSERT_EQ(bench.log(3), PQFLOW_STATUS_OK);
  ASSERT_EQ(pqflow_sink_flush(bench.sink, nullptr), PQFLOW_STATUS_OK);
  EXPECT_EQ(lane_stats(bench, 0).durable_records, 1U);
  const pqflow_lane_stats second = lane_stats(bench, 1);
  EXPECT_EQ(second.lane_state, uint32_t{PQFLOW_LANE_STATE_OPEN});
  EXPECT_EQ(second.accepted_records, 2U);
  EXPECT_EQ(second.persisted_records, 2U);
  EXPECT_EQ(second.visible_records, 2U);
  EXPECT_EQ(second.waiting_records, 0U);
  EXPECT_GE(second.high_water_records, 1U);
  EXPECT_EQ(bench.stats().accepted_records, 3U);
  EXPECT_EQ(bench.stats().lanes_count, 2U);
}

TEST(LaneStats, are_refused_for_a_lane_that_does_not_exist_and_without_a_size) {
  ApiBench bench;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  pqflow_lane_stats stats{};
  EXPECT_EQ(pqflow_sink_lane_stats(bench.sink, 0, &stats), PQFLOW_STATUS_INVALID_ARGUMENT) << "its size is 0";
  stats.struct_size_bytes = sizeof stats;
  EXPECT_EQ(pqflow_sink_lane_stats(bench.sink, 1, &stats), PQFLOW_STATUS_INVALID_ARGUMENT);
  EXPECT_EQ(pqflow_sink_lane_stats(bench.sink, 0, nullptr), PQFLOW_STATUS_INVALID_ARGUMENT);
}

TEST(FullPolicy, makes_producers_wait_so_that_nothing_is_dropped) {
  ApiBench bench;
  bench.options.ring_slots_count = 64;
  bench.options.peak_records_per_s = 0;
  bench.options.full_policy = PQFLOW_FULL_POLICY_BLOCK;
  bench.options.full_timeout_ns = 60'000'000'000;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  std::thread([&] {
    pqflow_lane* const lane = thread_lane(bench);
    for (int64_t number = 0; number < 5'000; ++number) {
      ASSERT_EQ(log_to(lane, number), PQFLOW_STATUS_OK);
    }
  }).join();
  ASSERT_EQ(pqflow_sink_close(bench.sink, nullptr), PQFLOW_STATUS_OK);
  EXPECT_EQ(bench.stats().dropped_records, 0U);
  EXPECT_EQ(bench.stats().persisted_records, 5'000U);
  EXPECT_GT(bench.stats().stalls, 0U);
  EXPECT_GT(bench.stats().stall_ns, 0U);
}

pqflow_full_answer count_and_drop(void* context, uint32_t lane_index, uint64_t) {
  EXPECT_EQ(lane_index, 0U);
  ++*static_cast<uint64_t*>(context);
  return PQFLOW_FULL_ANSWER_DROP;
}

TEST(FullPolicy, asks_the_callback_about_every_record_that_finds_no_room) {
  uint64_t asked = 0;
  ApiBench bench;
  bench.options.ring_slots_count = 64;
  bench.options.peak_records_per_s = 0;
  bench.options.full_policy = PQFLOW_FULL_POLICY_CALLBACK;
  bench.options.full_callback = count_and_drop;
  bench.options.full_context = &asked;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  for (int64_t number = 0; number < 20'000; ++number) {
    bench.log(number);
  }
  EXPECT_GT(asked, 0U);
  EXPECT_EQ(bench.stats().dropped_records, asked);
}

TEST(Contract, log_to_an_attached_lane_never_allocates) {
  if (!pqflow::test::counts_malloc()) {
    GTEST_SKIP() << "needs glibc's malloc, which sanitizers replace";
  }
  ApiBench bench;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  std::thread([&] {
    pqflow_lane* const lane = thread_lane(bench);
    const uint64_t before = pqflow::test::malloc_count();
    for (int64_t number = 0; number < 5'000; ++number) {
      log_to(lane, number);
      ASSERT_EQ(thread_lane(bench), lane);
    }
    EXPECT_EQ(pqflow::test::malloc_count(), before);
  }).join();
}

}  // namespace
}  // namespace pqflow::api_test
