// Many producers through the public API: threads that come and go, and a process that forks.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <map>
#include <thread>
#include <vector>

#include "api/api_bench.hpp"
#include "support/malloc_count.hpp"
#include "support/sanitizers.hpp"

namespace pqflow::api_test {
namespace {

pqflow_status log_to(pqflow_lane* lane, int64_t number) {
  const Tick tick = make_tick(number);
  return pqflow_lane_log(lane, &tick, sizeof tick, pqflow_slot_size_bytes(sizeof(Tick), alignof(Tick)));
}

pqflow_lane* attach(ApiBench& bench) {
  pqflow_lane* lane = nullptr;
  EXPECT_EQ(pqflow_sink_attach_lane(bench.sink, &lane, nullptr), PQFLOW_STATUS_OK);
  return lane;
}

pqflow_lane* thread_lane(ApiBench& bench) {
  pqflow_lane* lane = nullptr;
  EXPECT_EQ(pqflow_sink_thread_lane(bench.sink, &lane, nullptr), PQFLOW_STATUS_OK);
  return lane;
}

pqflow_lane_stats lane_stats(ApiBench& bench, size_t lane_index) {
  pqflow_lane_stats stats{};
  stats.struct_size_bytes = sizeof stats;
  EXPECT_EQ(pqflow_sink_lane_stats(bench.sink, lane_index, &stats), PQFLOW_STATUS_OK);
  return stats;
}

// What a producer of the storm has had accepted, one after the other; the record says who logged it.
constexpr int kProducerShift = 32;

struct Producer {
  int64_t number;
  uint64_t accepted = 0;

  void run(pqflow_lane* lane, int attempts) {
    for (int i = 0; i < attempts; ++i) {
      const int64_t record = (number << kProducerShift) | static_cast<int64_t>(accepted);
      accepted += log_to(lane, record) == PQFLOW_STATUS_OK ? 1 : 0;
      if (i % 64 == 0) {
        std::this_thread::yield();
      }
    }
  }
};

// Every accepted record exactly once, and each producer's in its order.
void check_ledger(const std::vector<uint64_t>& records, const std::vector<Producer>& producers) {
  std::vector<uint64_t> next(producers.size());
  for (const uint64_t record : records) {
    const uint64_t number = record >> kProducerShift;
    ASSERT_LT(number, producers.size());
    ASSERT_EQ(record & 0xffffffffU, next[number]) << "of producer " << number;
    ++next[number];
  }
  for (const Producer& producer : producers) {
    EXPECT_EQ(next[static_cast<size_t>(producer.number)], producer.accepted) << "of producer " << producer.number;
  }
}

class AttachStorm : public ::testing::TestWithParam<bool> {};

// Waves of threads that attach, log and end, fewer lanes than threads have come, flushes in between.
TEST_P(AttachStorm, has_every_accepted_record_in_a_file_once_and_in_its_producer_s_order) {
  constexpr int kWaves = 40;
  constexpr int kThreads = 4;
  const bool detaches_at_exit = GetParam();
  ApiBench bench;
  bench.options.max_lanes = kThreads + 1;
  bench.options.ring_slots_count = 256;
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

INSTANTIATE_TEST_SUITE_P(detach, AttachStorm, ::testing::Values(false, true),
                         [](const auto& info) { return info.param ? "at_thread_exit" : "by_hand"; });

TEST(Flush, has_what_other_threads_had_logged_before_it) {
  ApiBench bench;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  std::thread([&] { EXPECT_EQ(log_to(thread_lane(bench), 7), PQFLOW_STATUS_OK); }).join();
  pqflow_lane* const stalled = attach(bench);
  ASSERT_NE(pqflow_lane_reserve(stalled, bench.descriptor.slot_size_bytes), nullptr);
  ASSERT_EQ(pqflow_sink_flush(bench.sink, nullptr), PQFLOW_STATUS_OK);
  EXPECT_EQ(bench.folder.first_column(), (std::vector<uint64_t>{7}));
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

// What a child may find: 0, or the number of the first thing that is wrong.
int use_in_child(ApiBench& bench, pqflow_lane* attached) {
  pqflow_lane* lane = nullptr;
  const bool refused[] = {
      bench.log(100) == PQFLOW_STATUS_FORKED,
      log_to(attached, 101) == PQFLOW_STATUS_FORKED,
      pqflow_sink_attach_lane(bench.sink, &lane, nullptr) == PQFLOW_STATUS_FORKED,
      pqflow_sink_detach_lane(bench.sink, attached, nullptr) == PQFLOW_STATUS_FORKED,
      pqflow_sink_flush(bench.sink, nullptr) == PQFLOW_STATUS_FORKED,
      pqflow_sink_close(bench.sink, nullptr) == PQFLOW_STATUS_FORKED,
      pqflow_sink_last_error(bench.sink, nullptr) == PQFLOW_STATUS_FORKED,
      bench.stats().state == PQFLOW_SINK_STATE_CLOSED,
  };
  for (size_t index = 0; index < std::size(refused); ++index) {
    if (!refused[index]) {
      return static_cast<int>(index) + 1;
    }
  }
  pqflow_sink_free(bench.sink);
  return 0;
}

TEST(Fork, leaves_the_sink_to_the_parent_and_tells_the_child_so) {
#if PQFLOW_TEST_IS_SANITIZED
  GTEST_SKIP() << "ThreadSanitizer does not follow a child of a process with threads";
#else
  ApiBench bench;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  pqflow_lane* const attached = attach(bench);
  ASSERT_EQ(bench.log(1), PQFLOW_STATUS_OK);
  const pid_t child = fork();
  if (child == 0) {
    _exit(use_in_child(bench, attached));
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  ASSERT_EQ(bench.log(2), PQFLOW_STATUS_OK) << "the parent's lane has its credit still";
  ASSERT_EQ(log_to(attached, 3), PQFLOW_STATUS_OK);
  ASSERT_EQ(pqflow_sink_close(bench.sink, nullptr), PQFLOW_STATUS_OK);
  EXPECT_EQ(bench.folder.first_column().size(), 3U) << "the child took the file in progress away";
#endif
}

}  // namespace
}  // namespace pqflow::api_test
