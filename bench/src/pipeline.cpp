// End to end: one producer thread logs N records as fast as the ring takes them (a refused record is offered again), the clock runs from
// the first push until close() has returned, which is after the last byte was synced and the file renamed. Reports records per second and
// bytes per record, uncompressed and with the default codec, or for the codecs asked for.
#include <orders_sink.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "durability.hpp"
#include "market_records.hpp"
#include "measure.hpp"

namespace {

[[noreturn]] void fail(const pqflow_error& error) {
  std::fprintf(stderr, "pipeline: %s\n", error.message);
  std::exit(2);
}

struct Outcome {
  double records_per_s;
  double bytes_per_record;
};

struct Mode {
  const char* name;
  pqflow_codec codec;
  int32_t level;
};

constexpr Mode kAllModes[] = {{"uncompressed", PQFLOW_CODEC_UNCOMPRESSED, PQFLOW_CODEC_LEVEL_DEFAULT},
                              {"zstd", PQFLOW_CODEC_ZSTD, PQFLOW_CODEC_LEVEL_DEFAULT},
                              {"lz4_raw", PQFLOW_CODEC_LZ4_RAW, PQFLOW_CODEC_LEVEL_DEFAULT},
                              {"snappy", PQFLOW_CODEC_SNAPPY, PQFLOW_CODEC_LEVEL_DEFAULT},
                              {"gzip", PQFLOW_CODEC_GZIP, PQFLOW_CODEC_LEVEL_DEFAULT},
                              {"brotli", PQFLOW_CODEC_BROTLI, PQFLOW_CODEC_LEVEL_DEFAULT}};

// Without words the first two, else `all`, or the one named: `brotli`, or `brotli 2` with a level.
std::vector<Mode> modes_of(int word_count, char** words) {
  if (word_count == 0) {
    return {kAllModes[0], kAllModes[1]};
  }
  if (std::strcmp(words[0], "all") == 0) {
    return {std::begin(kAllModes), std::end(kAllModes)};
  }
  for (Mode mode : kAllModes) {
    if (std::strcmp(mode.name, words[0]) == 0) {
      mode.level = word_count > 1 ? static_cast<int32_t>(std::strtol(words[1], nullptr, 10)) : mode.level;
      return {mode};
    }
  }
  std::fprintf(stderr, "pipeline: no codec is named %s\n", words[0]);
  std::exit(2);
}

Outcome run_once(const std::string& path, const Mode& mode, const std::vector<orders_record>& records, uint64_t record_count) {
  pqflow_options options = orders_options_default();
  options.codec = mode.codec;
  options.codec_level = mode.level;
  options.if_exists = PQFLOW_IF_EXISTS_REPLACE;
  bench::set_durability(options);
  pqflow_error error{};
  orders_sink* sink = nullptr;
  bench::pin_to_cpu(1);
  if (orders_sink_open(&sink, path.c_str(), &options, &error) != PQFLOW_STATUS_OK) {
    fail(error);
  }
  bench::pin_to_cpu(0);
  orders_lane* const lane = orders_sink_lane(sink);
  const uint64_t start_ns = bench::now_ns();
  size_t next = 0;
  for (uint64_t index = 0; index < record_count; ++index) {
    while (orders_log(lane, &records[next]) != PQFLOW_STATUS_OK) {
      sched_yield();
    }
    next = next + 1 == records.size() ? 0 : next + 1;
  }
  if (orders_sink_close(sink, &error) != PQFLOW_STATUS_OK) {
    fail(error);
  }
  const uint64_t elapsed_ns = bench::now_ns() - start_ns;
  orders_sink_free(sink);
  struct stat status {};
  stat(path.c_str(), &status);
  unlink(path.c_str());
  return {static_cast<double>(record_count) * 1e9 / static_cast<double>(elapsed_ns),
          static_cast<double>(status.st_size) / static_cast<double>(record_count)};
}

}  // namespace

// Usage: pipeline DIRECTORY RUNS RECORDS [all | CODEC [LEVEL]]
int main(int argc, char** argv) {
  if (argc < 4 || argc > 6) {
    std::fprintf(stderr, "usage: pipeline DIRECTORY RUNS RECORDS [all | CODEC [LEVEL]]\n");
    return 2;
  }
  const std::string path = std::string(argv[1]) + "/pipeline.parquet";
  const auto runs = static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10));
  const uint64_t record_count = std::strtoull(argv[3], nullptr, 10);
  const std::vector<orders_record> records = bench::market_records(1 << 20);

  std::vector<bench::Row> rows;
  for (const Mode& mode : modes_of(argc - 4, argv + 4)) {
    bench::Row speed{std::string("pipeline_") + mode.name + "_records_per_s", "records/s", {}};
    bench::Row size{std::string("pipeline_") + mode.name + "_bytes_per_record", "bytes/record", {}};
    for (unsigned run = 0; run < runs; ++run) {
      const Outcome outcome = run_once(path, mode, records, record_count);
      speed.runs.push_back(outcome.records_per_s);
      size.runs.push_back(outcome.bytes_per_record);
    }
    rows.push_back(speed);
    rows.push_back(size);
  }
  bench::print_rows(rows);
  return 0;
}
