// The manifest's lines of recovered files.
#include <gtest/gtest.h>

#include <regex>

#include "live/left_ring.hpp"
#include "live/recover_folder.hpp"

namespace pqflow::test {
namespace {

using recover::OrphanAction;
using recover::OrphanState;
using sink::test::AgentBench;
using sink::test::CaptureFolder;
using Names = std::vector<std::string>;

class RecoverManifest : public ::testing::Test {
 protected:
  static constexpr const char* kProgressName = ".t-000000.parquet.inprogress";
  static constexpr const char* kNoteName = ".t-000000.parquet.inprogress.line";

  // Of ticks 0 … 299 in three row groups. Answers its name.
  std::string leave_file(pqflow_file_layout layout = PQFLOW_FILE_LAYOUT_CLASSIC) {
    AgentBench bench({.rotate_bytes = 64 << 10, .layout = layout});
    bench.clock.utc_ns = kRecordedUtcNs;
    EXPECT_TRUE(bench.begin().is_ok());
    bench.log_many(350);
    bench.work();
    const std::string name = bench.folder.names().at(0);
    const std::string contents = read_text(bench.folder.path(name));
    write_file(folder_.path(name), {contents.begin(), contents.end()});
    return name;
  }
  LeftRing ring(std::vector<LeftLane> lanes) const {
    return {.folder = folder_.root().string(), .file_in_progress = folder_.path(kProgressName), .lanes = std::move(lanes)};
  }
  recover::RecoveryReport recover(const base::SystemCalls& system = base::real_system_calls(), bool has_manifest = true) {
    sink::test::FakeClock clock;
    clock.utc_ns = kRecordedUtcNs + 1'000'000'000;
    recover::RecoveryReport report;
    const recover::RecoveryRequest request{folder_.root().string(), true, folder_.root().string(), has_manifest ? manifest() : ""};
    result_ = recover::recover_folder(request, system, clock.clock(), report);
    return report;
  }
  std::string manifest() const { return elsewhere_.path("manifest.ndjson"); }
  std::string line(const std::string& name, const std::string& rows, const std::string& begun_at, const std::string& pid) const {
    return "{\"path\":\"" + folder_.path(name) + "\",\"schema\":\"ticks\",\"file_sequence\":null,\"rows\":" + rows +
           ",\"first_sequence\":null,\"last_sequence\":null,\"begun_at\":" + begun_at +
           ",\"ended_at\":\"2027-01-15T08:00:01.000000000Z\",\"end\":\"recovered\",\"is_synced\":true,\"host\":null,\"pid\":" + pid + "}\n";
  }
  std::string size_of(const std::string& name) const { return std::to_string(std::filesystem::file_size(folder_.path(name))); }

  CaptureFolder folder_;
  CaptureFolder elsewhere_;
  base::Result result_;
};

TEST_F(RecoverManifest, get_what_is_known_of_the_file_and_null_for_the_rest) {
  leave_file();
  EXPECT_EQ(problems_of(recover()), "");
  EXPECT_EQ(read_text(manifest()),
            line("t-000000.parquet", "300,\"bytes\":" + size_of("t-000000.parquet") + ",\"row_groups\":3", "null", "null"));
  EXPECT_EQ(folder_.names(), Names{"t-000000.parquet"});
}

TEST_F(RecoverManifest, know_the_process_by_its_ring_and_the_beginning_by_the_name_of_a_live_file) {
  const std::string left = leave_file(PQFLOW_FILE_LAYOUT_LIVE);
  LeftRing left_ring = ring({{300, 80}});
  left_ring.file_in_progress = folder_.path(left);
  leave_ring(left_ring);
  EXPECT_EQ(problems_of(recover()), "");
  const std::string rows = "380,\"bytes\":" + size_of("t-000000.parquet") + ",\"row_groups\":4";
  const std::string text = read_text(manifest());
  std::smatch pid;
  ASSERT_TRUE(std::regex_search(text, pid, std::regex("\"pid\":([1-9][0-9]*)\\}")));
  EXPECT_EQ(text, line("t-000000.parquet", rows, "\"2027-01-15T08:00:00.000000000Z\"", pid[1]));
}

TEST_F(RecoverManifest, know_the_schema_of_a_file_that_is_made_of_a_ring_alone) {
  leave_ring(ring({{0, 10}}));
  EXPECT_EQ(problems_of(recover()), "");
  EXPECT_NE(read_text(manifest()).find("\"schema\":\"ticks\",\"file_sequence\":null,\"rows\":10,"), std::string::npos);
}

TEST_F(RecoverManifest, name_the_file_as_it_is_called_where_its_name_was_taken) {
  leave_file();
  write_file(folder_.path("t-000000.parquet"), {'x'});
  recover();
  EXPECT_NE(read_text(manifest()).find("t-000000.1.parquet\",\"schema\""), std::string::npos);
}

TEST_F(RecoverManifest, are_none_of_what_is_removed) {
  write_file(folder_.path(kProgressName), {'P', 'A', 'R', '1'});
  EXPECT_EQ(recover().orphans.front().action, OrphanAction::kRemove);
  EXPECT_EQ(read_text(manifest()), "");
}

TEST_F(RecoverManifest, that_cannot_be_written_refuse_the_recovery_before_anything_is_changed) {
  leave_file();
  std::filesystem::create_directory(manifest());
  recover();
  EXPECT_FALSE(result_.is_ok());
  EXPECT_NE(result_.message.find("cannot open manifest " + manifest()), std::string::npos) << result_.message;
  EXPECT_EQ(folder_.names(), Names{kProgressName});
}

TEST_F(RecoverManifest, are_there_once_whatever_call_the_recovery_is_killed_at) {
  bool was_killed = false;
  uint64_t call_count = 0;
  do {
    leave_file();
    leave_ring(ring({{250, 130}}));
    sink::test::FakeSystem system;
    system.fail(EIO, call_count);
    recover(system.calls());
    was_killed = system.failure_count() != 0;
    EXPECT_EQ(problems_of(recover()), "") << "killed at call " << call_count;
    EXPECT_TRUE(result_.is_ok()) << result_.message;
    EXPECT_EQ(folder_.names(), Names{"t-000000.parquet"}) << "killed at call " << call_count;
    EXPECT_EQ(folder_.first_column(), sink::test::numbers(0, 380)) << "killed at call " << call_count;
    const std::string text = read_text(manifest());
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << "killed at call " << call_count << ": " << text;
    EXPECT_NE(text.find("\"rows\":380,"), std::string::npos) << text;
    std::filesystem::remove(folder_.path("t-000000.parquet"));
    std::filesystem::remove(manifest());
    ++call_count;
  } while (was_killed);
  EXPECT_GT(call_count, 20U);
}

TEST_F(RecoverManifest, of_a_recovery_that_ended_before_its_line_are_written_by_the_next) {
  const std::string line = "{\"path\":\"t-000000.parquet\"}";
  write_file(folder_.path("t-000000.parquet"), {'x'});
  const std::string note = line + "\nt-000000.parquet";
  write_file(folder_.path(kNoteName), {note.begin(), note.end()});
  const recover::RecoveryReport report = recover();
  EXPECT_EQ(report.orphans.at(0).state, OrphanState::kLeftover);
  EXPECT_TRUE(report.orphans.at(0).is_done);
  EXPECT_EQ(read_text(manifest()), line + "\n");
  EXPECT_EQ(folder_.names(), Names{"t-000000.parquet"});
}

TEST_F(RecoverManifest, of_a_file_that_was_never_named_are_not_written) {
  const std::string note = "{\"path\":\"t-000000.parquet\"}\nt-000000.parquet";
  write_file(folder_.path(kNoteName), {note.begin(), note.end()});
  recover();
  EXPECT_EQ(read_text(manifest()), "");
  EXPECT_EQ(folder_.names(), Names{});
}

TEST_F(RecoverManifest, of_a_file_that_is_in_progress_still_are_not_written_whoever_has_the_name) {
  write_file(folder_.path(kProgressName), {'?', '?', '?', '?', '?'});
  write_file(folder_.path("t-000000.parquet"), {'x'});
  const std::string note = "{\"path\":\"t-000000.parquet\"}\nt-000000.parquet";
  write_file(folder_.path(kNoteName), {note.begin(), note.end()});
  recover();
  EXPECT_EQ(read_text(manifest()), "");
  EXPECT_EQ(folder_.names(), (Names{kProgressName, "t-000000.parquet"}));
}

TEST_F(RecoverManifest, are_not_asked_for_without_a_manifest_and_their_notes_go) {
  write_file(folder_.path("t-000000.parquet"), {'x'});
  for (const std::string note : {"{\"path\":\"t-000000.parquet\"}\nt-000000.parquet", "{\"pa", ""}) {
    write_file(folder_.path(kNoteName), {note.begin(), note.end()});
    EXPECT_TRUE(recover(base::real_system_calls(), false).orphans.at(0).is_done);
    EXPECT_EQ(folder_.names(), Names{"t-000000.parquet"});
  }
  EXPECT_FALSE(std::filesystem::exists(manifest()));
}

TEST_F(RecoverManifest, of_other_programs_are_left_alone) {
  write_file(folder_.path(kNoteName), {'?', '?'});
  const recover::RecoveryReport report = recover();
  EXPECT_EQ(report.orphans.at(0).state, OrphanState::kUnreadable);
  EXPECT_NE(report.orphans.at(0).problem.find("nothing says that it is a file of pqflow"), std::string::npos);
  EXPECT_EQ(folder_.names(), Names{kNoteName});
}

}  // namespace
}  // namespace pqflow::test
