// The sink with its thread: producer, writer and callers at once. Meant for ThreadSanitizer too.
#include "sink/sink.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <system_error>
#include <thread>
#include <utility>

#include "ring/locked_memory.hpp"
#include "sink/capture_folder.hpp"
#include "sink/fake_system.hpp"
#include "sink/options.hpp"
#include "sink/tick_schema.hpp"
#include "support/sanitizers.hpp"

namespace pqflow::sink::test {
namespace {

class SinkTest : public ::testing::Test {
 protected:
  SinkTest() : descriptor_(tick_descriptor()), path_(folder_.path("t-{seq}.parquet")) {
    options_ = default_options(&descriptor_);
    options_.ring_slots_count = 4096;
    options_.row_group_rows = 1000;
    options_.page_rows = 256;
    options_.row_group_bytes = 1 << 20;
    options_.idle_sleep_max_ns = 100'000;
  }

  base::Result open() {
    const pqflow_open_request request = tick_request(descriptor_, options_, path_.c_str());
    return Sink::open(request, {system_.calls(), base::real_clock(), starter_}, sink_);
  }
  // Retries a refused record until it is accepted.
  void log_all(uint64_t first, uint64_t count) {
    for (uint64_t sequence = first; sequence < first + count; ++sequence) {
      const Tick tick = make_tick(static_cast<int64_t>(sequence));
      while (sink_->log(&tick, sizeof tick) == PQFLOW_STATUS_RING_FULL) {
        std::this_thread::yield();
      }
    }
  }
  static std::vector<uint64_t> numbers(uint64_t count) {
    std::vector<uint64_t> values(count);
    for (uint64_t i = 0; i < count; ++i) {
      values[i] = i;
    }
    return values;
  }

  CaptureFolder folder_;
  FakeSystem system_;
  pqflow_descriptor descriptor_;
  std::string path_;
  pqflow_options options_;
  ThreadStarter starter_ = start_real_thread;
  std::unique_ptr<Sink> sink_;
};

TEST_F(SinkTest, writes_every_accepted_record_once_in_order_under_load) {
  ASSERT_TRUE(open().is_ok());
  log_all(0, 200'000);
  ASSERT_TRUE(sink_->close().is_ok());
  EXPECT_EQ(folder_.first_column(), numbers(200'000));
  const pqflow_stats stats = sink_->stats();
  EXPECT_EQ(stats.accepted_records, 200'000U);
  EXPECT_EQ(stats.persisted_records, 200'000U);
  EXPECT_EQ(stats.visible_records, 200'000U);
  EXPECT_EQ(stats.durable_records, 200'000U);
  EXPECT_EQ(stats.lost_records, 0U);
  EXPECT_EQ(stats.row_groups_written, 200U);
  EXPECT_EQ(stats.state, PQFLOW_SINK_STATE_CLOSED);
}

TEST_F(SinkTest, writes_every_accepted_record_once_in_order_with_encoder_threads) {
  options_.encoder_threads = 3;
  ASSERT_TRUE(open().is_ok());
  log_all(0, 200'000);
  ASSERT_TRUE(sink_->close().is_ok());
  EXPECT_EQ(folder_.first_column(), numbers(200'000));
  EXPECT_EQ(sink_->stats().durable_records, 200'000U);
  EXPECT_EQ(sink_->stats().row_groups_written, 200U);
}

class SinkIdling : public SinkTest, public ::testing::WithParamInterface<pqflow_idle_strategy> {};

TEST_P(SinkIdling, writes_every_record_with_each_strategy) {
  options_.idle_strategy = GetParam();
  for (const uint32_t encoder_threads : {1, 2}) {
    options_.encoder_threads = encoder_threads;
    options_.if_exists = PQFLOW_IF_EXISTS_REPLACE;
    ASSERT_TRUE(open().is_ok());
    log_all(0, 10'000);
    ASSERT_TRUE(sink_->close().is_ok());
    EXPECT_EQ(folder_.first_column(), numbers(10'000));
  }
}

INSTANTIATE_TEST_SUITE_P(each, SinkIdling, ::testing::Values(PQFLOW_IDLE_ADAPTIVE, PQFLOW_IDLE_SPIN, PQFLOW_IDLE_YIELD, PQFLOW_IDLE_SLEEP));

TEST_F(SinkTest, counts_accepted_and_dropped_records_exactly_while_the_disk_is_full) {
  ASSERT_TRUE(open().is_ok());
  system_.fail_from_now_on(ENOSPC);
  uint64_t accepted = 0;
  uint64_t refused = 0;
  for (uint64_t attempt = 0; attempt < 20'000; ++attempt) {
    const Tick tick = make_tick(static_cast<int64_t>(accepted));
    (sink_->log(&tick, sizeof tick) == PQFLOW_STATUS_OK ? accepted : refused) += 1;
  }
  pqflow_stats stats = sink_->stats();
  EXPECT_EQ(stats.accepted_records, accepted);
  EXPECT_EQ(stats.dropped_records, refused);
  EXPECT_EQ(sink_->flush().status, PQFLOW_STATUS_NO_SPACE);
  stats = sink_->stats();
  EXPECT_EQ(stats.state, PQFLOW_SINK_STATE_DEGRADED);
  EXPECT_EQ(stats.last_status, PQFLOW_STATUS_NO_SPACE);
  EXPECT_EQ(stats.last_os_error, ENOSPC);
  EXPECT_EQ(stats.last_call, PQFLOW_FILE_CALL_WRITE);
  EXPECT_GT(stats.degraded_since_utc_ns, 1'600'000'000'000'000'000U);
  EXPECT_GE(stats.write_failures, 1U);
  EXPECT_GE(stats.degraded_retries + 1, stats.write_failures);
  EXPECT_EQ(sink_->last_error().status, PQFLOW_STATUS_NO_SPACE);
  system_.heal();
  ASSERT_TRUE(sink_->close().is_ok());
  EXPECT_EQ(folder_.first_column(), numbers(accepted));
  stats = sink_->stats();
  EXPECT_EQ(stats.visible_records, accepted);
  EXPECT_EQ(stats.dropped_records, refused);
  EXPECT_EQ(stats.last_status, PQFLOW_STATUS_OK);
  EXPECT_EQ(stats.last_call, PQFLOW_FILE_CALL_NONE);
  EXPECT_EQ(stats.degraded_since_utc_ns, 0U);
}

TEST_F(SinkTest, says_how_many_files_were_set_aside) {
  options_.layout = PQFLOW_FILE_LAYOUT_CLASSIC;
  options_.durability = PQFLOW_DURABILITY_FILE;  // A ring with records that no file has would stay behind.
  ASSERT_TRUE(open().is_ok());
  log_all(0, 10);
  system_.fail_next_sync(EIO);
  EXPECT_FALSE(sink_->flush().is_ok());
  EXPECT_EQ(sink_->stats().files_set_aside, 1U);
  EXPECT_EQ(sink_->stats().last_call, PQFLOW_FILE_CALL_SYNC);
  EXPECT_EQ(sink_->close().os_error, EIO);
}

TEST_F(SinkTest, recovers_by_itself_when_space_returns) {
  ASSERT_TRUE(open().is_ok());
  system_.fail(ENOSPC, system_.call_count(), 1);
  log_all(0, 20'000);  // More than ring and row group hold: waits for the retry.
  ASSERT_TRUE(sink_->flush().is_ok());
  EXPECT_EQ(sink_->stats().write_failures, 1U);
  ASSERT_TRUE(sink_->close().is_ok());
  EXPECT_EQ(folder_.first_column(), numbers(20'000));
}

TEST_F(SinkTest, flushes_from_another_thread_while_the_producer_logs) {
  ASSERT_TRUE(open().is_ok());
  std::atomic<bool> done{false};
  std::thread flusher([&] {
    while (!done.load()) {
      EXPECT_TRUE(sink_->flush().is_ok());
      const pqflow_stats stats = sink_->stats();
      EXPECT_GE(stats.accepted_records, stats.persisted_records);
      EXPECT_GE(stats.persisted_records, stats.visible_records);
    }
  });
  log_all(0, 50'000);
  done.store(true);
  flusher.join();
  ASSERT_TRUE(sink_->close().is_ok());
  EXPECT_EQ(folder_.first_column(), numbers(50'000));
}

TEST_F(SinkTest, answers_flushes_and_closes_of_many_threads_one_after_the_other) {
  ASSERT_TRUE(open().is_ok());
  log_all(0, 100);
  std::atomic<int> closed_count{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      const pqflow_status flushed = sink_->flush().status;
      EXPECT_TRUE(flushed == PQFLOW_STATUS_OK || flushed == PQFLOW_STATUS_CLOSED);
      const pqflow_status closed = sink_->close().status;
      EXPECT_TRUE(closed == PQFLOW_STATUS_OK || closed == PQFLOW_STATUS_CLOSED);
      closed_count += closed == PQFLOW_STATUS_OK ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(closed_count.load(), 1);
  EXPECT_EQ(folder_.first_column(), numbers(100));
}

TEST_F(SinkTest, answers_closed_after_close) {
  ASSERT_TRUE(open().is_ok());
  log_all(0, 10);
  ASSERT_TRUE(sink_->close().is_ok());
  const Tick tick = make_tick(0);
  EXPECT_EQ(sink_->log(&tick, sizeof tick), PQFLOW_STATUS_CLOSED);
  EXPECT_EQ(pqflow_lane_reserve(sink_->lane(), pqflow_slot_size_bytes(sizeof(Tick), alignof(Tick))), nullptr);
  EXPECT_EQ(sink_->flush().status, PQFLOW_STATUS_CLOSED);
  EXPECT_EQ(sink_->close().status, PQFLOW_STATUS_CLOSED);
  EXPECT_EQ(sink_->stats().accepted_records, 10U);
  EXPECT_EQ(sink_->stats().dropped_records, 0U);
}

TEST_F(SinkTest, closes_when_it_is_destroyed) {
  ASSERT_TRUE(open().is_ok());
  log_all(0, 10);
  sink_.reset();
  EXPECT_EQ(folder_.first_column(), numbers(10));
}

TEST_F(SinkTest, says_so_when_its_thread_cannot_be_started_and_leaves_no_file) {
  starter_ = [](std::function<void()>) -> std::thread { throw std::system_error(EAGAIN, std::generic_category()); };
  const base::Result result = open();
  EXPECT_EQ(result.status, PQFLOW_STATUS_THREAD_ERROR);
  EXPECT_EQ(result.os_error, EAGAIN);
  EXPECT_NE(result.message.find("cannot start the writer thread"), std::string::npos);
  EXPECT_EQ(sink_, nullptr);
  EXPECT_TRUE(folder_.names().empty());
}

TEST_F(SinkTest, says_so_when_one_of_its_encoder_threads_cannot_be_started_and_ends_the_others) {
  static int left;
  left = 1;
  options_.encoder_threads = 3;
  starter_ = [](std::function<void()> body) {
    if (left-- == 0) {
      throw std::system_error(EAGAIN, std::generic_category());
    }
    return start_real_thread(std::move(body));
  };
  const base::Result result = open();
  EXPECT_EQ(result.status, PQFLOW_STATUS_THREAD_ERROR);
  EXPECT_EQ(result.os_error, EAGAIN);
  EXPECT_NE(result.message.find("cannot start an encoder thread"), std::string::npos) << result.message;
  EXPECT_EQ(sink_, nullptr);
  EXPECT_TRUE(folder_.names().empty());
}

TEST_F(SinkTest, counts_the_memory_of_its_encoder_threads) {
  ASSERT_TRUE(open().is_ok());
  const uint64_t one_bytes = sink_->stats().memory_bytes;
  ASSERT_TRUE(sink_->close().is_ok());
  options_.encoder_threads = 2;
  options_.if_exists = PQFLOW_IF_EXISTS_REPLACE;
  ASSERT_TRUE(open().is_ok());
  EXPECT_GT(sink_->stats().memory_bytes, one_bytes + 50'000);
}

#if defined(__linux__)
TEST_F(SinkTest, locks_its_ring_in_memory_where_asked_to_and_unlocks_it_when_closed) {
  if (PQFLOW_TEST_IS_SANITIZED != 0) {
    GTEST_SKIP() << "sanitizers lock no memory, whoever asks";
  }
  const uint64_t before_kib = ring::test::locked_kib();
  options_.ring_memory = PQFLOW_RING_MEMORY_LOCKED;
  const base::Result result = open();
  if (!result.is_ok()) {
    ASSERT_EQ(result.status, PQFLOW_STATUS_OUT_OF_MEMORY) << result.message;
    GTEST_SKIP() << "this process may not lock a ring: " << result.message;
  }
  EXPECT_GE(ring::test::locked_kib(), before_kib + 4096 * descriptor_.slot_size_bytes / 1024);
  ASSERT_TRUE(sink_->close().is_ok());
  sink_.reset();
  EXPECT_EQ(ring::test::locked_kib(), before_kib);
}
#endif

TEST_F(SinkTest, says_so_when_the_ring_does_not_fit_into_memory) {
  options_.ring_slots_count = 1 << 30;
  descriptor_.record_size_bytes = 1 << 20;
  descriptor_.slot_size_bytes = pqflow_slot_size_bytes(descriptor_.record_size_bytes, descriptor_.record_align_bytes);
  const pqflow_open_request request = tick_request(descriptor_, options_, path_.c_str());
  const base::Result result = Sink::open(request, {}, sink_);
  EXPECT_EQ(result.status, PQFLOW_STATUS_OUT_OF_MEMORY);
  EXPECT_NE(result.message.find("lower ring_slots_count"), std::string::npos) << result.message;
  EXPECT_TRUE(folder_.names().empty());
}

TEST_F(SinkTest, says_so_when_the_folder_is_missing_or_not_writable_and_leaves_nothing) {
  path_ = folder_.path("missing/t.parquet");
  const base::Result result = open();
  EXPECT_EQ(result.status, PQFLOW_STATUS_IO_ERROR);
  EXPECT_EQ(result.os_error, ENOENT);
  EXPECT_NE(result.message.find("missing"), std::string::npos) << result.message;
  EXPECT_TRUE(folder_.names().empty());
}

}  // namespace
}  // namespace pqflow::sink::test
