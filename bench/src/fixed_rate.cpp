// The whole pipeline at fixed rates, default settings, policy drop: a producer that logs so many records a second and does not wait,
// whatever the ring says. Which rate loses no record, and how many records a second that is from the first push until close() has returned,
// which is after the last byte was synced.
#include <unistd.h>

#include <cstdlib>

#include "market_records.hpp"
#include "orders_capture.hpp"

namespace {

constexpr size_t kRecords = 1 << 20;  // Then they come again, a session later.
constexpr uint64_t kBatchRecords = 32;

struct Outcome {
  double records_per_s;
  uint64_t dropped_records;
};

class Pipeline {
 public:
  Pipeline(std::string path, uint64_t record_count)
      : path_(std::move(path)), record_count_(record_count), records_(bench::market_records(kRecords)) {}

  // Records a second offered; 0: as many as go in, a refused one is offered again.
  Outcome run(double rate, uint64_t record_count) const {
    bench::OrdersCapture capture(path_, bench::bench_options());
    const uint64_t start_ns = bench::now_ns();
    for (uint64_t index = 0; index < record_count; index += kBatchRecords) {
      wait(capture, rate, index, start_ns);
      log(capture.lane(), index);
    }
    capture.close();
    const uint64_t elapsed_ns = bench::now_ns() - start_ns;
    const uint64_t dropped_records = capture.dropped_records();
    unlink(path_.c_str());
    return {static_cast<double>(record_count - dropped_records) * 1e9 / static_cast<double>(elapsed_ns), dropped_records};
  }
  uint64_t record_count() const { return record_count_; }

 private:
  static void wait(const bench::OrdersCapture& capture, double rate, uint64_t index, uint64_t start_ns) {
    if (rate == 0) {
      while (pqflow_lane_free_slots(&capture.lane()->lane) < kBatchRecords) {
        sched_yield();
      }
      return;
    }
    const auto due_ns = static_cast<uint64_t>(static_cast<double>(index) * 1e9 / rate);
    while (bench::now_ns() - start_ns < due_ns) {
    }
  }
  void log(orders_lane* lane, uint64_t first) const {
    const auto session = static_cast<int64_t>(first / kRecords);
    for (uint64_t index = first % kRecords; index < first % kRecords + kBatchRecords; ++index) {
      const orders_record& record = records_[index];
      orders_log_fields(lane, record.timestamp_ns + session * demo::Market::kSessionNs, record.symbol, sizeof record.symbol,
                        record.order_id + session * static_cast<int64_t>(kRecords), record.side, record.price, record.quantity,
                        record.order_type, record.exchange);
    }
  }

  std::string path_;
  uint64_t record_count_;
  std::vector<orders_record> records_;
};

// From what the pipeline takes when the producer waits for it, downwards until a trial loses nothing.
double find_rate(const Pipeline& pipeline) {
  constexpr double kLeastShare = 0.1;
  constexpr double kStep = 0.85;
  const uint64_t trial_records = std::max<uint64_t>(pipeline.record_count() / 16, kRecords);
  const double most = pipeline.run(0, trial_records).records_per_s;
  double share = 1.0;
  while (share > kLeastShare && pipeline.run(most * share, trial_records).dropped_records != 0) {
    share *= kStep;
  }
  return most * share;
}

// Every run of the row is one without a loss; a rate that loses a record is given up for a lower one. A machine that is never left alone
// loses some at every rate: then the row is empty.
bench::Row zero_drops(const Pipeline& pipeline, unsigned runs) {
  constexpr unsigned kMoreAttempts = 6;
  constexpr double kStep = 0.9;
  bench::Row row{"pipeline_records_per_s_zero_drops", "records/s", {}};
  double rate = find_rate(pipeline);
  for (unsigned attempt = 0; attempt < runs + kMoreAttempts && row.runs.size() < runs; ++attempt) {
    const Outcome outcome = pipeline.run(rate, pipeline.record_count());
    if (outcome.dropped_records == 0) {
      row.runs.push_back(outcome.records_per_s);
    } else {
      row.runs.clear();
      rate *= kStep;
    }
  }
  return row;
}

void add_ladder(const Pipeline& pipeline, unsigned runs, std::vector<bench::Row>& rows) {
  for (const unsigned million : {5U, 10U, 20U, 40U, 60U}) {
    const std::string name = "pipeline_at_" + std::to_string(million) + "m";
    bench::Row dropped{name + "_dropped_records", "records", {}};
    bench::Row speed{name + "_records_per_s", "records/s", {}};
    for (unsigned run = 0; run < runs; ++run) {
      const Outcome outcome = pipeline.run(million * 1e6, std::max<uint64_t>(pipeline.record_count() / 16, kRecords));
      dropped.runs.push_back(static_cast<double>(outcome.dropped_records));
      speed.runs.push_back(outcome.records_per_s);
    }
    rows.push_back(dropped);
    rows.push_back(speed);
  }
}

}  // namespace

// Usage: fixed_rate DIRECTORY RUNS RECORDS
int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: fixed_rate DIRECTORY RUNS RECORDS\n");
    return 2;
  }
  const auto runs = static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10));
  const Pipeline pipeline(std::string(argv[1]) + "/fixed-rate.parquet",
                          std::strtoull(argv[3], nullptr, 10) / kBatchRecords * kBatchRecords);
  std::vector<bench::Row> rows = {zero_drops(pipeline, runs)};
  add_ladder(pipeline, runs, rows);
  bench::print_rows(rows);
  return 0;
}
