// A capture that lasts until it is killed or has logged enough: pqflow_capture_live PATH RECORDS PAUSE_US [classic|process|interims]. Its
// files are live, unless classic ones are asked for, those at durability PROCESS with `process`; with `interims` it is at PROCESS, too, and
// row groups that are being filled are shown. Records are ticks numbered from 0. Prints the watermarks it has reached, a line each time,
// "accepted persisted visible": what it printed it had reached before.
#include <pqflow/pqflow.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <thread>

#include "sink/tick_schema.hpp"

namespace {

using namespace pqflow::sink::test;

constexpr int64_t kBurstRecords = 1'000;

int fail(const pqflow_error& error) {
  std::fprintf(stderr, "%s\n", error.message);
  return 1;
}

void print_watermarks(pqflow_sink* sink) {
  pqflow_stats stats{};
  stats.struct_size_bytes = sizeof stats;
  pqflow_sink_stats(sink, &stats);
  std::printf("%llu %llu %llu\n", static_cast<unsigned long long>(stats.accepted_records),
              static_cast<unsigned long long>(stats.persisted_records), static_cast<unsigned long long>(stats.visible_records));
  std::fflush(stdout);
}

void log_burst(pqflow_sink* sink, int64_t first, int64_t end) {
  for (int64_t number = first; number < end;) {
    const Tick tick = make_tick(number);
    if (pqflow_sink_log(sink, &tick, sizeof tick) == PQFLOW_STATUS_OK) {
      ++number;
    } else {
      std::this_thread::yield();
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4 && argc != 5) {
    std::fprintf(stderr, "usage: pqflow_capture_live PATH RECORDS PAUSE_US [classic|process|interims]\n");
    return 2;
  }
  const pqflow_descriptor descriptor = tick_descriptor();
  pqflow_options options = pqflow_options_default(&descriptor);
  const std::string_view kind = argc == 5 ? argv[4] : "";
  const bool has_interims = kind == "interims";
  options.layout = argc == 5 && !has_interims ? PQFLOW_FILE_LAYOUT_CLASSIC : PQFLOW_FILE_LAYOUT_LIVE;
  options.durability = has_interims || kind == "process" ? PQFLOW_DURABILITY_PROCESS : PQFLOW_DURABILITY_FILE;
  options.max_lanes = 2;
  options.row_group_rows = has_interims ? 50'000 : 5'000;  // Filled for longer than the flush interval.
  options.flush_interval_ns = 20'000'000;
  options.rotate_bytes = 1 << 20;
  const pqflow_open_request request = tick_request(descriptor, options, argv[1]);
  pqflow_sink* sink = nullptr;
  pqflow_error error{};
  if (pqflow_sink_open(&sink, &request, &error) != PQFLOW_STATUS_OK) {
    return fail(error);
  }
  const int64_t record_count = std::atoll(argv[2]);
  for (int64_t logged = 0; logged < record_count; logged += kBurstRecords) {
    log_burst(sink, logged, std::min(record_count, logged + kBurstRecords));
    print_watermarks(sink);
    std::this_thread::sleep_for(std::chrono::microseconds(std::atoll(argv[3])));
  }
  if (pqflow_sink_close(sink, &error) != PQFLOW_STATUS_OK) {
    return fail(error);
  }
  print_watermarks(sink);
  pqflow_sink_free(sink);
  return 0;
}
