// What a process that is killed at any system call, or in the middle of any write, leaves for readers: judged by the verifier, which shares
// nothing with the writer.
#include <gtest/gtest.h>

#include "live/recorded_capture.hpp"
#include "verify/verify.hpp"

namespace pqflow::test {
namespace {

std::string describe(const RecordedCall& call) {
  return "action " + std::to_string(static_cast<int>(call.action)) + " on " + call.path + " at " + std::to_string(call.offset_bytes) +
         ", bytes " + std::to_string(call.size_bytes);
}

uint64_t verified_rows(const std::string& path, const std::vector<uint8_t>& contents, const std::string& where) {
  verify::Findings findings;
  const verify::Summary summary = verify::verify_file(verify::FileReader(contents), findings);
  EXPECT_TRUE(findings.all().empty()) << where << ": " << path << ": " << (findings.all().empty() ? "" : findings.all().front().message);
  return summary.row_count;
}

// Rows of the files that readers find; those that a call did not touch are as they were.
class RowCounts {
 public:
  void look_at(const MemoryFolder& folder, const RecordedCall& call) {
    for (const std::string& path : {call.path, call.other_path}) {
      counts_.erase(path);
      if (is_for_readers(path) && folder.contains(path)) {
        counts_[path] = verified_rows(path, folder.at(path), describe(call));
      }
    }
  }
  uint64_t total() const {
    uint64_t row_count = 0;
    for (const auto& [path, count] : counts_) {
      row_count += count;
    }
    return row_count;
  }

 private:
  std::map<std::string, uint64_t> counts_;
};

enum class KilledCapture { kCutFiles, kCopiedFiles, kInterims };

class KillPoints : public ::testing::TestWithParam<KilledCapture> {
 protected:
  void SetUp() override {
    RecordedCaptureOptions options;
    options.is_read_by_others = GetParam() == KilledCapture::kCopiedFiles;
    options.has_interims = GetParam() == KilledCapture::kInterims;
    run_recorded_capture(options, system_);
    ASSERT_GT(system_.recorded().size(), 100U);
  }

  uint64_t visible_after(size_t call) const {
    return call + 1 < system_.recorded().size() ? system_.recorded()[call + 1].visible_before : options_.record_count;
  }

  const RecordedCaptureOptions options_{};
  RecordingSystem system_;
};

TEST_P(KillPoints, every_file_is_valid_after_every_call_and_has_the_rows_that_are_said_to_be_visible) {
  MemoryFolder folder;
  RowCounts counts;
  uint64_t rows_before = 0;
  bool is_unsaid = false;
  for (size_t index = 0; index < system_.recorded().size(); ++index) {
    const RecordedCall& call = system_.recorded()[index];
    repeat(call, folder);
    counts.look_at(folder, call);
    const uint64_t row_count = counts.total();
    // The whole file is there; it is said when its name is synced.
    const bool is_cut = call.action == Action::kLength && is_for_readers(call.path);
    const bool is_replaced_by_copy = call.action == Action::kRename && call.path.ends_with(".copy");
    const bool says_it = call.action != Action::kSync && call.action != Action::kRename && call.action != Action::kSyncFolder;
    is_unsaid = is_cut || is_replaced_by_copy || (is_unsaid && !says_it);
    EXPECT_GE(row_count, call.visible_before) << describe(call);
    EXPECT_GE(row_count, rows_before) << describe(call) << ": what was visible stays so";
    EXPECT_LE(row_count, is_unsaid ? options_.record_count : visible_after(index))
        << describe(call) << ": no row is shown that is not said to be";
    rows_before = row_count;
  }
  EXPECT_GE(rows_before, options_.record_count);
}

TEST_P(KillPoints, every_file_is_valid_in_the_middle_of_every_write_but_that_of_a_footers_length) {
  MemoryFolder folder;
  size_t torn_writes = 0;
  for (const RecordedCall& call : system_.recorded()) {
    const bool is_for_reader = is_for_readers(call.path);
    if (call.action == Action::kWrite && is_for_reader && call.bytes.size() == 4) {
      EXPECT_EQ(call.offset_bytes % 4, 0U) << "aligned, so that it is in one page and one sector";
    } else if (call.action == Action::kWrite && is_for_reader) {
      const size_t size_bytes = call.bytes.size();
      for (const size_t byte_count : {size_bytes / 2, size_bytes - 1}) {
        MemoryFolder torn = {{call.path, folder[call.path]}};
        repeat(call, torn, byte_count);
        verified_rows(call.path, torn[call.path], describe(call) + " torn after " + std::to_string(byte_count));
        ++torn_writes;
      }
    }
    repeat(call, folder);
  }
  EXPECT_GT(torn_writes, 60U);
}

INSTANTIATE_TEST_SUITE_P(, KillPoints, ::testing::Values(KilledCapture::kCutFiles, KilledCapture::kCopiedFiles, KilledCapture::kInterims),
                         [](const auto& info) {
                           return info.param == KilledCapture::kCutFiles      ? "files_cut"
                                  : info.param == KilledCapture::kCopiedFiles ? "files_copied_because_somebody_reads_them"
                                                                              : "interim_row_groups";
                         });

}  // namespace
}  // namespace pqflow::test
