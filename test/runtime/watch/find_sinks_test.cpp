// What a process tells of its sinks, looked at from within; test/system/top.test.ts looks from others.
#if defined(__linux__)

#include "watch/find_sinks.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "api/api_bench.hpp"
#include "support/sanitizers.hpp"
#include "watch/shared_page.hpp"

namespace pqflow::watch {
namespace {

using api_test::ApiBench;

std::vector<FoundSink> own_sinks() {
  std::vector<FoundSink> sinks;
  EXPECT_TRUE(find_sinks(sinks).is_ok());
  std::erase_if(sinks, [](const FoundSink& sink) { return sink.process_id != static_cast<uint64_t>(getpid()); });
  return sinks;
}

// The only sink of this process. The writer thread tells its figures a few times a second.
template <typename IsReached>
LiveStats wait_until(const IsReached& is_reached) {
  for (;;) {
    const std::vector<FoundSink> sinks = own_sinks();
    if (sinks.size() == 1 && sinks[0].reading == Reading::kWhole && is_reached(sinks[0].stats)) {
      return sinks[0].stats;
    }
    std::this_thread::yield();
  }
}

TEST(FindSinks, finds_a_sink_as_soon_as_it_is_open_and_not_when_it_is_closed) {
  ApiBench bench;
  EXPECT_EQ(own_sinks().size(), 0U);
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  const std::vector<FoundSink> sinks = own_sinks();
  ASSERT_EQ(sinks.size(), 1U);
  EXPECT_STREQ(sinks[0].stats.schema_name, bench.descriptor.name);
  EXPECT_TRUE(std::filesystem::exists(sinks[0].stats.file_in_progress)) << sinks[0].stats.file_in_progress;
  ASSERT_EQ(pqflow_sink_close(bench.sink, nullptr), PQFLOW_STATUS_OK);
  EXPECT_EQ(own_sinks().size(), 0U);
}

TEST(FindSinks, tells_the_figures_of_pqflow_sink_stats) {
  ApiBench bench;
  bench.options.layout = PQFLOW_FILE_LAYOUT_LIVE;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  for (int64_t sequence = 0; sequence < 250; ++sequence) {
    ASSERT_EQ(bench.log(sequence), PQFLOW_STATUS_OK);
  }
  ASSERT_EQ(pqflow_sink_flush(bench.sink, nullptr), PQFLOW_STATUS_OK);
  const pqflow_stats stats = bench.stats();
  const LiveStats told = wait_until([](const LiveStats& live) { return live.stats.visible_records == 250; });
  EXPECT_EQ(told.stats.accepted_records, 250U);
  EXPECT_EQ(told.stats.persisted_records, stats.persisted_records);
  EXPECT_EQ(told.stats.durable_records, stats.durable_records);
  EXPECT_EQ(told.stats.row_groups_written, stats.row_groups_written);
  EXPECT_EQ(told.stats.bytes_written, stats.bytes_written);
  EXPECT_EQ(told.stats.ring_slots_count, 1024U);
  EXPECT_EQ(told.stats.memory_bytes, stats.memory_bytes);
  EXPECT_EQ(told.waiting_records, 50U) << "kept until their row group is full";
  EXPECT_GE(told.updated_utc_ns, told.opened_utc_ns);
}

TEST(FindSinks, tells_how_many_records_a_second_are_accepted) {
  ApiBench bench;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  for (int64_t sequence = 0; sequence < 500; ++sequence) {
    ASSERT_EQ(bench.log(sequence), PQFLOW_STATUS_OK);
  }
  const LiveStats busy = wait_until([](const LiveStats& live) { return live.accepted_per_s != 0; });
  EXPECT_LE(busy.accepted_per_s, 500U);
}

TEST(FindSinks, leaves_out_a_page_that_another_process_made) {
  SharedPage page;
  page.create();
  ASSERT_NE(page.page(), nullptr);
  LiveStats stats;
  stats.owner = base::current_process();
  store_stats(*page.page(), stats);
  EXPECT_EQ(own_sinks().size(), 1U);
  ++stats.owner.pid;  // As in a child whose parent has ended.
  store_stats(*page.page(), stats);
  EXPECT_EQ(own_sinks().size(), 0U);
}

#if !PQFLOW_TEST_IS_SANITIZED  // ThreadSanitizer does not follow a child of a process with threads.

TEST(FindSinks, does_not_take_a_forked_child_for_a_sink) {
  ApiBench bench;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK);
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    close(pipe_ends[1]);
    char byte;
    _exit(read(pipe_ends[0], &byte, 1) == 0 ? 0 : 1);  // Until the parent lets go.
  }
  std::vector<FoundSink> sinks;
  EXPECT_TRUE(find_sinks(sinks).is_ok());
  const auto of = [&](pid_t pid) {
    return std::count_if(sinks.begin(), sinks.end(),
                         [pid](const FoundSink& sink) { return sink.process_id == static_cast<uint64_t>(pid); });
  };
  EXPECT_EQ(of(getpid()), 1);
  EXPECT_EQ(of(child), 0);
  close(pipe_ends[1]);
  close(pipe_ends[0]);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

#endif

}  // namespace
}  // namespace pqflow::watch

#endif
