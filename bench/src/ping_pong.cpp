// How long a cache line takes from the producers' processor to the writers' and back: tells a placement with cores that are near each other
// from one where they are far apart. Figures of hand-over and of paced records compare within one placement only.
#include <atomic>
#include <cstdlib>
#include <thread>

#include "measure.hpp"
#include "round_robin.hpp"

namespace {

// Whoever finds the other's number answers with its own.
struct alignas(128) Line {
  std::atomic<uint64_t> turn{0};
};

void await(const Line& line, uint64_t turn) {
  while (line.turn.load(std::memory_order_acquire) != turn) {
  }
}

// Median of batches: one in which a neighbour took a processor away says nothing of the cache.
double round_trip_ns(uint64_t batches) {
  constexpr uint64_t kBatchTrips = 100;
  const uint64_t trips = batches * kBatchTrips;
  Line line;
  std::thread answerer([&line, trips] {
    bench::pin_to_last_cpu();
    for (uint64_t trip = 0; trip <= trips; ++trip) {
      await(line, 2 * trip + 1);
      line.turn.store(2 * trip + 2, std::memory_order_release);
    }
  });
  line.turn.store(1, std::memory_order_release);
  await(line, 2);  // The other thread runs by now.
  bench::Row batch_ns{"", "", {}};
  uint64_t start_ns = bench::now_ns();
  for (uint64_t trip = 1; trip <= trips; ++trip) {
    line.turn.store(2 * trip + 1, std::memory_order_release);
    await(line, 2 * trip + 2);
    if (trip % kBatchTrips == 0) {
      const uint64_t end_ns = bench::now_ns();
      batch_ns.runs.push_back(static_cast<double>(end_ns - start_ns));
      start_ns = end_ns;
    }
  }
  answerer.join();
  return batch_ns.median() / static_cast<double>(kBatchTrips);
}

}  // namespace

// Usage: ping_pong RUNS BATCHES
int main(int argc, char** argv) {
  const uint64_t batches = argc == 3 ? std::strtoull(argv[2], nullptr, 10) : 0;
  if (batches == 0) {
    std::fprintf(stderr, "usage: ping_pong RUNS BATCHES\n");
    return 2;
  }
  if (sysconf(_SC_NPROCESSORS_ONLN) < 2) {
    bench::print_rows({{"cache_ping_pong_ns", "ns", {}}});
    return 0;
  }
  bench::pin_to_cpu(0);
  const auto runs = static_cast<unsigned>(std::strtoul(argv[1], nullptr, 10));
  bench::print_rows(bench::round_robin({{"cache_ping_pong_ns", [batches] { return round_trip_ns(batches); }}}, runs, "ns"));
  return 0;
}
