// What a sink does at open with files that killed captures of its path left. What fails: orphan_failures_test.cpp. With their rings and
// journals: test/runtime/api/orphans_test.cpp.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <fstream>

#include "sink/orphan_bench.hpp"

namespace pqflow::sink::test {
namespace {

std::string read_all(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string bytes(std::filesystem::file_size(path), '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

class OrphanRecovery : public OrphanBench {};

INSTANTIATE_TEST_SUITE_P(, OrphanRecovery, ::testing::Values(PQFLOW_FILE_LAYOUT_CLASSIC, PQFLOW_FILE_LAYOUT_LIVE),
                         [](const auto& info) { return info.param == PQFLOW_FILE_LAYOUT_LIVE ? "live" : "classic"; });

// ---- The three choices ----

TEST_P(OrphanRecovery, ignored_ones_are_not_even_counted) {
  options_.orphans = PQFLOW_ORPHANS_IGNORE;
  const std::string left = leave();
  ASSERT_TRUE(open().is_ok());
  expect_orphans(0, 0);
  capture(0, 10);
  EXPECT_EQ(folder_.names(), (Names{left, "t-000000.parquet"}));
}

TEST_P(OrphanRecovery, are_counted_by_default_and_left_as_they_are) {
  options_.orphans = pqflow_options_default(nullptr).orphans;
  const std::string left = leave();
  leave("u-000000.parquet");
  const std::string bytes = read_all(folder_.path(left));
  ASSERT_TRUE(open().is_ok());
  expect_orphans(1, 0);
  EXPECT_TRUE(sink_->last_error().is_ok()) << sink_->last_error().message;
  capture(0, 10);
  EXPECT_EQ(read_all(folder_.path(left)), bytes);
}

// A file that another process has created is empty until it has the lock.
TEST_P(OrphanRecovery, of_other_processes_are_not_asked_for_and_not_counted_while_they_are_empty) {
  options_.orphans = PQFLOW_ORPHANS_REPORT;
  std::ofstream(folder_.path(".t-1-000000.parquet.inprogress")) << "";
  std::ofstream(folder_.path(".t-2-000000.parquet.inprogress")) << "PAR1";
  ASSERT_TRUE(open("t-{pid}-{seq}.parquet").is_ok());
  expect_orphans(1, 0);
}

TEST_P(OrphanRecovery, are_recovered_before_the_first_file_which_has_the_next_number) {
  const std::string left = leave();
  ASSERT_TRUE(open().is_ok());
  expect_orphans(1, 1);
  EXPECT_TRUE(sink_->last_error().is_ok()) << sink_->last_error().message;
  EXPECT_EQ(probe(folder_.path("t-000000.parquet")).first_column, rows(kLeftRows)) << "while the sink is open";
  capture(kLeftRows, 50);
  EXPECT_EQ(folder_.names(), (Names{"t-000000.parquet", "t-000001.parquet"}));
  EXPECT_EQ(folder_.first_column(), rows(kLeftRows + 50));
}

TEST_P(OrphanRecovery, are_found_where_the_sink_opens_a_bare_name) {
  leave();
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder_.root());
  const pqflow_open_request request = tick_request(descriptor_, options_, "t-{seq}.parquet");
  EXPECT_TRUE(Sink::open(request, {system_.calls(), base::real_clock(), start_real_thread}, sink_).is_ok());
  expect_orphans(1, 1);
  capture(0, 1);
  std::filesystem::current_path(before);
  EXPECT_EQ(folder_.names(), (Names{"t-000000.parquet", "t-000001.parquet"}));
}

TEST_P(OrphanRecovery, are_in_the_manifest_of_the_sink_that_recovers_them) {
  leave();
  const std::string manifest = folder_.path("manifest.ndjson");
  options_.manifest = manifest.c_str();
  ASSERT_TRUE(open().is_ok());
  const std::string line = read_all(manifest);
  EXPECT_EQ(line.find("{\"path\":\"" + folder_.path("t-000000.parquet") + "\",\"schema\":\"ticks\",\"file_sequence\":0,\"rows\":200,"), 0U)
      << line;
  EXPECT_NE(line.find("\"end\":\"recovered\""), std::string::npos) << line;
  capture(kLeftRows, 50);
  const std::string lines = read_all(manifest);
  EXPECT_EQ(lines.find(line + "{\"path\":\"" + folder_.path("t-000001.parquet")), 0U) << lines;
}

TEST_P(OrphanRecovery, are_named_in_the_manifest_as_the_sink_names_its_files) {
  leave();
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder_.root());
  options_.manifest = "manifest.ndjson";
  const pqflow_open_request request = tick_request(descriptor_, options_, "t-{seq}.parquet");
  EXPECT_TRUE(Sink::open(request, {system_.calls(), base::real_clock(), start_real_thread}, sink_).is_ok());
  capture(0, 1);
  std::filesystem::current_path(before);
  const std::string lines = read_all(folder_.path("manifest.ndjson"));
  EXPECT_EQ(lines.find("{\"path\":\"t-000000.parquet\","), 0U) << lines;
  EXPECT_NE(lines.find("\n{\"path\":\"t-000001.parquet\","), std::string::npos) << lines;
}

// The recovery before this one was killed after it had named the file.
TEST_P(OrphanRecovery, whose_line_a_killed_recovery_had_no_time_for_get_it_and_keep_their_number) {
  const std::string line = "{\"path\":\"" + folder_.path("t-000000.parquet") + "\"}";
  std::ofstream(folder_.path("t-000000.parquet")) << "recovered";
  std::ofstream(folder_.path(".t-000000.parquet.inprogress.line")) << line << "\nt-000000.parquet";
  const std::string manifest = folder_.path("manifest.ndjson");
  options_.manifest = manifest.c_str();
  ASSERT_TRUE(open().is_ok());
  expect_orphans(1, 1);
  EXPECT_EQ(read_all(manifest), line + "\n");
  EXPECT_TRUE(sink_->close().is_ok());
  EXPECT_EQ(folder_.names(), (Names{"manifest.ndjson", "t-000000.parquet", "t-000001.parquet"}));
}

// The recovery before this one was killed before it had named the file.
TEST_P(OrphanRecovery, whose_line_was_noted_and_that_were_not_named_yet_are_in_the_manifest_once) {
  const std::string left = leave();
  std::ofstream(folder_.path(left + ".line")) << "{\"path\":\"" << folder_.path("t-000000.parquet") << "\"}\nt-000000.parquet";
  const std::string manifest = folder_.path("manifest.ndjson");
  options_.manifest = manifest.c_str();
  ASSERT_TRUE(open().is_ok());
  expect_orphans(1, 1);
  const std::string lines = read_all(manifest);
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 1) << lines;
  EXPECT_NE(lines.find("\"end\":\"recovered\""), std::string::npos) << lines;
  EXPECT_TRUE(sink_->last_error().is_ok()) << sink_->last_error().message;
  EXPECT_FALSE(std::filesystem::exists(folder_.path(left + ".line")));
}

// ---- Numbers ----

TEST_P(OrphanRecovery, of_a_capture_that_had_finished_files_refuse_no_restart) {
  std::ofstream(folder_.path("t-000000.parquet")) << "finished";
  std::ofstream(folder_.path("t-000001.parquet")) << "finished";
  leave("t-000002.parquet");
  const base::Result result = open();
  ASSERT_TRUE(result.is_ok()) << "if_exists is FAIL, and nothing is in the way: " << result.message;
  EXPECT_TRUE(sink_->close().is_ok());
  EXPECT_EQ(folder_.names(), (Names{"t-000000.parquet", "t-000001.parquet", "t-000002.parquet", "t-000003.parquet"}));
}

TEST_P(OrphanRecovery, that_were_recovered_before_are_in_the_way_of_no_restart) {
  for (const std::string path : {"t-{seq}.parquet", "u.parquet"}) {
    for (int round = 0; round < 3; ++round) {
      const base::Result result = open(path);
      ASSERT_TRUE(result.is_ok()) << result.message;
      capture(0, 1);
    }
  }
  EXPECT_EQ(folder_.names(),
            (Names{"t-000000.parquet", "t-000001.parquet", "t-000002.parquet", "u-000001.parquet", "u-000002.parquet", "u.parquet"}));
}

TEST_P(OrphanRecovery, are_none_and_complete_files_are_replaced_where_that_is_asked_for) {
  options_.if_exists = PQFLOW_IF_EXISTS_REPLACE;
  std::ofstream(folder_.path("t-000000.parquet")) << "finished";
  ASSERT_TRUE(open().is_ok());
  capture(0, 10);
  EXPECT_EQ(folder_.names(), Names{"t-000000.parquet"});
  EXPECT_EQ(folder_.first_column(), rows(10));
}

TEST_P(OrphanRecovery, are_none_and_complete_files_of_other_processes_do_not_count) {
  std::ofstream(folder_.path("t-1-000007.parquet")) << "finished";
  ASSERT_TRUE(open("t-{pid}-{seq}.parquet").is_ok());
  capture(0, 10);
  EXPECT_TRUE(std::filesystem::exists(folder_.path("t-" + std::to_string(::getpid()) + "-000000.parquet")));
}

TEST_P(OrphanRecovery, without_seq_in_the_path_are_not_replaced_by_the_sink_that_recovered_them) {
  options_.if_exists = PQFLOW_IF_EXISTS_REPLACE;
  leave("t.parquet");
  leave("t-000004.parquet");
  ASSERT_TRUE(open("t.parquet").is_ok());
  expect_orphans(2, 2);
  capture(0, 10);
  EXPECT_EQ(folder_.names(), (Names{"t-000004.parquet", "t-000005.parquet", "t.parquet"}));
  EXPECT_EQ(probe(folder_.path("t.parquet")).first_column, rows(kLeftRows));
}

TEST_P(OrphanRecovery, that_hold_nothing_are_removed_and_their_number_given_again) {
  std::ofstream(folder_.path(".t-000000.parquet.inprogress")) << "PAR1";
  ASSERT_TRUE(open().is_ok());
  expect_orphans(1, 1);
  capture(0, 10);
  EXPECT_EQ(folder_.names(), Names{"t-000000.parquet"});
}

// ---- Whose ----

TEST_P(OrphanRecovery, of_other_paths_are_left_alone) {
  const std::string other = leave("u-000000.parquet");
  const std::string longer = leave("t-000000.parq");
  ASSERT_TRUE(open().is_ok());
  expect_orphans(0, 0);
  EXPECT_TRUE(std::filesystem::exists(folder_.path(other)));
  EXPECT_TRUE(std::filesystem::exists(folder_.path(longer)));
}

TEST_P(OrphanRecovery, with_records_of_another_schema_are_left_alone_and_told) {
  const std::string left = leave("t-000000.parquet", "", 1);
  const std::string bytes = read_all(folder_.path(left));
  ASSERT_TRUE(open().is_ok());
  expect_orphans(1, 0);
  EXPECT_EQ(read_all(folder_.path(left)), bytes);
  EXPECT_NE(sink_->last_error().message.find("1 of 1 orphans of this path could not be recovered; the first is " + folder_.path(left) +
                                             ": it holds records of another schema"),
            std::string::npos)
      << sink_->last_error().message;
}

TEST_P(OrphanRecovery, of_other_processes_and_dates_are_recovered_where_they_are) {
  leave("t-1-000003.parquet", "dt=2026-01-05/");
  const std::string other_folder = "day=2026-01-05/" + leave("t-1-000003.parquet", "day=2026-01-05/");
  ASSERT_TRUE(open("dt={date}/t-{pid}-{seq}.parquet").is_ok());
  expect_orphans(1, 1);
  EXPECT_EQ(probe(folder_.path("dt=2026-01-05/t-1-000003.parquet")).first_column, rows(kLeftRows));
  EXPECT_TRUE(std::filesystem::exists(folder_.path(other_folder)));
  EXPECT_TRUE(sink_->close().is_ok());
  const std::string own_name = "t-" + std::to_string(::getpid()) + "-000004.parquet";
  bool is_there = false;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.root())) {
    is_there = is_there || entry.path().filename() == own_name;
  }
  EXPECT_TRUE(is_there) << own_name;
}

TEST_P(OrphanRecovery, that_another_process_writes_are_none) {
  const std::string live = leave("t-1-000000.parquet");
  const int fd = ::open(folder_.path(live).c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_EQ(::flock(fd, LOCK_EX), 0);
  ASSERT_TRUE(open("t-{pid}-{seq}.parquet").is_ok());
  expect_orphans(0, 0);
  capture(0, 10);
  EXPECT_EQ(folder_.names(), (Names{live, "t-" + std::to_string(::getpid()) + "-000000.parquet"}));
  ::close(fd);
}

TEST_P(OrphanRecovery, are_not_touched_where_another_sink_writes_the_path) {
  ASSERT_TRUE(open().is_ok());
  const std::unique_ptr<Sink> first = std::move(sink_);
  leave("t-000005.parquet");
  const Names names = folder_.names();
  const base::Result refused = open();
  EXPECT_EQ(refused.status, PQFLOW_STATUS_FILE_EXISTS);
  EXPECT_NE(refused.message.find("is taken: another sink of this process writes or recovers"), std::string::npos) << refused.message;
  EXPECT_EQ(folder_.names(), names);
}

TEST_P(OrphanRecovery, take_with_them_what_was_made_beside_them) {
  const std::string left = leave();
  std::ofstream(folder_.path(left + ".recover")) << "PAR1 and half of a copy";
  ASSERT_TRUE(open().is_ok());
  expect_orphans(2, 2);
  EXPECT_EQ(folder_.final_names(), Names{"t-000000.parquet"});
  EXPECT_FALSE(std::filesystem::exists(folder_.path(left + ".recover")));
}

}  // namespace
}  // namespace pqflow::sink::test
