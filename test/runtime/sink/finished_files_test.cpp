// What is told of files that have their final name: to a callback, and to a manifest.
#include <gtest/gtest.h>

#include "sink/agent_bench.hpp"
#include "sink/manifest.hpp"

namespace pqflow::sink::test {
namespace {

constexpr uint64_t kSecond = 1'000'000'000;
constexpr uint64_t kHour = 3600 * kSecond;

struct Told {
  std::string path;
  pqflow_finished_file file;
  bool was_there;  // Under its final name.
};

struct Listener {
  FileListener listener() {
    return {[](void* context, const pqflow_finished_file* file) {
              static_cast<Listener*>(context)->files.push_back({file->path, *file, std::filesystem::exists(file->path)});
            },
            this};
  }
  std::vector<pqflow_file_end> ends() const {
    std::vector<pqflow_file_end> found;
    for (const Told& told : files) {
      found.push_back(told.file.end);
    }
    return found;
  }
  std::vector<Told> files;
};

using Ends = std::vector<pqflow_file_end>;

TEST(FileCallback, tells_all_of_a_file_once_it_has_its_name) {
  Listener heard;
  AgentBench bench({.row_group_rows = 100, .cuts = {.rotate_rows = 250}, .file_listener = heard.listener()});
  bench.clock.utc_ns = 5 * kHour;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(250);
  bench.work();
  bench.clock.utc_ns += kSecond;
  bench.log_many(250);
  bench.work();
  ASSERT_EQ(heard.files.size(), 2U);
  const Told& told = heard.files[1];
  EXPECT_EQ(told.path, bench.folder.path("t-000001.parquet"));
  EXPECT_TRUE(told.was_there);
  EXPECT_EQ(told.file.file_sequence, 1U);
  EXPECT_EQ(told.file.rows, 250U);
  EXPECT_EQ(told.file.bytes, std::filesystem::file_size(told.path));
  EXPECT_EQ(told.file.row_groups, 3U);
  EXPECT_EQ(told.file.first_sequence, 250U);
  EXPECT_EQ(told.file.last_sequence, 499U);
  EXPECT_EQ(told.file.begun_at_utc_ns, 5 * kHour + kSecond);
  EXPECT_EQ(told.file.ended_at_utc_ns, 5 * kHour + kSecond);
  EXPECT_EQ(told.file.end, PQFLOW_FILE_END_ROWS);
  EXPECT_EQ(told.file.is_synced, 1U);
}

TEST(FileCallback, says_why_each_file_ended) {
  Listener heard;
  AgentBench bench({.cuts = {.rotate_interval_ns = 10 * kSecond, .rotate_clock_ns = kHour}, .file_listener = heard.listener()});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(5);
  bench.work();
  bench.clock.now_ns += 10 * kSecond;
  bench.work();
  bench.log_many(5);
  bench.work();
  bench.clock.utc_ns += kHour;
  bench.work();
  bench.log_many(5);
  ASSERT_TRUE(bench.flush().is_ok());
  bench.log_many(5);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(heard.ends(), (Ends{PQFLOW_FILE_END_INTERVAL, PQFLOW_FILE_END_CLOCK, PQFLOW_FILE_END_FLUSH, PQFLOW_FILE_END_CLOSE}));
}

TEST(FileCallback, tells_size_from_length) {
  Listener by_size;
  AgentBench bench({.row_group_rows = 100, .rotate_bytes = 10'000, .file_listener = by_size.listener()});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(400);
  bench.work();
  EXPECT_EQ(by_size.ends().front(), PQFLOW_FILE_END_BYTES);
  Listener by_footer;
  AgentBench capped({.row_group_rows = 1, .footer_cap_bytes = 8 << 10, .file_listener = by_footer.listener()});
  ASSERT_TRUE(capped.begin().is_ok());
  capped.log_many(200);
  capped.work();
  ASSERT_FALSE(by_footer.files.empty());
  EXPECT_EQ(by_footer.ends().front(), PQFLOW_FILE_END_FULL);
}

TEST(FileCallback, tells_the_size_of_live_files_after_they_were_cut) {
  Listener heard;
  AgentBench bench({.rotate_bytes = uint64_t{1} << 20, .layout = PQFLOW_FILE_LAYOUT_LIVE, .file_listener = heard.listener()});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(120);
  ASSERT_TRUE(bench.close().is_ok());
  ASSERT_EQ(heard.files.size(), 1U);
  EXPECT_EQ(heard.files[0].file.bytes, std::filesystem::file_size(heard.files[0].path));
  EXPECT_EQ(heard.files[0].file.rows, 120U);
}

TEST(FileCallback, tells_of_the_file_of_a_capture_without_a_record) {
  Listener heard;
  AgentBench bench({.file_listener = heard.listener()});
  ASSERT_TRUE(bench.begin().is_ok());
  ASSERT_TRUE(bench.close().is_ok());
  ASSERT_EQ(heard.files.size(), 1U);
  EXPECT_EQ(heard.files[0].file.rows, 0U);
  EXPECT_EQ(heard.files[0].file.row_groups, 0U);
  EXPECT_EQ(heard.files[0].file.first_sequence, 0U);
  EXPECT_EQ(heard.files[0].file.last_sequence, 0U);
}

TEST(FileCallback, tells_the_name_that_a_file_got_in_place_of_a_taken_one) {
  Listener heard;
  AgentBench bench({.file_listener = heard.listener()});
  ASSERT_TRUE(bench.begin().is_ok());
  std::ofstream(bench.folder.path("t-000000.parquet")) << "another's";
  bench.log_many(1);
  ASSERT_TRUE(bench.close().is_ok());
  EXPECT_EQ(heard.files[0].path, bench.folder.path("t-000000.1.parquet"));
}

TEST(FileCallback, does_not_tell_of_a_file_that_was_set_aside) {
  Listener heard;
  AgentBench bench({.cuts = {.rotate_rows = 30}, .file_listener = heard.listener()});
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(20);
  bench.work();
  bench.system.fail_next_sync(EIO);
  bench.log_many(20);
  bench.work();
  EXPECT_FALSE(bench.close().is_ok());
  ASSERT_EQ(heard.files.size(), 1U);
  EXPECT_EQ(heard.files[0].file.first_sequence, 30U);
}

// ---- Manifest ----

struct ManifestBench : AgentBench {
  explicit ManifestBench(BenchOptions options = {}) : AgentBench(with_manifest(options)) {}
  static BenchOptions with_manifest(BenchOptions options) {
    options.manifest_name = "list.ndjson";
    options.cuts.rotate_rows = 10;
    return options;
  }
  std::vector<std::string> lines() const {
    std::ifstream file(folder.path("list.ndjson"));
    std::vector<std::string> found;
    for (std::string line; std::getline(file, line);) {
      found.push_back(line);
    }
    return found;
  }
  // Room for one more file, in which it finishes.
  void finish_a_file() {
    EXPECT_EQ(log_many(10), 10U);
    work();
  }
  // A folder where the file should be: open() fails, whoever runs the test.
  void block_manifest() const {
    std::filesystem::rename(folder.path("list.ndjson"), folder.path("away"));
    std::filesystem::create_directory(folder.path("list.ndjson"));
  }
  void unblock_manifest() const {
    std::filesystem::remove(folder.path("list.ndjson"));
    std::filesystem::rename(folder.path("away"), folder.path("list.ndjson"));
  }
};

TEST(Manifest, is_there_from_the_beginning) {
  ManifestBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  EXPECT_EQ(std::filesystem::file_size(bench.folder.path("list.ndjson")), 0U);
}

TEST(Manifest, gets_a_line_for_every_finished_file) {
  ManifestBench bench;
  bench.clock.utc_ns = 5 * kHour;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.finish_a_file();
  EXPECT_EQ(bench.lines().size(), 1U);
  bench.log_many(3);
  ASSERT_TRUE(bench.close().is_ok());
  ASSERT_EQ(bench.lines().size(), 2U);
  const auto bytes = std::to_string(std::filesystem::file_size(bench.folder.path("t-000001.parquet")));
  EXPECT_EQ(bench.lines()[1], "{\"path\":\"" + bench.folder.path("t-000001.parquet") +
                                  "\",\"schema\":\"ticks\",\"file_sequence\":1,\"rows\":3,\"bytes\":" + bytes +
                                  ",\"row_groups\":1,\"first_sequence\":10,\"last_sequence\":12,\"begun_at\":"
                                  "\"1970-01-01T05:00:00.000000000Z\",\"ended_at\":\"1970-01-01T05:00:00.000000000Z\",\"end\":"
                                  "\"close\",\"is_synced\":true,\"host\":\"db1\",\"pid\":77}");
}

TEST(Manifest, escapes_names_as_JSON_wants_it) {
  pqflow_finished_file file{};
  file.path = "a \"quoted\"\n\\name";
  file.end = PQFLOW_FILE_END_CLOCK;
  EXPECT_EQ(manifest_line(file, {"s", "h", 1}).find("{\"path\":\"a \\\"quoted\\\"\\u000a\\\\name\",\"schema\":\"s\","), 0U);
}

TEST(Manifest, names_every_end) {
  const char* const names[] = {"rows", "bytes", "interval", "clock", "full", "flush", "close", "fault"};
  for (size_t end = 0; end < std::size(names); ++end) {
    EXPECT_STREQ(file_end_name(static_cast<pqflow_file_end>(end)), names[end]);
  }
}

TEST(Manifest, that_cannot_be_made_shows_at_open) {
  ManifestBench bench;
  std::filesystem::create_directory(bench.folder.path("list.ndjson"));
  const base::Result result = bench.begin();
  EXPECT_EQ(result.os_error, EISDIR);
  EXPECT_EQ(result.message.find("cannot open manifest " + bench.folder.path("list.ndjson")), 0U) << result.message;
}

TEST(Manifest, that_cannot_be_written_stops_nothing_and_catches_up) {
  ManifestBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.block_manifest();
  bench.finish_a_file();
  bench.finish_a_file();
  EXPECT_EQ(bench.counters.files_finished.load(), 2U);
  EXPECT_EQ(bench.counters.state.load(), PQFLOW_SINK_STATE_RUNNING);
  EXPECT_EQ(bench.counters.manifest_missing_lines.load(), 2U);
  EXPECT_EQ(bench.counters.last_status.load(), PQFLOW_STATUS_IO_ERROR);
  EXPECT_EQ(bench.counters.last_os_error.load(), EISDIR);
  EXPECT_EQ(bench.counters.last_call.load(), PQFLOW_FILE_CALL_MANIFEST);
  EXPECT_NE(bench.failures.get().message.find("; it lacks 2 finished files, which are complete"), std::string::npos);
  bench.unblock_manifest();
  bench.finish_a_file();
  EXPECT_EQ(bench.lines().size(), 3U);
  EXPECT_EQ(bench.counters.manifest_missing_lines.load(), 0U);
  EXPECT_EQ(bench.counters.last_status.load(), PQFLOW_STATUS_OK);
  EXPECT_TRUE(bench.failures.get().is_ok());
  EXPECT_TRUE(bench.close().is_ok());
}

TEST(Manifest, is_tried_again_by_flush_which_is_not_about_it) {
  ManifestBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.block_manifest();
  bench.finish_a_file();
  EXPECT_TRUE(bench.flush().is_ok());
  bench.unblock_manifest();
  EXPECT_TRUE(bench.flush().is_ok());
  EXPECT_EQ(bench.lines().size(), 1U);
  EXPECT_EQ(bench.counters.manifest_missing_lines.load(), 0U);
}

TEST(Manifest, that_lacks_lines_in_the_end_is_an_error_of_close) {
  ManifestBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.block_manifest();
  bench.finish_a_file();
  const base::Result result = bench.close();
  EXPECT_EQ(result.status, PQFLOW_STATUS_IO_ERROR);
  EXPECT_NE(result.message.find("; it lacks 1 finished files"), std::string::npos) << result.message;
  EXPECT_EQ(bench.counters.lost_records.load(), 0U);
  EXPECT_EQ(probe(bench.folder.path("t-000000.parquet")).first_column, numbers(0, 10));
}

TEST(Manifest, does_not_hide_a_loss_of_records) {
  ManifestBench bench;
  ASSERT_TRUE(bench.begin().is_ok());
  bench.log_many(5);
  bench.work();
  bench.system.fail_next_sync(EIO);
  bench.finish_a_file();
  bench.block_manifest();
  bench.finish_a_file();
  EXPECT_NE(bench.failures.get().message.find("records from sequence 0 on"), std::string::npos) << bench.failures.get().message;
}

TEST(Manifest, holds_a_bounded_number_of_lines_and_says_that_others_are_missing) {
  FakeSystem system;
  CaptureFolder folder;
  std::filesystem::create_directory(folder.path("list"));
  sink::Manifest manifest(system.calls(), folder.path("list"), {std::string(100'000, 's'), "h", 1});
  pqflow_finished_file file{};
  file.path = "x";
  for (int line = 0; line < 12; ++line) {
    manifest.add(file);
  }
  EXPECT_EQ(manifest.missing_lines(), 12U);
  std::filesystem::remove(folder.path("list"));
  manifest.retry();
  EXPECT_EQ(manifest.missing_lines(), 2U);
  EXPECT_FALSE(manifest.failure().is_ok());
}

}  // namespace
}  // namespace pqflow::sink::test
