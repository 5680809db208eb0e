// A sink of orders whose writer thread runs on the last processor and whose producer is the calling thread, on the first.
#pragma once

#include <orders_sink.h>
#include <sched.h>

#include <cstdlib>
#include <string>

#include "durability.hpp"
#include "measure.hpp"

namespace bench {

class OrdersCapture {
 public:
  // Ends the program when the sink cannot be opened: nothing can be measured then.
  OrdersCapture(const std::string& path, const pqflow_options& options) {
    pin_to_last_cpu();  // The writer thread inherits it; the producer moves away afterwards.
    pqflow_error error{};
    if (orders_sink_open(&sink_, path.c_str(), &options, &error) != PQFLOW_STATUS_OK) {
      fail(error);
    }
    pin_to_cpu(0);
    lane_ = orders_sink_lane(sink_);
    kept_records_ = stats().durability == PQFLOW_DURABILITY_FILE ? 0 : options.row_group_rows - 1;
  }
  ~OrdersCapture() { orders_sink_free(sink_); }
  OrdersCapture(const OrdersCapture&) = delete;
  OrdersCapture& operator=(const OrdersCapture&) = delete;

  orders_lane* lane() const { return lane_; }
  // All but what a ring that outlives the process keeps: the row group that is being filled.
  bool is_drained() const {
    return lane_->lane.producer.head_index - PQFLOW_ATOMIC_LOAD_ACQUIRE(&lane_->lane.consumer.tail_index) <= kept_records_;
  }
  void wait_until_drained() const {
    while (!is_drained()) {
      sched_yield();
    }
  }
  // Until the writer has had nothing to do for a while and sleeps: what a producer then pays is its own. Not longer: on a shared machine
  // the neighbours would have emptied the cache by then, and the burst would measure main memory.
  void wait_until_quiet() const {
    constexpr uint64_t kQuietNs = 1'000'000;
    wait_until_drained();
    const uint64_t start_ns = now_ns();
    while (now_ns() - start_ns < kQuietNs) {
    }
  }
  uint64_t dropped_records() const { return stats().dropped_records; }
  void close() {
    pqflow_error error{};
    if (orders_sink_close(sink_, &error) != PQFLOW_STATUS_OK) {
      fail(error);
    }
  }

 private:
  pqflow_stats stats() const {
    pqflow_stats stats{};
    stats.struct_size_bytes = sizeof stats;
    orders_sink_stats(sink_, &stats);
    return stats;
  }
  [[noreturn]] static void fail(const pqflow_error& error) {
    std::fprintf(stderr, "%s\n", error.message);
    std::exit(2);
  }

  orders_sink* sink_ = nullptr;
  orders_lane* lane_ = nullptr;
  uint64_t kept_records_ = 0;
};

inline pqflow_options bench_options() {
  pqflow_options options = orders_options_default();
  options.if_exists = PQFLOW_IF_EXISTS_REPLACE;
  set_durability(options);
  return options;
}

}  // namespace bench
