// Row groups that are synced while their file grows (durability SYNC): what counts as durable, what the ring keeps, and what a sync that
// fails costs, which is nothing.
#include <gtest/gtest.h>

#include <condition_variable>
#include <map>
#include <mutex>

#include "sink/agent_bench.hpp"

namespace pqflow::sink::test {
namespace {

BenchOptions synced_options(pqflow_file_layout layout) {
  return {.slot_release = PQFLOW_SLOT_RELEASE_WHEN_PERSISTED, .layout = layout, .is_synced = true};
}

// Whose syncs fail where the test wants it, and take with them what was written since the last good one, as a kernel may.
class LossyDisk {
 public:
  LossyDisk() : calls_(base::real_system_calls()) {
    calls_.context = this;
    calls_.pwritev = [](void* self, int fd, const iovec* pieces, int piece_count, off_t offset) {
      const ssize_t written = base::real_system_calls().pwritev(nullptr, fd, pieces, piece_count, offset);
      if (written > 0) {
        of(self).unsynced_[fd].emplace_back(offset, written);
      }
      return written;
    };
    calls_.close = [](void* self, int fd) {
      of(self).unsynced_.erase(fd);
      return base::real_system_calls().close(nullptr, fd);
    };
    calls_.fdatasync = [](void* self, int fd) { return of(self).sync(fd); };
    calls_.sync_directory = [](void*, const char*) { return 0; };
  }
  LossyDisk(const LossyDisk&) = delete;

  const base::SystemCalls& calls() const { return calls_; }
  uint64_t sync_count() const { return sync_count_; }
  // The `count` syncs behind the first `skip_count`.
  void fail_syncs(int os_error, uint64_t skip_count, uint64_t count = 1) {
    os_error_ = os_error;
    first_failing_ = skip_count;
    last_failing_ = skip_count + count - 1;
  }

 private:
  static LossyDisk& of(void* self) { return *static_cast<LossyDisk*>(self); }

  int sync(int fd) {
    const auto writes = std::exchange(unsynced_[fd], {});
    const uint64_t number = sync_count_++;
    if (number < first_failing_ || number > last_failing_) {
      return 0;
    }
    for (const auto& [offset, size_bytes] : writes) {
      std::string garbage(static_cast<size_t>(size_bytes), '\xee');
      const iovec piece{garbage.data(), garbage.size()};
      EXPECT_EQ(base::real_system_calls().pwritev(nullptr, fd, &piece, 1, offset), size_bytes);
    }
    errno = os_error_;
    return -1;
  }

  base::SystemCalls calls_;
  std::map<int, std::vector<std::pair<off_t, ssize_t>>> unsynced_;
  uint64_t sync_count_ = 0;
  uint64_t first_failing_ = UINT64_MAX;
  uint64_t last_failing_ = 0;
  int os_error_ = 0;
};

class RowGroupSyncs : public ::testing::TestWithParam<pqflow_file_layout> {};

INSTANTIATE_TEST_SUITE_P(, RowGroupSyncs, ::testing::Values(PQFLOW_FILE_LAYOUT_CLASSIC, PQFLOW_FILE_LAYOUT_LIVE),
                         [](const auto& info) { return info.param == PQFLOW_FILE_LAYOUT_LIVE ? "live" : "classic"; });

TEST_P(RowGroupSyncs, make_records_durable_while_their_file_grows) {
  AgentBench bench(synced_options(GetParam()));
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(250);
  bench.work();
  bench.work();
  EXPECT_EQ(bench.counters.files_finished.load(), 0U);
  EXPECT_EQ(bench.counters.persisted_records.load(), 200U);
  EXPECT_EQ(bench.counters.durable_records.load(), 200U);
  EXPECT_EQ(bench.lane->consumer.durable_index, 200U);
  EXPECT_EQ(bench.lane->consumer.tail_index, 200U);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.counters.durable_records.load(), 250U);
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 250));
}

TEST_P(RowGroupSyncs, are_not_made_unless_they_are_asked_for) {
  BenchOptions options = synced_options(GetParam());
  options.is_synced = false;
  AgentBench bench(options);
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(250);
  bench.work();
  bench.work();
  EXPECT_EQ(bench.system.sync_count(), 0U);
  EXPECT_EQ(bench.counters.durable_records.load(), 0U);
  EXPECT_EQ(bench.lane->consumer.tail_index, 200U);
}

TEST(RowGroupSyncsOfLiveFiles, let_a_flush_of_a_live_file_return_when_its_records_are_durable) {
  AgentBench bench(synced_options(PQFLOW_FILE_LAYOUT_LIVE));
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(150);
  ASSERT_TRUE(bench.flush().is_ok());
  EXPECT_EQ(bench.counters.files_finished.load(), 0U);
  EXPECT_EQ(bench.counters.visible_records.load(), 150U);
  EXPECT_EQ(bench.counters.durable_records.load(), 150U);
}

// Syncs that wait until the test lets them go.
class SlowDisk {
 public:
  SlowDisk() : calls_(base::real_system_calls()) {
    calls_.context = this;
    calls_.fdatasync = [](void* self, int) {
      SlowDisk& disk = *static_cast<SlowDisk*>(self);
      std::unique_lock lock(disk.mutex_);
      disk.is_let_go_.wait(lock, [&] { return disk.allowed_ != 0; });
      --disk.allowed_;
      return 0;
    };
    calls_.sync_directory = [](void*, const char*) { return 0; };
  }
  const base::SystemCalls& calls() const { return calls_; }
  void let_go(int count) {
    const std::lock_guard lock(mutex_);
    allowed_ += count;
    is_let_go_.notify_all();
  }

 private:
  base::SystemCalls calls_;
  std::mutex mutex_;
  std::condition_variable is_let_go_;
  int allowed_ = 0;
};

void work_until_durable(AgentBench& bench, uint64_t record_count) {
  while (bench.counters.durable_records.load() < record_count) {
    bench.agent->do_work();
  }
}

TEST_P(RowGroupSyncs, do_not_hold_up_what_is_encoded_and_written_meanwhile) {
  SlowDisk disk;
  BenchOptions options = synced_options(GetParam());
  options.system = &disk.calls();
  AgentBench bench(options);
  ASSERT_TRUE(bench.agent->start_syncs(start_real_thread).is_ok());
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(100);
  bench.work();  // Its sync is being made.
  bench.log_many(250);
  bench.work();
  EXPECT_EQ(bench.counters.persisted_records.load(), 300U);
  EXPECT_EQ(bench.counters.durable_records.load(), 0U);
  EXPECT_EQ(bench.lane->consumer.tail_index, 0U) << "the ring keeps what is not on the disk";
  disk.let_go(1);
  work_until_durable(bench, 1);
  EXPECT_EQ(bench.counters.durable_records.load(), 100U) << "what was written before the sync began";
  EXPECT_EQ(bench.lane->consumer.tail_index, 100U);
  disk.let_go(1);
  work_until_durable(bench, 101);
  EXPECT_EQ(bench.counters.durable_records.load(), 300U) << "all that was written meanwhile, at once";
  disk.let_go(100);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 350));
}

// At every sync there is, of row groups and of files.
TEST_P(RowGroupSyncs, that_fail_cost_no_record_and_are_told) {
  for (const int os_error : {EIO, ENOSPC, EDQUOT}) {
    bool has_failed = true;
    uint64_t failing = 0;
    for (; has_failed; ++failing) {
      LossyDisk disk;
      disk.fail_syncs(os_error, failing);
      BenchOptions options = synced_options(GetParam());
      options.cuts.rotate_rows = 330;
      options.system = &disk.calls();
      AgentBench bench(options);
      ASSERT_TRUE(bench.begin().is_ok());
      for (int burst = 0; burst < 14; ++burst) {
        bench.log_many(50);
        bench.work();
      }
      ASSERT_TRUE(bench.close().is_ok()) << "sync " << failing << ": " << bench.failures.get().message;
      EXPECT_EQ(bench.folder.names().size(), bench.folder.final_names().size()) << "nothing is left beside them";
      EXPECT_EQ(bench.folder.first_column(), numbers(0, 700)) << "sync " << failing;
      EXPECT_EQ(bench.counters.durable_records.load(), 700U);
      EXPECT_EQ(bench.counters.lost_records.load(), 0U);
      EXPECT_EQ(bench.counters.files_set_aside.load(), 0U);
      has_failed = failing < disk.sync_count();
      EXPECT_EQ(bench.counters.write_failures.load(), has_failed ? 1U : 0U) << "sync " << failing;
    }
    EXPECT_GT(failing, 9U);
  }
}

TEST_P(RowGroupSyncs, that_fail_end_their_file_as_one_that_is_at_fault) {
  std::vector<pqflow_file_end> ends;
  LossyDisk disk;
  disk.fail_syncs(EIO, 1);
  BenchOptions options = synced_options(GetParam());
  options.system = &disk.calls();
  options.file_listener = {
      [](void* context, const pqflow_finished_file* file) { static_cast<std::vector<pqflow_file_end>*>(context)->push_back(file->end); },
      &ends};
  AgentBench bench(options);
  ASSERT_TRUE(bench.begin().is_ok());
  for (int burst = 0; burst < 3; ++burst) {
    bench.log_many(100);
    bench.work();
    bench.work();
  }
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(ends, (std::vector<pqflow_file_end>{PQFLOW_FILE_END_FAULT, PQFLOW_FILE_END_CLOSE}));
}

// The copy's sync fails as well: degraded, and on as soon as one goes well.
TEST_P(RowGroupSyncs, that_go_on_failing_keep_every_record_until_the_disk_is_well) {
  LossyDisk disk;
  disk.fail_syncs(EIO, 1, 3);
  BenchOptions options = synced_options(GetParam());
  options.system = &disk.calls();
  AgentBench bench(options);
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(250);
  bench.work();
  bench.work();
  EXPECT_EQ(bench.counters.state.load(), uint32_t{PQFLOW_SINK_STATE_DEGRADED});
  EXPECT_EQ(bench.counters.durable_records.load(), 100U);
  bench.log_many(10'000);
  EXPECT_EQ(bench.lane->producer.head_index, 100U + 1024U) << "the ring keeps all that is not durable";
  for (int tries = 0; tries < 10; ++tries) {
    bench.clock.now_ns += 1'000'000'000;
    bench.work();
  }
  EXPECT_EQ(bench.counters.state.load(), uint32_t{PQFLOW_SINK_STATE_RUNNING});
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 1'124));
  EXPECT_EQ(bench.counters.lost_records.load(), 0U);
}

TEST_P(RowGroupSyncs, need_a_folder_that_can_be_synced) {
  AgentBench bench(synced_options(GetParam()));
  bench.system.fail_next_folder_sync(EACCES);
  const base::Result result = bench.begin();
  EXPECT_FALSE(result.is_ok());
  EXPECT_NE(result.message.find("cannot sync folder"), std::string::npos) << result.message;
  EXPECT_TRUE(bench.folder.names().empty());
}

TEST_P(RowGroupSyncs, keep_a_file_that_refuses_its_footer_as_a_copy) {
  AgentBench bench(synced_options(GetParam()));
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(200);
  bench.work();
  bench.work();
  bench.system.fail_next_writes(EIO);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 200));
  EXPECT_EQ(bench.folder.names().size(), 1U);
  EXPECT_EQ(bench.counters.write_failures.load(), 1U);
}

}  // namespace
}  // namespace pqflow::sink::test
