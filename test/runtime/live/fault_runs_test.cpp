// A real capture, in a process of its own, whose N-th system call fails, for every N, with each errno, once or from there on; and whose
// writes are cut short. What it said is judged by the files it left. PQFLOW_FAULT_RUNS=all takes every errno at every call, else they take
// turns.
#include <gtest/gtest.h>
#include <pqflow/status.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <set>

#include "io/temporary_folder.hpp"
#include "live/faulty_run.hpp"
#include "sink/parquet_probe.hpp"
#include "support/sanitizers.hpp"
#include "verify/verify.hpp"

namespace pqflow::test {
namespace {

constexpr uint64_t kRecords = 1'200;
constexpr int kErrnos[] = {ENOSPC, EIO, EDQUOT, EFBIG, EACCES, EINTR, ENOMEM, EMFILE};
constexpr int64_t kForGood = 1'000'000;

bool takes_all() {
  const char* const text = std::getenv("PQFLOW_FAULT_RUNS");
  return text != nullptr && std::strcmp(text, "all") == 0;
}

// The numbers in a file that the verifier finds nothing wrong with.
std::vector<uint64_t> numbers_in(const std::string& path) {
  const std::string text = TemporaryFolder::contents_of(path);
  const std::vector<uint8_t> contents(text.begin(), text.end());
  verify::Findings findings;
  (void)verify::verify_file(verify::FileReader(contents), findings);
  EXPECT_TRUE(findings.all().empty()) << path << ": " << findings.all().front().message;
  return sink::test::probe(path).first_column;
}

struct FoundFiles {
  std::vector<uint64_t> finished;       // Numbers in files under their final names, in the order of the names.
  std::set<uint64_t> readable;          // Those, and what live files in progress show.
  std::vector<std::string> unfinished;  // Names in progress.
};

FoundFiles find_files(const TemporaryFolder& folder, bool is_live) {
  FoundFiles found;
  for (const std::string& name : folder.names()) {
    const bool is_finished = name.ends_with(".parquet");
    if (!is_finished) {
      found.unfinished.push_back(name);
    }
    if (is_finished ||
        (is_live && name.find(".inprogress") != std::string::npos && !name.ends_with(".starting") && !name.ends_with(".copy"))) {
      const std::vector<uint64_t> numbers = numbers_in(folder.file(name));
      found.readable.insert(numbers.begin(), numbers.end());
      if (is_finished) {
        found.finished.insert(found.finished.end(), numbers.begin(), numbers.end());
      }
    }
  }
  return found;
}

std::string describe(const std::string& layout, const Fault& fault, const FaultyRun& run) {
  std::string text = layout + ", call " + std::to_string(fault.first_call) + (fault.call_count == 1 ? "" : " and all after it") + " (" +
                     run.failed_kind + "), errno " + std::to_string(fault.os_error) + "\n" + run.errors;
  for (const ToldCall& told : run.told) {
    text += told.call + " " + std::to_string(told.status) + ": accepted " + std::to_string(told.accepted) + ", visible " +
            std::to_string(told.visible) + ", durable " + std::to_string(told.durable) + ", lost " + std::to_string(told.lost) + "\n";
  }
  return text;
}

// What was said against what is there.
void judge(const FaultyRun& run, const FoundFiles& found, bool is_interrupted_only) {
  ASSERT_FALSE(run.is_hanging);
  ASSERT_EQ(run.signal, 0);
  ASSERT_FALSE(run.told.empty());
  const ToldCall& last = run.told.back();
  EXPECT_EQ(run.exit_code, last.status == PQFLOW_STATUS_OK ? 0 : 1);
  EXPECT_EQ(run.errors.empty(), std::all_of(run.told.begin(), run.told.end(), [](const ToldCall& told) { return told.status == 0; }))
      << "an error has a message";
  EXPECT_TRUE(std::is_sorted(found.finished.begin(), found.finished.end())) << "in the order they were logged";
  EXPECT_EQ(std::adjacent_find(found.finished.begin(), found.finished.end()), found.finished.end()) << "none twice";
  for (const ToldCall& told : run.told) {
    EXPECT_LE(told.durable, found.finished.size()) << "what counted as durable is in a finished file";
    EXPECT_LE(told.visible, found.readable.size()) << "what was visible still is";
  }
  if (last.call == "open") {
    EXPECT_NE(last.status, PQFLOW_STATUS_OK);
    EXPECT_TRUE(found.finished.empty());
    EXPECT_FALSE(run.has_left_ring);
    return;
  }
  ASSERT_EQ(last.call, "close");
  EXPECT_EQ(last.accepted, kRecords);
  EXPECT_EQ(last.dropped, 0U);
  EXPECT_EQ(found.finished.size() + last.lost, kRecords);
  EXPECT_EQ(last.status == PQFLOW_STATUS_OK, last.durable == kRecords) << "OK if and only if everything is durable";
  EXPECT_EQ(run.has_left_ring, run.has_ring_folder && last.lost > 0) << "what no file has stays in the ring";
  if (last.status == PQFLOW_STATUS_OK && run.failed_kind != "unlink") {
    EXPECT_TRUE(found.unfinished.empty()) << found.unfinished.front();
  }
  EXPECT_TRUE(!is_interrupted_only || run.errors.empty()) << "interrupted calls and short writes are repeated unseen";
}

class FaultRuns : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
#if PQFLOW_TEST_IS_SANITIZED
    GTEST_SKIP() << "a sanitizer's library wants to be loaded before all others";
#endif
  }
  // Calls that the run made.
  int64_t run(const Fault& fault) {
    const TemporaryFolder folder;
    const FaultyRun run = run_with_fault(folder.path(), GetParam(), fault);
    const testing::ScopedTrace trace(__FILE__, __LINE__, describe(GetParam(), fault, run));
    const bool is_harmless = fault.first_call < 0 || fault.os_error == EINTR || fault.os_error == 0;
    judge(run, find_files(folder, GetParam() == "live"), is_harmless && fault.call_count == 1);
    return run.call_count;
  }
};

INSTANTIATE_TEST_SUITE_P(, FaultRuns, ::testing::Values("classic", "live"), [](const auto& info) { return info.param; });

TEST_P(FaultRuns, loses_nothing_or_says_so_when_any_one_call_fails) {
  const int64_t call_count = run({});
  ASSERT_GT(call_count, 30);
  for (int64_t call = 0; call < call_count && !HasFailure(); ++call) {
    for (size_t index = 0; index < std::size(kErrnos); ++index) {
      if (takes_all() || index == static_cast<size_t>(call) % std::size(kErrnos)) {
        run({call, 1, kErrnos[index]});
      }
    }
  }
}

TEST_P(FaultRuns, keeps_what_it_said_when_all_calls_fail_from_some_call_on) {
  const int64_t call_count = run({});
  for (int64_t call = 0; call < call_count && !HasFailure(); call += takes_all() ? 1 : 3) {
    for (const int os_error : {ENOSPC, EIO}) {
      if (takes_all() || (call / 3 % 2 == 0) == (os_error == EIO)) {
        run({call, kForGood, os_error});
      }
    }
  }
}

TEST_P(FaultRuns, goes_on_behind_short_writes) {
  run({0, kForGood, 0});
  for (int64_t call = 0; call < (takes_all() ? 100 : 0) && !HasFailure(); ++call) {
    run({call, 1, 0});
  }
}

TEST_P(FaultRuns, is_only_slower_where_every_call_is) {
  const int64_t call_count = run({.delay_us = 3'000});
  EXPECT_GT(call_count, 30);
}

}  // namespace
}  // namespace pqflow::test
