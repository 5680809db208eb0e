// Orders from a generated C++ class: each field goes straight into the ring, and every 25,000 orders a file is finished. Readers can open
// the one in progress too.
#include <orders_sink.h>

#include <cstdio>
#include <exception>

namespace {

constexpr int64_t kOrderCount = 100'000;
constexpr int64_t kOrdersPerFile = 25'000;

bool log_order(OrdersSink& sink, int64_t id) {
  const int64_t timestamp_ns = 1'767'623'400'000'000'000 + id * 1'000;
  const orders_side side = id % 2 == 0 ? orders_side::bid : orders_side::ask;
  const orders_order_type type = id % 10 == 0 ? orders_order_type::trade : orders_order_type::new_;
  const int64_t price_microcents = 4'200'000'000 + (id * 7'919) % 1'000'000;
  return sink.log_fields(timestamp_ns, "ACME", 4, id, side, price_microcents, 100 + id % 900, type, 1) == PQFLOW_STATUS_OK;
}

void capture(const char* path) {
  pqflow_options options = OrdersSink::default_options();
  options.if_exists = PQFLOW_IF_EXISTS_REPLACE;
  options.rotate_rows = kOrdersPerFile;
  OrdersSink sink(path, options);
  for (int64_t id = 1; id <= kOrderCount; ++id) {
    if (!log_order(sink, id)) {
      // The ring is full. A feed handler goes on with the next message (the refusal is counted); this one can wait for the writer.
      sink.flush();  // Blocks until readers can see all orders so far; call it where the producer has time.
      --id;
    }
  }
  sink.close();
  const pqflow_stats stats = sink.stats();
  std::printf("%llu orders in %llu files, %llu refused and logged again\n", static_cast<unsigned long long>(stats.visible_records),
              static_cast<unsigned long long>(stats.files_finished), static_cast<unsigned long long>(stats.dropped_records));
}

}  // namespace

int main(int argc, char** argv) {
  try {
    capture(argc > 1 ? argv[1] : "orders-{seq}.parquet");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "market_orders: %s\n", error.what());
    return 1;
  }
}
