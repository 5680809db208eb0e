// What a sink that has nothing to do costs: processor time of the whole process while the writer waits with the default strategy, in per
// cent of one processor.
#include <orders_sink.h>

#include <cstdlib>

#include "measure.hpp"

namespace {

uint64_t processor_ns() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<uint64_t>(used.tv_sec) * 1'000'000'000U + static_cast<uint64_t>(used.tv_nsec);
}

void sleep_ns(uint64_t duration_ns) {
  const timespec duration = {static_cast<time_t>(duration_ns / 1'000'000'000U), static_cast<long>(duration_ns % 1'000'000'000U)};
  nanosleep(&duration, nullptr);
}

}  // namespace

// Usage: idle DIRECTORY RUNS MILLISECONDS
int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: idle DIRECTORY RUNS MILLISECONDS\n");
    return 2;
  }
  const std::string path = std::string(argv[1]) + "/idle.parquet";
  const auto runs = static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10));
  const uint64_t duration_ns = std::strtoull(argv[3], nullptr, 10) * 1'000'000U;
  orders_sink* sink = nullptr;
  pqflow_error error{};
  if (orders_sink_open(&sink, path.c_str(), nullptr, &error) != PQFLOW_STATUS_OK) {
    std::fprintf(stderr, "idle: %s\n", error.message);
    return 2;
  }
  sleep_ns(100'000'000);  // Past the spinning and yielding.
  bench::Row row{"idle_processor_percent", "% of a core", {}};
  for (unsigned run = 0; run < runs; ++run) {
    const uint64_t before_ns = processor_ns();
    sleep_ns(duration_ns);
    row.runs.push_back(100.0 * static_cast<double>(processor_ns() - before_ns) / static_cast<double>(duration_ns));
  }
  orders_sink_close(sink, nullptr);
  orders_sink_free(sink);
  bench::print_rows({row});
  return 0;
}
