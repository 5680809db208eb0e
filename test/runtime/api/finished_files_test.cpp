// Finished files through the public API: who is called, where, and what the paths stand for.
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <pqflow/sink.hpp>
#include <string>
#include <thread>
#include <vector>

#include "api/api_bench.hpp"

namespace pqflow::api_test {
namespace {

std::string first_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

TEST(FinishedFiles, are_told_on_the_writer_thread_while_close_waits) {
  ApiBench bench;
  std::vector<std::string> paths;
  std::thread::id teller;
  uint64_t finished_by_then = 0;
  auto listener = [&](const pqflow_finished_file& file) {
    paths.emplace_back(file.path);
    teller = std::this_thread::get_id();
    finished_by_then = bench.stats().files_finished;
  };
  on_file(bench.options, listener);
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK) << bench.message();
  bench.log(0);
  ASSERT_EQ(pqflow_sink_close(bench.sink, &bench.error), PQFLOW_STATUS_OK) << bench.message();
  EXPECT_EQ(paths, std::vector<std::string>{bench.folder.path("t-000000.parquet")});
  EXPECT_NE(teller, std::this_thread::get_id());
  EXPECT_EQ(finished_by_then, 1U);
}

TEST(FinishedFiles, are_listed_in_a_manifest_whose_name_the_caller_may_forget) {
  ApiBench bench;
  auto name = std::make_unique<std::string>(bench.folder.path("{schema}-{pid}.ndjson"));
  bench.options.manifest = name->c_str();
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK) << bench.message();
  name.reset();
  ASSERT_EQ(pqflow_sink_close(bench.sink, &bench.error), PQFLOW_STATUS_OK) << bench.message();
  const std::string line = first_line(bench.folder.path("ticks-" + std::to_string(::getpid()) + ".ndjson"));
  EXPECT_NE(line.find("\"pid\":" + std::to_string(::getpid())), std::string::npos) << line;
}

TEST(FinishedFiles, lie_in_the_manifest_s_own_folders) {
  ApiBench bench;
  const std::string manifest = bench.folder.path("{schema}/list.ndjson");
  bench.options.manifest = manifest.c_str();
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK) << bench.message();
  ASSERT_EQ(pqflow_sink_close(bench.sink, &bench.error), PQFLOW_STATUS_OK);
  EXPECT_FALSE(first_line(bench.folder.path("ticks/list.ndjson")).empty());
}

TEST(FinishedFiles, cannot_be_listed_where_the_manifest_s_path_is_not_possible) {
  for (const auto& [manifest, message] : std::vector<std::pair<std::string, std::string>>{
           {"list-{seq}", "manifest: path \"list-{seq}\" has {seq}, the number of a file; the manifest lists all of them"},
           {"{dat}", "manifest: path \"{dat}\": unknown placeholder {dat}; did you mean {date}?"},
           {"", "manifest: path is empty"}}) {
    ApiBench bench;
    bench.options.manifest = manifest.c_str();
    EXPECT_EQ(bench.open(), PQFLOW_STATUS_INVALID_ARGUMENT) << manifest;
    EXPECT_EQ(bench.message().find(message), 0U) << bench.message();
    EXPECT_TRUE(bench.folder.names().empty());
  }
}

TEST(FinishedFiles, are_not_begun_where_the_manifest_cannot_be_made) {
  ApiBench bench;
  const std::string manifest = bench.folder.path("missing/list");
  bench.options.manifest = manifest.c_str();
  EXPECT_EQ(bench.open(), PQFLOW_STATUS_IO_ERROR);
  EXPECT_EQ(bench.error.os_error, ENOENT);
  EXPECT_TRUE(bench.folder.names().empty());
}

TEST(FinishedFiles, bear_the_process_and_the_host_in_their_names) {
  ApiBench bench;
  bench.path = bench.folder.path("dt={date}/{host}-{pid}-{seq:02}.parquet");
  bench.request.path = bench.path.c_str();
  std::string told;
  auto listener = [&](const pqflow_finished_file& file) { told = file.path; };
  on_file(bench.options, listener);
  ASSERT_EQ(bench.open(), PQFLOW_STATUS_OK) << bench.message();
  ASSERT_EQ(pqflow_sink_close(bench.sink, &bench.error), PQFLOW_STATUS_OK);
  EXPECT_TRUE(std::filesystem::exists(told)) << told;
  EXPECT_TRUE(told.ends_with("-" + std::to_string(::getpid()) + "-00.parquet")) << told;
}

}  // namespace
}  // namespace pqflow::api_test
