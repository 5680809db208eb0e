// A process that may not make its files longer (RLIMIT_FSIZE), as on file systems whose files end at 4 GiB.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include "sink/agent_bench.hpp"
#include "sink/file_size_signal.hpp"

namespace pqflow::sink::test {
namespace {

class FileSizeLimit {
 public:
  explicit FileSizeLimit(uint64_t size_bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{size_bytes, before_.rlim_max};
    EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

TEST(FilesThatMayNotBeLonger, are_followed_by_others_and_nothing_is_lost) {
  for (const pqflow_file_layout layout : {PQFLOW_FILE_LAYOUT_CLASSIC, PQFLOW_FILE_LAYOUT_LIVE}) {
    const FileSizeSignalBlocked blocked;  // As the writer thread has it.
    const FileSizeLimit limit(uint64_t{5} << 19);
    AgentBench bench({.slot_count = 32'768, .row_group_rows = 4'000, .footer_cap_bytes = 4 << 20, .layout = layout});
    ASSERT_TRUE(bench.begin().is_ok());
    for (int burst = 0; burst < 20; ++burst) {
      ASSERT_EQ(bench.log_many(15'000), 15'000U) << layout << ' ' << bench.failures.get().message;
      bench.clock.now_ns += 20'000'000;
      bench.work();
    }
    const base::Result closed = bench.close();
    ASSERT_TRUE(closed.is_ok()) << closed.message;
    EXPECT_GT(bench.folder.files().size(), 1U);
    EXPECT_EQ(bench.folder.first_column(), numbers(0, 300'000));
  }
}

TEST(FilesThatMayNotBeLonger, are_classic_where_no_live_one_may_be_so_short) {
  const FileSizeSignalBlocked blocked;
  const FileSizeLimit limit(uint64_t{512} << 10);
  AgentBench bench({.slot_count = 32'768, .row_group_rows = 4'000, .layout = PQFLOW_FILE_LAYOUT_LIVE});
  const base::Result begun = bench.begin();
  ASSERT_TRUE(begun.is_ok()) << begun.message;
  EXPECT_EQ(bench.counters.layout.load(), static_cast<uint32_t>(PQFLOW_FILE_LAYOUT_CLASSIC));
  ASSERT_EQ(bench.log_many(15'000), 15'000U) << bench.failures.get().message;
  bench.work();
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(bench.folder.first_column(), numbers(0, 15'000));
}

TEST(FilesThatMayNotBeLonger, raise_no_signal_while_the_first_one_is_made) {
  ASSERT_EQ(signal(SIGXFSZ, SIG_DFL), SIG_DFL) << "which kills";
  {
    const FileSizeSignalBlocked blocked;
    raise(SIGXFSZ);
  }
  SUCCEED() << "taken off";
}

}  // namespace
}  // namespace pqflow::sink::test
