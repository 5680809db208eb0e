// A capture killed at any system call, or in the middle of any write, and a recovery killed at any of its own.
#include <gtest/gtest.h>

#include "live/recover_folder.hpp"

namespace pqflow::test {
namespace {

using sink::test::CaptureFolder;

struct Kind {
  pqflow_file_layout layout;
  bool is_read_by_others;
  bool has_interims = false;
};

class RecoverKillPoints : public ::testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    options_.layout = GetParam().layout;
    options_.is_read_by_others = GetParam().is_read_by_others;
    options_.has_interims = GetParam().has_interims;
    run_recorded_capture(options_, system_);
    ASSERT_GT(system_.recorded().size(), 20U);
  }

  uint64_t persisted_after(size_t call) const {
    return call + 1 < system_.recorded().size() ? system_.recorded()[call + 1].persisted_before : UINT64_MAX;
  }

  // Recovers, and answers the rows that are in the folder then: the capture's first ones, in order, each once.
  static uint64_t recovered_rows(const MemoryFolder& state, const std::string& where) {
    const CaptureFolder folder;
    lay_out(state, folder);
    const sink::test::FakeSystem without_syncs;
    const recover::RecoveryReport report = recover_in(folder, true, without_syncs.calls());
    EXPECT_EQ(problems_of(report), "") << where;
    EXPECT_EQ(folder.names(), folder.final_names()) << where << ": nothing is left";
    for (const std::string& name : folder.names()) {
      expect_verified(folder.path(name));
    }
    const std::vector<uint64_t> rows = folder.first_column();
    EXPECT_EQ(rows, sink::test::numbers(0, rows.size())) << where;
    return rows.size();
  }

  RecordedCaptureOptions options_{.record_count = 1700};
  RecordingSystem system_;
};

TEST_P(RecoverKillPoints, after_every_call_exactly_the_persisted_records_are_recovered) {
  MemoryFolder state;
  for (size_t index = 0; index < system_.recorded().size(); ++index) {
    const RecordedCall& call = system_.recorded()[index];
    repeat(call, state);
    const std::string where = "after call " + std::to_string(index) + " on " + call.path;
    const uint64_t row_count = recovered_rows(state, where);
    EXPECT_GE(row_count, call.persisted_before) << where;
    EXPECT_LE(row_count, persisted_after(index)) << where;
  }
}

TEST_P(RecoverKillPoints, in_the_middle_of_every_write_as_well) {
  MemoryFolder state;
  size_t torn_writes = 0;
  for (const RecordedCall& call : system_.recorded()) {
    if (call.action == Action::kWrite && call.bytes.size() > 4) {
      for (const size_t byte_count : {call.bytes.size() / 2, call.bytes.size() - 1}) {
        MemoryFolder torn = state;
        repeat(call, torn, byte_count);
        const bool is_first_of_classic_file = GetParam().layout == PQFLOW_FILE_LAYOUT_CLASSIC && call.offset_bytes == 4;
        if (!is_first_of_classic_file) {  // Nothing says then that the file is pqflow's.
          EXPECT_EQ(recovered_rows(torn, "torn write on " + call.path), call.persisted_before);
          ++torn_writes;
        }
      }
    }
    repeat(call, state);
  }
  EXPECT_GT(torn_writes, 20U);
}

// What a recovery of `state` leaves that is killed at its call number `call_count`, and then done again.
std::map<std::string, std::string> recover_twice(const MemoryFolder& state, uint64_t call_count, bool& was_killed) {
  const CaptureFolder folder;
  lay_out(state, folder);
  sink::test::FakeSystem system;
  system.fail(EIO, call_count);
  recover_in(folder, true, system.calls());
  was_killed = system.failure_count() != 0;
  const sink::test::FakeSystem without_syncs;
  EXPECT_EQ(problems_of(recover_in(folder, true, without_syncs.calls())), "") << "killed at call " << call_count;
  std::map<std::string, std::string> files;
  for (const std::string& name : folder.names()) {
    files[name] = read_text(folder.path(name));
  }
  return files;
}

TEST_P(RecoverKillPoints, a_recovery_that_is_killed_at_any_call_and_done_again_gives_the_same_files) {
  MemoryFolder state;
  for (const RecordedCall& call : system_.recorded()) {
    repeat(call, state);
    if (call.persisted_before > 1000) {
      break;
    }
  }
  bool was_killed = false;
  const auto expected = recover_twice(state, sink::test::FakeSystem::kNever, was_killed);
  ASSERT_FALSE(was_killed);
  uint64_t call_count = 0;
  do {
    EXPECT_EQ(recover_twice(state, call_count, was_killed) == expected, true) << "killed at call " << call_count;
    ++call_count;
  } while (was_killed);
  EXPECT_GT(call_count, 8U);
}

INSTANTIATE_TEST_SUITE_P(, RecoverKillPoints,
                         ::testing::Values(Kind{PQFLOW_FILE_LAYOUT_CLASSIC, false}, Kind{PQFLOW_FILE_LAYOUT_LIVE, false},
                                           Kind{PQFLOW_FILE_LAYOUT_LIVE, true}, Kind{PQFLOW_FILE_LAYOUT_LIVE, false, true}),
                         [](const auto& info) {
                           return info.param.layout == PQFLOW_FILE_LAYOUT_CLASSIC ? "classic_files"
                                  : info.param.has_interims                       ? "live_files_with_interim_row_groups"
                                  : info.param.is_read_by_others                  ? "live_files_that_are_copied"
                                                                                  : "live_files_that_are_cut";
                         });

}  // namespace
}  // namespace pqflow::test
