// What single records cost a producer that does not log all the time: one record a microsecond, and bursts of twenty. Each scenario twice:
// with nothing else in the ring, and with so many records between the measured ones that the writer encodes most of the time.
#include <cstdlib>

#include "orders_capture.hpp"
#include "ticks.hpp"

namespace {

constexpr const char* kSymbol = "ACME    ";
constexpr unsigned kBurstRecords = 20;
constexpr unsigned kFillRecords = 8;  // Between two measured moments, a microsecond apart: 8 to 9 million records a second.

struct Scenario {
  const char* name;
  unsigned measured_records;
  uint64_t interval_ns;
  unsigned fill_records;
};

constexpr Scenario kScenarios[] = {{"paced", 1, 1'000, 0},
                                   {"burst20", kBurstRecords, 20'000, 0},
                                   {"paced_while_encoding", 1, 1'000, kFillRecords},
                                   {"burst20_while_encoding", kBurstRecords, 3'000, kFillRecords}};

void log_orders(orders_lane* lane, uint64_t first, unsigned count) {
  for (unsigned index = 0; index < count; ++index) {
    const auto value = static_cast<int64_t>(first + index);
    orders_log_fields(lane, value, kSymbol, 8, value + 1, orders_side::bid, value + 2, 100, orders_order_type::trade, 4);
  }
}

// Ticks of each measured moment, per record not yet.
void sample(const Scenario& scenario, const bench::OrdersCapture& capture, std::vector<uint64_t>& samples) {
  uint64_t logged = 0;
  uint64_t next_ns = bench::now_ns();
  for (uint64_t& each : samples) {
    log_orders(capture.lane(), logged, scenario.fill_records);
    logged += scenario.fill_records;
    next_ns += scenario.interval_ns;
    while (bench::now_ns() < next_ns) {
    }
    const uint64_t start = bench::ticks();
    log_orders(capture.lane(), logged, scenario.measured_records);
    each = bench::ticks() - start;
    logged += scenario.measured_records;
  }
}

double percentile_ns(const std::vector<uint64_t>& sorted, double share, const Scenario& scenario, const bench::TickScale& scale) {
  const auto place = static_cast<size_t>(share * static_cast<double>(sorted.size() - 1));
  return scale.ns(sorted[place]) / scenario.measured_records;
}

class Percentiles {
 public:
  explicit Percentiles(const Scenario& scenario) : scenario_(scenario) {
    for (const auto& [suffix, share] : kShares) {
      (void)share;
      rows_.push_back({std::string(scenario.name).insert(prefix_length(), std::string("_") + suffix) + "_ns", "ns/record", {}});
    }
    rows_.push_back({std::string(scenario.name) + "_dropped_records", "records", {}});
  }
  void add(std::vector<uint64_t>& samples, const bench::TickScale& scale, uint64_t dropped_records) {
    std::sort(samples.begin(), samples.end());
    size_t row = 0;
    for (const auto& [suffix, share] : kShares) {
      (void)suffix;
      rows_[row++].runs.push_back(percentile_ns(samples, share, scenario_, scale));
    }
    rows_[row].runs.push_back(static_cast<double>(dropped_records));
  }
  const std::vector<bench::Row>& rows() const { return rows_; }

 private:
  static constexpr std::pair<const char*, double> kShares[] = {{"p50", 0.5}, {"p99", 0.99}, {"p999", 0.999}, {"p9999", 0.9999}};

  // paced_p50_ns and paced_p50_while_encoding_ns: the percentile stands behind the first word.
  size_t prefix_length() const {
    const std::string name = scenario_.name;
    return std::min(name.find('_'), name.size());
  }

  const Scenario& scenario_;
  std::vector<bench::Row> rows_;
};

}  // namespace

// Usage: paced DIRECTORY RUNS SAMPLES
int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: paced DIRECTORY RUNS SAMPLES\n");
    return 2;
  }
  const auto runs = static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10));
  std::vector<uint64_t> samples(std::strtoull(argv[3], nullptr, 10));
  bench::OrdersCapture capture(std::string(argv[1]) + "/paced-{seq}.parquet", bench::bench_options());
  const bench::TickScale scale = bench::calibrate_ticks();
  std::vector<Percentiles> percentiles(std::begin(kScenarios), std::end(kScenarios));
  for (unsigned run = 0; run <= runs; ++run) {  // The first only warms up.
    for (size_t index = 0; index < percentiles.size(); ++index) {
      capture.wait_until_drained();
      const uint64_t dropped_before = capture.dropped_records();
      sample(kScenarios[index], capture, samples);
      if (run != 0) {
        percentiles[index].add(samples, scale, capture.dropped_records() - dropped_before);
      }
    }
  }
  capture.close();
  std::vector<bench::Row> rows;
  for (const Percentiles& each : percentiles) {
    rows.insert(rows.end(), each.rows().begin(), each.rows().end());
  }
  bench::print_rows(rows);
  return 0;
}
