// pqflow_recover: what the C function says and does. What is recovered, and how, is tested in live/.
#include <gtest/gtest.h>
#include <pqflow/recover.h>

#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "api/api_bench.hpp"

namespace pqflow::api_test {
namespace {

struct Told {
  std::string path;
  std::string final_path;
  std::string problem;
  pqflow_orphan orphan;
};

std::string text_of(const char* text) { return text != nullptr ? text : ""; }

void remember(void* context, const pqflow_orphan* orphan) {
  static_cast<std::vector<Told>*>(context)->push_back(
      {text_of(orphan->path), text_of(orphan->final_path), text_of(orphan->problem), *orphan});
}

class RecoverApi : public ::testing::Test {
 protected:
  RecoverApi() : folder_path_(folder.root().string()), options(pqflow_recover_options_default()) {
    options.folder = folder_path_.c_str();
    options.ring_dir = folder_path_.c_str();
    options.callback = remember;
    options.context = &told;
    recovery.struct_size_bytes = sizeof recovery;
  }

  // What a killed capture leaves: a file in progress with 200 records in two row groups.
  void leave_file() {
    ApiBench bench;
    bench.options.layout = PQFLOW_FILE_LAYOUT_CLASSIC;  // Nothing of it is published.
    ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK) << bench.message();
    for (int64_t number = 0; number < 200; ++number) {
      ASSERT_EQ(bench.log(number), PQFLOW_STATUS_OK);
    }
    while (bench.stats().persisted_records < 200) {
      std::this_thread::yield();
    }
    std::filesystem::copy_file(bench.folder.path(".t-000000.parquet.inprogress"), folder.path(".t-000000.parquet.inprogress"));
  }
  pqflow_status recover() {
    told.clear();
    return pqflow_recover(&options, &recovery, &error);
  }

  CaptureFolder folder;
  std::string folder_path_;
  pqflow_recover_options options;
  pqflow_recovery recovery{};
  pqflow_error error{};
  std::vector<Told> told;
};

TEST_F(RecoverApi, tells_an_orphan_and_changes_nothing_unless_it_is_told_to) {
  leave_file();
  ASSERT_EQ(recover(), PQFLOW_STATUS_OK) << error.message;
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].path, folder.path(".t-000000.parquet.inprogress"));
  EXPECT_EQ(told[0].final_path, folder.path("t-000000.parquet"));
  EXPECT_EQ(told[0].orphan.state, PQFLOW_ORPHAN_STATE_UNFINISHED);
  EXPECT_EQ(told[0].orphan.action, PQFLOW_ORPHAN_ACTION_FINISH);
  EXPECT_EQ(told[0].orphan.is_done, 0U);
  EXPECT_EQ(told[0].orphan.persisted_records, 200U);
  EXPECT_EQ(told[0].orphan.row_groups, 2U);
  EXPECT_EQ(told[0].orphan.ring_path, nullptr);
  EXPECT_EQ(told[0].orphan.problem, nullptr);
  EXPECT_EQ(told[0].orphan.reason, PQFLOW_ORPHAN_REASON_UNKNOWN);
  EXPECT_EQ(told[0].orphan.is_dropped_known, 0U);
  EXPECT_EQ(recovery.orphans, 1U);
  EXPECT_EQ(recovery.done, 0U);
  EXPECT_EQ(recovery.persisted_records, 200U);
  EXPECT_EQ(folder.names(), std::vector<std::string>{".t-000000.parquet.inprogress"});
}

TEST_F(RecoverApi, finishes_an_orphan_and_the_second_time_finds_nothing) {
  leave_file();
  options.is_writing = 1;
  ASSERT_EQ(recover(), PQFLOW_STATUS_OK) << error.message;
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].orphan.is_done, 1U) << told[0].problem;
  EXPECT_EQ(recovery.done, 1U);
  EXPECT_EQ(recovery.lost_records, 0U);
  EXPECT_EQ(folder.first_column().size(), 200U);
  ASSERT_EQ(recover(), PQFLOW_STATUS_OK);
  EXPECT_TRUE(told.empty());
  EXPECT_EQ(recovery.orphans, 0U);
}

TEST_F(RecoverApi, appends_what_it_finishes_to_a_manifest) {
  leave_file();
  options.is_writing = 1;
  const std::string manifest = folder.path("manifest.ndjson");
  options.manifest = manifest.c_str();
  ASSERT_EQ(recover(), PQFLOW_STATUS_OK) << error.message;
  std::string line;
  std::ifstream(manifest) >> line;
  EXPECT_EQ(line.find("{\"path\":\"" + folder.path("t-000000.parquet") + "\","), 0U) << line;
  options.manifest = folder_path_.c_str();
  EXPECT_EQ(recover(), PQFLOW_STATUS_IO_ERROR);
  EXPECT_STREQ(error.message, ("cannot open manifest " + folder_path_ + ": Is a directory (errno 21)").c_str());
}

TEST_F(RecoverApi, leaves_the_files_of_open_sinks_alone_and_counts_them) {
  ApiBench bench;
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK) << bench.message();
  const std::string other = bench.folder.root().string() + "/";
  options.folder = other.c_str();
  options.is_writing = 1;
  ASSERT_EQ(recover(), PQFLOW_STATUS_OK) << error.message;
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].path, bench.folder.path_in_progress()) << "one slash, whatever the folder ends with";
  EXPECT_EQ(told[0].orphan.state, PQFLOW_ORPHAN_STATE_LIVE);
  EXPECT_EQ(recovery.orphans, 0U);
  EXPECT_EQ(recovery.live_files, 1U);
  EXPECT_EQ(recovery.problems, 0U);
}

TEST_F(RecoverApi, counts_a_file_that_nothing_can_be_said_of_among_the_problems) {
  std::ofstream(folder.path(".x.parquet.inprogress")) << "PAR1 and nothing else";
  options.is_writing = 1;
  ASSERT_EQ(recover(), PQFLOW_STATUS_OK) << error.message;
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].orphan.state, PQFLOW_ORPHAN_STATE_UNREADABLE);
  EXPECT_NE(told[0].problem, "");
  EXPECT_EQ(recovery.orphans, 1U);
  EXPECT_EQ(recovery.problems, 1U);
}

TEST_F(RecoverApi, fills_no_more_than_the_caller_has_room_for_and_needs_neither_sums_nor_callback) {
  leave_file();
  recovery.struct_size_bytes = offsetof(pqflow_recovery, done);
  recovery.done = 77;
  ASSERT_EQ(recover(), PQFLOW_STATUS_OK);
  EXPECT_EQ(recovery.orphans, 1U);
  EXPECT_EQ(recovery.done, 77U);
  EXPECT_EQ(recovery.struct_size_bytes, offsetof(pqflow_recovery, done));
  options.callback = nullptr;
  EXPECT_EQ(pqflow_recover(&options, nullptr, nullptr), PQFLOW_STATUS_OK);
}

TEST_F(RecoverApi, refuses_options_that_cannot_be_by_name) {
  const auto refusal = [&](pqflow_status status) {
    EXPECT_EQ(recover(), status);
    std::string message = error.message;
    options = pqflow_recover_options_default();
    options.folder = folder_path_.c_str();
    return message;
  };
  options.folder = nullptr;
  EXPECT_NE(refusal(PQFLOW_STATUS_INVALID_ARGUMENT).find("folder is null or empty"), std::string::npos);
  options.folder = "";
  EXPECT_NE(refusal(PQFLOW_STATUS_INVALID_ARGUMENT).find("folder is null or empty"), std::string::npos);
  options.ring_dir = "";
  EXPECT_NE(refusal(PQFLOW_STATUS_INVALID_ARGUMENT).find("ring_dir is null or empty"), std::string::npos);
  options.manifest = "";
  EXPECT_NE(refusal(PQFLOW_STATUS_INVALID_ARGUMENT).find("manifest is empty"), std::string::npos);
  options.manifest = "x.ndjson";
  EXPECT_NE(refusal(PQFLOW_STATUS_INVALID_ARGUMENT).find("it needs is_writing"), std::string::npos);
  options.is_writing = 2;
  EXPECT_NE(refusal(PQFLOW_STATUS_INVALID_ARGUMENT).find("is_writing must be 0 or 1"), std::string::npos);
  options.reserved = 1;
  EXPECT_NE(refusal(PQFLOW_STATUS_INVALID_ARGUMENT).find("reserved 0"), std::string::npos);
  options.abi_version += 1;
  EXPECT_NE(refusal(PQFLOW_STATUS_ABI_MISMATCH).find("pqflow_recover_options_default()"), std::string::npos);
  options.struct_size_bytes -= 8;
  EXPECT_NE(refusal(PQFLOW_STATUS_ABI_MISMATCH).find("pqflow_recover_options_default()"), std::string::npos);
  options.folder = "/nowhere/at/all";
  EXPECT_NE(refusal(PQFLOW_STATUS_IO_ERROR).find("cannot list folder /nowhere/at/all"), std::string::npos);
  EXPECT_EQ(pqflow_recover(nullptr, nullptr, &error), PQFLOW_STATUS_INVALID_ARGUMENT);
}

}  // namespace
}  // namespace pqflow::api_test
