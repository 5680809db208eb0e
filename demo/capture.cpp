// The C++ producer: draws orders from the market and logs them through the generated class.
// Usage: capture FILE ORDERS ORDERS_PER_SECOND. Prints one line of JSON.
// A market feed does not wait; this one is simulated, so it offers orders at a fixed rate, and no order while a busy machine has filled the
// ring.
#include <orders_sink.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <thread>
#include <vector>

#include "market.hpp"

namespace {

constexpr size_t kBatchOrders = 4096;
using Steady = std::chrono::steady_clock;

double ns_between(Steady::time_point from, Steady::time_point to) { return std::chrono::duration<double, std::nano>(to - from).count(); }

// Orders are drawn outside the measured time; what is measured is the eight arguments going into the ring.
double log_batch(OrdersSink& sink, const std::vector<demo::Order>& batch) {
  const Steady::time_point start = Steady::now();
  for (const demo::Order& order : batch) {
    sink.log_fields(order.timestamp_ns, order.symbol, demo::Market::kSymbolBytes, order.order_id, static_cast<orders_side>(order.side),
                    order.price_microcents, order.quantity_shares, static_cast<orders_order_type>(order.type), order.exchange);
  }
  return ns_between(start, Steady::now());
}

void wait_for_room(const OrdersSink& sink) {
  while (pqflow_lane_free_slots(sink.lane()) < kBatchOrders) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

int capture(const char* path, uint64_t order_count, double orders_per_second) {
  pqflow_options options = orders_options_default();
  options.if_exists = PQFLOW_IF_EXISTS_REPLACE;
  OrdersSink sink(path, options);
  demo::Market market(2026, order_count);
  std::vector<demo::Order> batch;
  double log_ns = 0;
  const Steady::time_point start = Steady::now();
  for (uint64_t produced = 0; produced < order_count; produced += batch.size()) {
    batch.clear();
    while (batch.size() < kBatchOrders && produced + batch.size() < order_count) {
      batch.push_back(market.next());
    }
    wait_for_room(sink);
    std::this_thread::sleep_until(start +
                                  std::chrono::nanoseconds(static_cast<int64_t>(static_cast<double>(produced) * 1e9 / orders_per_second)));
    log_ns += log_batch(sink, batch);
  }
  sink.close();
  const double elapsed_ns = ns_between(start, Steady::now());
  const pqflow_stats stats = sink.stats();
  std::printf("{\"records\": %llu, \"dropped\": %llu, \"recordsPerS\": %.0f, \"logNs\": %.2f}\n",
              static_cast<unsigned long long>(stats.accepted_records), static_cast<unsigned long long>(stats.dropped_records),
              static_cast<double>(stats.accepted_records) * 1e9 / elapsed_ns, log_ns / static_cast<double>(order_count));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: capture FILE ORDERS ORDERS_PER_SECOND\n");
    return 2;
  }
  try {
    return capture(argv[1], std::strtoull(argv[2], nullptr, 10), std::strtod(argv[3], nullptr));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "capture: %s\n", error.what());
    return 1;
  }
}
