// A capture through the public C API alone.
#pragma once

#include <gtest/gtest.h>
#include <pqflow/pqflow.h>

#include <string>

#include "sink/capture_folder.hpp"
#include "sink/tick_schema.hpp"

namespace pqflow::api_test {

using sink::test::CaptureFolder;
using sink::test::kTickFingerprint;
using sink::test::make_tick;
using sink::test::Tick;
using sink::test::tick_descriptor;
using sink::test::tick_request;

struct ApiBench {
  ApiBench() : descriptor(tick_descriptor()), options(pqflow_options_default(&descriptor)), path(folder.path("t-{seq}.parquet")) {
    options.ring_slots_count = 1024;
    options.row_group_rows = 100;
    options.page_rows = 64;
    options.row_group_bytes = 1 << 20;
    options.idle_sleep_max_ns = 20'000;
  }
  ~ApiBench() { pqflow_sink_free(sink); }
  ApiBench(const ApiBench&) = delete;
  ApiBench& operator=(const ApiBench&) = delete;

  pqflow_status open() { return pqflow_sink_open(&sink, &request, &error); }
  pqflow_status log(int64_t sequence) {
    const Tick tick = make_tick(sequence);
    return pqflow_sink_log(sink, &tick, sizeof tick);
  }
  pqflow_lane* lane() const { return static_cast<pqflow_lane*>(sink->opening_lane); }
  pqflow_stats stats() const {
    pqflow_stats stats{};
    stats.struct_size_bytes = sizeof stats;
    EXPECT_EQ(pqflow_sink_stats(sink, &stats), PQFLOW_STATUS_OK);
    return stats;
  }
  std::string message() const { return error.message; }

  CaptureFolder folder;
  pqflow_descriptor descriptor;
  pqflow_options options;
  std::string path;
  pqflow_open_request request = tick_request(descriptor, options, path.c_str());
  pqflow_sink* sink = nullptr;
  pqflow_error error{};
};

}  // namespace pqflow::api_test
