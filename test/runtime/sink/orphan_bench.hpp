// A folder with what killed captures left, and a sink that opens on their path.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "api/api_bench.hpp"
#include "sink/fake_system.hpp"
#include "sink/sink.hpp"

namespace pqflow::sink::test {

using Names = std::vector<std::string>;

constexpr uint64_t kLeftRows = 200;  // Two row groups.

inline std::vector<uint64_t> rows(uint64_t count, uint64_t first = 0) {
  std::vector<uint64_t> values(count);
  for (uint64_t i = 0; i < count; ++i) {
    values[i] = first + i;
  }
  return values;
}

class OrphanBench : public ::testing::TestWithParam<pqflow_file_layout> {
 protected:
  OrphanBench() : descriptor_(tick_descriptor()), options_(pqflow_options_default(&descriptor_)) {
    options_.ring_slots_count = 1024;
    options_.row_group_rows = 100;
    options_.page_rows = 64;
    options_.idle_sleep_max_ns = 20'000;
    options_.layout = GetParam();
    options_.orphans = PQFLOW_ORPHANS_RECOVER;
    options_.ring_dir = ring_folder_.c_str();
  }

  // What a capture on `path` has in its folder while it goes on. Answers the name in progress.
  std::string leave(const std::string& path = "t-000000.parquet", const std::string& folder = "", uint64_t schema_fingerprint = 0) {
    api_test::ApiBench bench;
    bench.options.layout = GetParam();
    bench.descriptor.schema_fingerprint += schema_fingerprint;
    const std::string full_path = bench.folder.path(path);
    bench.request.path = full_path.c_str();
    EXPECT_EQ(bench.open(), PQFLOW_STATUS_OK) << bench.message();
    for (uint64_t number = 0; number < kLeftRows; ++number) {
      EXPECT_EQ(bench.log(static_cast<int64_t>(number)), PQFLOW_STATUS_OK);
    }
    while (bench.stats().persisted_records < kLeftRows) {
      std::this_thread::yield();
    }
    const Names names = bench.folder.names();
    EXPECT_EQ(names.size(), 1U);
    std::filesystem::create_directories(folder_.path(folder));
    std::filesystem::copy_file(bench.folder.path(names.at(0)), folder_.path(folder + names.at(0)));
    return names.at(0);
  }
  base::Result open(const std::string& path = "t-{seq}.parquet") {
    const std::string full_path = folder_.path(path);
    const pqflow_open_request request = tick_request(descriptor_, options_, full_path.c_str());
    return Sink::open(request, {system_.calls(), base::real_clock(), start_real_thread}, sink_);
  }
  void capture(uint64_t first, uint64_t count) {
    for (uint64_t number = first; number < first + count; ++number) {
      const Tick tick = make_tick(static_cast<int64_t>(number));
      ASSERT_EQ(sink_->log(&tick, sizeof tick), PQFLOW_STATUS_OK);
    }
    const base::Result result = sink_->close();
    ASSERT_TRUE(result.is_ok()) << result.message;
  }
  void expect_orphans(uint32_t found, uint32_t recovered) const {
    EXPECT_EQ(sink_->stats().orphans_found, found);
    EXPECT_EQ(sink_->stats().orphans_recovered, recovered);
  }

  CaptureFolder folder_;
  CaptureFolder rings_;
  std::string ring_folder_ = rings_.root().string();
  FakeSystem system_;
  pqflow_descriptor descriptor_;
  pqflow_options options_;
  std::unique_ptr<Sink> sink_;
};

}  // namespace pqflow::sink::test
