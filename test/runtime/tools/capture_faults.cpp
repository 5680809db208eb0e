// A capture whose system calls fail: pqflow_capture_faults PATH classic|live RING_DIR. Ticks numbered from 0 into several files, with the
// durability that nobody asked for; each call told on a line of its own:
//
//   CALL STATUS ERRNO accepted persisted visible durable lost dropped
//
// Exit code 0: close answered OK. 1: open or close told of an error.
#include <pqflow/pqflow.h>

#include <cstdio>
#include <cstring>

#include "sink/tick_schema.hpp"

namespace {

using namespace pqflow::sink::test;

using Number = unsigned long long;

void tell(const char* call, pqflow_status status, const pqflow_error& error, pqflow_sink* sink) {
  pqflow_stats stats{};
  stats.struct_size_bytes = sizeof stats;
  if (sink != nullptr) {
    pqflow_sink_stats(sink, &stats);
  }
  std::printf("%s %d %d %llu %llu %llu %llu %llu %llu\n", call, static_cast<int>(status),
              status == PQFLOW_STATUS_OK ? 0 : static_cast<int>(error.os_error), Number{stats.accepted_records},
              Number{stats.persisted_records}, Number{stats.visible_records}, Number{stats.durable_records}, Number{stats.lost_records},
              Number{stats.dropped_records});
  if (status != PQFLOW_STATUS_OK) {
    std::fprintf(stderr, "%s: %s\n", call, error.message);
  }
}

pqflow_options small_files(const pqflow_descriptor& descriptor, const char* layout) {
  pqflow_options options = pqflow_options_default(&descriptor);
  options.layout = std::strcmp(layout, "live") == 0 ? PQFLOW_FILE_LAYOUT_LIVE : PQFLOW_FILE_LAYOUT_CLASSIC;
  options.ring_slots_count = 4096;
  options.row_group_rows = 200;
  options.rotate_rows = 500;
  options.rotate_bytes = 1 << 20;
  options.codec = PQFLOW_CODEC_UNCOMPRESSED;
  options.peak_records_per_s = 0;
  options.idle_sleep_max_ns = 100'000;
  return options;
}

void log_ticks(pqflow_sink* sink, int64_t first, int64_t count) {
  for (int64_t number = first; number < first + count; ++number) {
    const Tick tick = make_tick(number);
    (void)pqflow_sink_log(sink, &tick, sizeof tick);  // The ring has room for all of them.
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: pqflow_capture_faults PATH classic|live RING_DIR\n");
    return 2;
  }
  const pqflow_descriptor descriptor = tick_descriptor();
  pqflow_options options = small_files(descriptor, argv[2]);
  options.ring_dir = argv[3];
  const pqflow_open_request request = tick_request(descriptor, options, argv[1]);
  pqflow_sink* sink = nullptr;
  pqflow_error error{};
  pqflow_status status = pqflow_sink_open(&sink, &request, &error);
  tell("open", status, error, sink);
  if (status != PQFLOW_STATUS_OK) {
    return 1;
  }
  for (int64_t part = 0; part < 3; ++part) {
    log_ticks(sink, part * 350, 350);
    status = pqflow_sink_flush(sink, &error);
    tell("flush", status, error, sink);
  }
  log_ticks(sink, 1'050, 150);
  status = pqflow_sink_close(sink, &error);
  tell("close", status, error, sink);
  pqflow_sink_free(sink);
  return status == PQFLOW_STATUS_OK ? 0 : 1;
}
