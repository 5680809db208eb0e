// What a sink that recovers at open does when that fails, is killed, or comes at once with another.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <fstream>

#include "sink/orphan_bench.hpp"

namespace pqflow::sink::test {
namespace {

class OrphanFailures : public OrphanBench {};

INSTANTIATE_TEST_SUITE_P(, OrphanFailures, ::testing::Values(PQFLOW_FILE_LAYOUT_CLASSIC, PQFLOW_FILE_LAYOUT_LIVE),
                         [](const auto& info) { return info.param == PQFLOW_FILE_LAYOUT_LIVE ? "live" : "classic"; });

// ---- What fails ----

TEST_P(OrphanFailures, that_cannot_be_read_stay_and_are_told_until_the_end_but_fail_no_close) {
  const std::string name = ".t-000000.parquet.inprogress";
  std::ofstream(folder_.path(name)) << "PAR1 and nothing else";
  std::ofstream(folder_.path(name + ".recover")) << "PAR1";
  ASSERT_TRUE(open().is_ok());
  expect_orphans(1, 0);
  EXPECT_EQ(sink_->stats().state, PQFLOW_SINK_STATE_RUNNING);
  EXPECT_EQ(sink_->stats().last_status, PQFLOW_STATUS_IO_ERROR);
  const std::string message = sink_->last_error().message;
  EXPECT_NE(message.find("there is no whole row group in it"), std::string::npos) << message;
  capture(0, 10);
  EXPECT_EQ(sink_->last_error().message, message);
  EXPECT_EQ(folder_.names(), (Names{name, name + ".recover", "t-000001.parquet"})) << "its number is left to it";
}

TEST_P(OrphanFailures, that_cannot_be_opened_stay_and_are_told) {
  std::filesystem::create_directory(folder_.path(".t-000000.parquet.inprogress"));
  std::filesystem::create_symlink("/dev/null", folder_.path(".t-000001.parquet.inprogress"));
  ASSERT_TRUE(open().is_ok());
  expect_orphans(2, 0);
  EXPECT_NE(sink_->last_error().message.find("2 of 2 orphans of this path could not be recovered; the first is " +
                                             folder_.path(".t-000000.parquet.inprogress")),
            std::string::npos)
      << sink_->last_error().message;
  capture(0, 10);
  EXPECT_TRUE(std::filesystem::exists(folder_.path("t-000002.parquet")));
}

TEST_P(OrphanFailures, are_told_again_when_a_failure_of_the_capture_is_over) {
  std::ofstream(folder_.path(".t-000000.parquet.inprogress")) << "PAR1 and nothing else";
  ASSERT_TRUE(open().is_ok());
  const std::string message = sink_->last_error().message;
  system_.fail_from_now_on(ENOSPC);
  for (int64_t number = 0; number < 100; ++number) {
    const Tick tick = make_tick(number);
    ASSERT_EQ(sink_->log(&tick, sizeof tick), PQFLOW_STATUS_OK);
  }
  EXPECT_EQ(sink_->flush().status, PQFLOW_STATUS_NO_SPACE);
  EXPECT_EQ(sink_->last_error().status, PQFLOW_STATUS_NO_SPACE);
  system_.heal();
  EXPECT_TRUE(sink_->flush().is_ok());
  EXPECT_EQ(sink_->last_error().message, message);
}

TEST_P(OrphanFailures, that_one_failing_call_leaves_are_recovered_by_the_next_open) {
  uint64_t failed_recoveries = 0;
  uint64_t call = 0;
  for (bool has_failed = true; has_failed; ++call) {
    leave();
    system_.fail(ENOSPC, system_.call_count() + call, 1);
    const uint64_t failures = system_.failure_count();
    const base::Result opened = open();
    has_failed = system_.failure_count() != failures;
    system_.heal();
    if (opened.is_ok() && sink_->stats().orphans_recovered == 0) {
      ++failed_recoveries;
      expect_orphans(1, 0);
      const bool is_sync = sink_->stats().last_call == PQFLOW_FILE_CALL_SYNC;  // What is suspect is no matter of space.
      EXPECT_EQ(sink_->stats().last_status, is_sync ? PQFLOW_STATUS_IO_ERROR : PQFLOW_STATUS_NO_SPACE)
          << sink_->last_error().message << ", call " << call;
      EXPECT_EQ(sink_->last_error().os_error, ENOSPC);
    }
    if (opened.is_ok()) {
      EXPECT_TRUE(sink_->close().is_ok());
    }
    ASSERT_TRUE(open().is_ok()) << "call " << call;
    EXPECT_TRUE(sink_->close().is_ok());
    EXPECT_EQ(folder_.first_column(), rows(kLeftRows)) << "call " << call;
    EXPECT_EQ(folder_.names(), folder_.final_names()) << "call " << call;
    for (const std::string& name : folder_.names()) {
      std::filesystem::remove(folder_.path(name));
    }
  }
  EXPECT_GE(failed_recoveries, 5U);
}

TEST_P(OrphanFailures, whose_recovery_is_killed_at_any_call_are_there_once_after_the_next_open) {
  uint64_t call = 0;
  for (bool was_killed = true; was_killed; ++call) {
    leave();
    system_.fail(EIO, system_.call_count() + call);
    const uint64_t failures = system_.failure_count();
    const base::Result opened = open();
    was_killed = system_.failure_count() != failures;
    EXPECT_EQ(opened.is_ok(), !was_killed) << "call " << call;
    system_.heal();
    if (opened.is_ok()) {
      EXPECT_TRUE(sink_->close().is_ok());
    } else {
      ASSERT_TRUE(open().is_ok()) << "call " << call;
      EXPECT_TRUE(sink_->close().is_ok());
    }
    EXPECT_EQ(folder_.first_column(), rows(kLeftRows)) << "call " << call;
    for (const std::string& name : folder_.names()) {
      std::filesystem::remove(folder_.path(name));
    }
  }
  EXPECT_GE(call, 8U);
}

TEST_P(OrphanFailures, an_exception_costs_no_capture) {
  const std::string left = leave();
  system_.throw_at_next_write();
  ASSERT_TRUE(open().is_ok());
  EXPECT_EQ(sink_->last_error().status, PQFLOW_STATUS_INTERNAL_ERROR);
  EXPECT_NE(sink_->last_error().message.find("recovery at open stopped: thrown by the test"), std::string::npos);
  capture(0, 10);
  EXPECT_TRUE(std::filesystem::exists(folder_.path("t-000001.parquet"))) << "the orphan's number is left to it";
}

TEST_P(OrphanFailures, a_folder_that_cannot_be_listed_is_told) {
  std::filesystem::permissions(folder_.root(), std::filesystem::perms(0333));
  const uid_t user = ::geteuid();
  constexpr uid_t kNobody = 65'534;
  if (user == 0 && ::seteuid(kNobody) != 0) {
    GTEST_SKIP() << "root that may not be anybody else may list everything";
  }
  const base::Result opened = open();
  const std::string message = opened.is_ok() ? sink_->last_error().message : opened.message;
  EXPECT_EQ(::seteuid(user), 0);
  std::filesystem::permissions(folder_.root(), std::filesystem::perms(0700));
  EXPECT_TRUE(opened.is_ok());
  EXPECT_NE(message.find("cannot list folder " + folder_.root().string() + "/ for what killed captures left"), std::string::npos)
      << message;
}

// ---- At once ----

// A capture of another process that begins and finishes files while this one's folder is looked through.
TEST_P(OrphanFailures, that_are_finished_while_it_looks_are_none) {
  const std::string in_progress = folder_.path(".t-1-000000.parquet.a1b2c3d4e5.inprogress");
  std::atomic<bool> is_over = false;
  std::thread other([&] {
    while (!is_over.load()) {
      const int fd = ::open(folder_.path("made").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
      ::flock(fd, LOCK_EX);
      std::filesystem::rename(folder_.path("made"), in_progress);
      std::filesystem::rename(in_progress, folder_.path("t-1-000000.parquet"));
      ::close(fd);
    }
  });
  for (int look = 0; look < 200; ++look) {
    const base::Result opened = open("t-{pid}-{seq}.parquet");
    EXPECT_TRUE(opened.is_ok()) << opened.message;
    if (opened.is_ok()) {
      expect_orphans(0, 0);
      EXPECT_TRUE(sink_->last_error().is_ok()) << sink_->last_error().message;
    }
    sink_.reset();
    std::filesystem::remove(folder_.path("t-" + std::to_string(::getpid()) + "-000000.parquet"));
  }
  is_over.store(true);
  other.join();
}

TEST_P(OrphanFailures, by_two_sinks_that_open_at_once_are_there_once) {
  for (int round = 0; round < 20; ++round) {
    leave();
    leave("t-000001.parquet");
    std::vector<std::thread> threads;
    std::unique_ptr<Sink> sinks[2];
    const std::string path = folder_.path("t-{seq}.parquet");
    for (std::unique_ptr<Sink>& sink : sinks) {
      threads.emplace_back([&] {
        const pqflow_open_request request = tick_request(descriptor_, options_, path.c_str());
        (void)Sink::open(request, {base::real_system_calls(), base::real_clock(), start_real_thread}, sink);
      });
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
    EXPECT_FALSE(sinks[0] && sinks[1]);
    for (std::unique_ptr<Sink>& sink : sinks) {
      sink.reset();
    }
    ASSERT_TRUE(open().is_ok());  // Neither may have come through.
    sink_.reset();
    std::vector<uint64_t> twice = rows(kLeftRows);
    const std::vector<uint64_t> once = twice;
    twice.insert(twice.end(), once.begin(), once.end());
    EXPECT_EQ(folder_.first_column(), twice) << "each of the two files";
    for (const std::string& name : folder_.names()) {
      std::filesystem::remove(folder_.path(name));
    }
  }
}

}  // namespace
}  // namespace pqflow::sink::test
