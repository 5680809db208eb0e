// Captures on file systems of their own: one that is full and has room again, one whose power is cut.
#include <gtest/gtest.h>
#include <pqflow/pqflow.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include "io/temporary_folder.hpp"
#include "live/private_mounts.hpp"
#include "sink/parquet_probe.hpp"
#include "sink/tick_schema.hpp"
#include "support/sanitizers.hpp"
#include "verify/verify.hpp"

namespace pqflow::test {
namespace {

using sink::test::ProbedFile;
using sink::test::Tick;

struct Capture {
  Capture(const std::string& folder, pqflow_file_layout layout, pqflow_durability durability) {
    const pqflow_descriptor descriptor = sink::test::tick_descriptor();
    pqflow_options options = pqflow_options_default(&descriptor);
    options.layout = layout;
    options.durability = durability;
    options.ring_slots_count = 8192;
    options.row_group_rows = 1024;
    options.rotate_bytes = uint64_t{128} << 10;
    options.codec = PQFLOW_CODEC_UNCOMPRESSED;
    options.peak_records_per_s = 0;
    options.idle_sleep_max_ns = 1'000'000;
    const std::string path = folder + "/t-{seq}.parquet";
    const pqflow_open_request request = sink::test::tick_request(descriptor, options, path.c_str());
    (void)pqflow_sink_open(&sink, &request, &error);
  }
  Capture(const Capture&) = delete;
  Capture& operator=(const Capture&) = delete;
  ~Capture() { pqflow_sink_free(sink); }

  // Numbers what is refused too.
  void push(uint64_t count) {
    for (uint64_t end = pushed + count; pushed < end; ++pushed) {
      const Tick tick = sink::test::make_tick(static_cast<int64_t>(pushed));
      (void)pqflow_sink_log(sink, &tick, sizeof tick);
    }
  }
  pqflow_stats stats() const {
    pqflow_stats stats{};
    stats.struct_size_bytes = sizeof stats;
    pqflow_sink_stats(sink, &stats);
    return stats;
  }
  // Pushes until it is so, ten seconds at most.
  bool push_until(const std::function<bool(const pqflow_stats&)>& is_so) {
    for (int round = 0; round < 10'000; ++round) {
      if (is_so(stats())) {
        return true;
      }
      push(200);
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return false;
  }
  pqflow_status close() { return pqflow_sink_close(sink, &error); }

  pqflow_sink* sink = nullptr;
  pqflow_error error{};
  uint64_t pushed = 0;
};

std::vector<std::string> finished_files(const std::string& folder) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().string().ends_with(".parquet")) {
      paths.push_back(entry.path().string());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

// The rows of all finished files; `problem` gets what the verifier finds.
std::vector<ProbedFile> verified_files(const std::string& folder, std::string& problem) {
  std::vector<ProbedFile> files;
  for (const std::string& path : finished_files(folder)) {
    const std::string text = TemporaryFolder::contents_of(path);
    const std::vector<uint8_t> contents(text.begin(), text.end());
    verify::Findings findings;
    (void)verify::verify_file(verify::FileReader(contents), findings);
    if (!findings.all().empty()) {
      problem += path + ": " + findings.all().front().message + "\n";
      continue;
    }
    files.push_back(sink::test::probe(path));
  }
  return files;
}

class RealDisks : public ::testing::TestWithParam<pqflow_file_layout> {
 protected:
  void SetUp() override {
#if PQFLOW_TEST_IS_SANITIZED
    GTEST_SKIP() << "sanitizers do not follow a child of a process with threads";
#endif
  }
  void run(const std::function<std::string()>& body) {
    std::string skip_reason;
    EXPECT_EQ(in_private_mounts(body, skip_reason), "");
    if (!skip_reason.empty()) {
      GTEST_SKIP() << skip_reason;
    }
  }
};

INSTANTIATE_TEST_SUITE_P(, RealDisks, ::testing::Values(PQFLOW_FILE_LAYOUT_CLASSIC, PQFLOW_FILE_LAYOUT_LIVE),
                         [](const auto& info) { return info.param == PQFLOW_FILE_LAYOUT_LIVE ? "live" : "classic"; });

void fill_up(const std::string& path) {
  std::ofstream stream(path, std::ios::binary);
  const std::string piece(4096, 'x');
  while (stream.write(piece.data(), static_cast<std::streamsize>(piece.size())).flush()) {
  }
}

// All that was pushed is there, or told as refused; the disk was full and has room again.
std::string fill_and_free(const std::string& folder, pqflow_file_layout layout) {
  if (std::string problem = mount_tmpfs(folder, "16m"); !problem.empty()) {
    return problem;
  }
  Capture capture(folder, layout, PQFLOW_DURABILITY_DEFAULT);
  if (capture.sink == nullptr) {
    return capture.error.message;
  }
  capture.push_until([](const pqflow_stats& stats) { return stats.files_finished >= 1; });
  fill_up(folder + "/filler");
  if (!capture.push_until(
          [](const pqflow_stats& stats) { return stats.state == PQFLOW_SINK_STATE_DEGRADED && stats.dropped_records > 1'000; })) {
    return "a full disk did not show";
  }
  const pqflow_stats full = capture.stats();
  if (full.last_os_error != ENOSPC || full.last_status != PQFLOW_STATUS_NO_SPACE || full.degraded_since_utc_ns == 0) {
    return "the statistics do not say that the disk is full";
  }
  std::filesystem::remove(folder + "/filler");
  if (!capture.push_until([](const pqflow_stats& stats) { return stats.state == PQFLOW_SINK_STATE_RUNNING; })) {
    return "the capture did not go on when there was room";
  }
  capture.push(1'000);
  if (capture.close() != PQFLOW_STATUS_OK) {
    return capture.error.message;
  }
  const pqflow_stats stats = capture.stats();
  std::string problem;
  uint64_t rows = 0;
  uint64_t told_dropped = 0;
  for (const ProbedFile& file : verified_files(folder, problem)) {
    rows += static_cast<uint64_t>(file.row_count);
    told_dropped += std::stoull(file.key_values.at("pqflow:dropped_records"));
  }
  if (rows != stats.accepted_records || rows + told_dropped != capture.pushed || stats.dropped_records != told_dropped) {
    problem += "rows " + std::to_string(rows) + " + dropped " + std::to_string(told_dropped) + " of " + std::to_string(capture.pushed) +
               " pushed, accepted " + std::to_string(stats.accepted_records);
  }
  return problem;
}

TEST_P(RealDisks, a_full_one_is_waited_for_and_every_refused_record_is_told) {
  const TemporaryFolder folder;
  run([&] { return fill_and_free(folder.path(), GetParam()); });
}

// What counted as durable before the cut is there after the journal was played back.
std::string cut_and_look(const std::string& image, const std::string& folder, pqflow_file_layout layout, uint64_t records) {
  if (std::string problem = make_ext4_image(image); !problem.empty()) {
    return problem;
  }
  if (std::string problem = mount_image(image, folder); !problem.empty()) {
    return problem;
  }
  uint64_t durable_records = 0;
  {
    Capture capture(folder, layout, PQFLOW_DURABILITY_FILE);  // A ring with records that no file has would stay behind.
    if (capture.sink == nullptr) {
      return capture.error.message;
    }
    capture.push_until([records](const pqflow_stats& stats) { return stats.durable_records >= records; });
    durable_records = capture.stats().durable_records;
    if (!cut_power(folder)) {
      (void)capture.close();
      (void)unmount(folder);
      return "SKIP this system cannot cut the power of a file system";
    }
    capture.push(500);
    if (capture.close() == PQFLOW_STATUS_OK) {
      return "close answered OK without a disk";
    }
  }
  std::string problem = unmount(folder);
  if (problem.empty() && !mount_image(image, folder).empty()) {
    problem = "the file system cannot be mounted again";
  }
  if (!problem.empty()) {
    return problem;
  }
  uint64_t rows = 0;
  for (const ProbedFile& file : verified_files(folder, problem)) {
    rows += static_cast<uint64_t>(file.row_count);
  }
  problem += unmount(folder);
  if (rows < durable_records || durable_records < records) {
    problem += std::to_string(durable_records) + " counted as durable, " + std::to_string(rows) + " are there";
  }
  return problem;
}

TEST_P(RealDisks, one_whose_power_is_cut_keeps_what_counted_as_durable) {
  const char* const all = std::getenv("PQFLOW_FAULT_RUNS");
  for (int cut = 0; cut < (all != nullptr ? 10 : 1) && !IsSkipped(); ++cut) {
    const TemporaryFolder folder;
    const TemporaryFolder elsewhere;
    run([&] { return cut_and_look(elsewhere.file("disk.img"), folder.path(), GetParam(), 10'000 + static_cast<uint64_t>(cut) * 7'919); });
  }
}

}  // namespace
}  // namespace pqflow::test
