/* Runs one failing capture through the generated C code and prints what the caller is told: `open|flush|close <status text>: <message>`.
 * Usage: error_cases CASE PATH. Cases: plain, codec, full-disk (the process may not write files larger than 64 KiB). */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "orders_sink.h"

static void say(const char* call, pqflow_status status, const pqflow_error* error) {
  printf("%s %s: %s\n", call, pqflow_status_text(status), status == PQFLOW_STATUS_OK ? "" : error->message);
}

static void limit_file_size(void) {
  const struct rlimit limit = {65536, 65536};
  signal(SIGXFSZ, SIG_IGN); /* Otherwise the write would kill the process instead of failing with EFBIG. */
  setrlimit(RLIMIT_FSIZE, &limit);
}

/* No encoding makes 10,000 of these fit the limit. */
static int64_t noise_of(int64_t id) {
  uint64_t bits = (uint64_t)id * UINT64_C(0x9e3779b97f4a7c15);
  bits = (bits ^ (bits >> 31)) * UINT64_C(0xbf58476d1ce4e5b9);
  return (int64_t)(bits ^ (bits >> 27));
}

int main(int argc, char** argv) {
  if (argc != 3) {
    return 2;
  }
  pqflow_options options = orders_options_default();
  options.codec = strcmp(argv[1], "codec") == 0 ? PQFLOW_CODEC_LZO : PQFLOW_CODEC_UNCOMPRESSED;
  if (strcmp(argv[1], "full-disk") == 0) {
    limit_file_size();
  }
  orders_sink* sink = NULL;
  pqflow_error error;
  memset(&error, 0, sizeof error);
  pqflow_status status = orders_sink_open(&sink, argv[2], &options, &error);
  say("open", status, &error);
  if (status != PQFLOW_STATUS_OK) {
    return 1;
  }
  for (int64_t id = 1; id <= 10000; ++id) {
    const int64_t noise = noise_of(id);
    orders_sink_log_fields(sink, id, "ACME", 4, id, ORDERS_SIDE_BID, noise, ~noise, ORDERS_ORDER_TYPE_NEW, 1);
  }
  status = orders_sink_flush(sink, &error);
  say("flush", status, &error);
  pqflow_stats stats;
  stats.struct_size_bytes = sizeof stats;
  orders_sink_stats(sink, &stats);
  printf("stats state %d accepted %llu persisted %llu visible %llu\n", (int)stats.state, (unsigned long long)stats.accepted_records,
         (unsigned long long)stats.persisted_records, (unsigned long long)stats.visible_records);
  status = orders_sink_close(sink, &error);
  say("close", status, &error);
  orders_sink_stats(sink, &stats);
  printf("lost %llu\n", (unsigned long long)stats.lost_records);
  orders_sink_free(sink);
  return status == PQFLOW_STATUS_OK ? 0 : 1;
}
