// Records of the orders' size from one thread to another, ns per record: our lane, and queues of Debian packages where their headers are
// installed. Bursts of half the queue into an empty one: `push` is the producer's time, `handover` lasts until the other thread, which adds
// one field up, has seen the last record.
#include <atomic>
#include <cstdlib>
#include <functional>
#include <memory>
#include <thread>

#include "market_records.hpp"
#include "orders_capture.hpp"
#include "ring/lane_layout.hpp"
#include "ring/lane_memory.hpp"
#include "ring/lane_reader.hpp"

#if __has_include(<boost/lockfree/spsc_queue.hpp>)
#define BENCH_HAS_BOOST 1
#include <boost/lockfree/spsc_queue.hpp>
#endif
#if __has_include(<readerwriterqueue/readerwriterqueue.h>)
#define BENCH_HAS_READERWRITERQUEUE 1
#include <readerwriterqueue/readerwriterqueue.h>
#endif
#if __has_include(<concurrentqueue/concurrentqueue.h>)
#define BENCH_HAS_CONCURRENTQUEUE 1
#include <concurrentqueue/concurrentqueue.h>
#endif

namespace {

constexpr uint32_t kCapacity = 262'144;
constexpr uint64_t kBurstRecords = 131'072;
constexpr uint64_t kBatchRecords = 256;

// A queue is: push(record), and take() → how many records were taken, adding up their order ids.
class Lane {
 public:
  Lane() : geometry_(pqflow::ring::make_geometry(kCapacity, ORDERS_SLOT_SIZE_BYTES, ORDERS_RECORD_SIZE_BYTES)) {
    if (!memory_.allocate(pqflow::ring::lane_size_bytes(geometry_)).is_ok()) {
      std::exit(2);
    }
    lane_ = &pqflow::ring::lane_init(memory_.data(), {geometry_, 0, 0, 0, 0});
    reader_ = std::make_unique<pqflow::ring::LaneReader>(*lane_, geometry_, 0);
  }
  void push(const orders_record& record) {
    while (pqflow_lane_log(lane_, &record, ORDERS_RECORD_SIZE_BYTES, ORDERS_SLOT_SIZE_BYTES) != PQFLOW_STATUS_OK) {
    }
  }
  uint64_t take(int64_t& sum) {
    const pqflow::ring::Span span = reader_->peek(pqflow::ring::kSpanMaxRecords);
    for (size_t index = 0; index < span.record_count; ++index) {
      const void* const slot = span.first_record + index * ORDERS_SLOT_SIZE_BYTES;
      sum += static_cast<const orders_record*>(slot)->order_id;
    }
    reader_->advance(span.record_count);
    reader_->release(reader_->cursor());
    return span.record_count;
  }

 private:
  pqflow::ring::LaneGeometry geometry_;
  pqflow::ring::LaneMemory memory_;
  pqflow_lane* lane_;
  std::unique_ptr<pqflow::ring::LaneReader> reader_;
};

#ifdef BENCH_HAS_BOOST
class BoostSpsc {
 public:
  void push(const orders_record& record) {
    while (!queue_->push(record)) {
    }
  }
  uint64_t take(int64_t& sum) {
    return queue_->consume_all([&sum](const orders_record& record) { sum += record.order_id; });
  }

 private:
  using Queue = boost::lockfree::spsc_queue<orders_record, boost::lockfree::capacity<kCapacity>>;
  std::unique_ptr<Queue> queue_ = std::make_unique<Queue>();
};
#endif

#ifdef BENCH_HAS_READERWRITERQUEUE
template <typename Queue>
class TryQueue {
 public:
  void push(const orders_record& record) {
    while (!queue_.try_enqueue(record)) {
    }
  }
  uint64_t take(int64_t& sum) {
    orders_record record;
    uint64_t count = 0;
    while (count < pqflow::ring::kSpanMaxRecords && queue_.try_dequeue(record)) {
      sum += record.order_id;
      ++count;
    }
    return count;
  }

 private:
  Queue queue_{kCapacity};
};
#endif

#ifdef BENCH_HAS_CONCURRENTQUEUE
// With the tokens that its documentation advises for threads that stay.
class ConcurrentQueue {
 public:
  void push(const orders_record& record) {
    while (!queue_.try_enqueue(producer_, record)) {
    }
  }
  uint64_t take(int64_t& sum) {
    const size_t count = queue_.try_dequeue_bulk(consumer_, taken_.data(), taken_.size());
    for (size_t index = 0; index < count; ++index) {
      sum += taken_[index].order_id;
    }
    return count;
  }

 private:
  moodycamel::ConcurrentQueue<orders_record> queue_{kCapacity};
  moodycamel::ProducerToken producer_{queue_};
  moodycamel::ConsumerToken consumer_{queue_};
  std::vector<orders_record> taken_ = std::vector<orders_record>(pqflow::ring::kSpanMaxRecords);
};
#endif

struct Cost {
  double push_ns;
  double handover_ns;
};

template <typename Queue>
class Course {
 public:
  Course() : consumer_([this] { consume(); }) {}
  ~Course() {
    is_over_.store(true);
    consumer_.join();
  }

  Cost run(unsigned bursts) {
    uint64_t push_ns = 0;
    uint64_t handover_ns = 0;
    for (unsigned burst = 0; burst < bursts; ++burst) {
      const uint64_t start_ns = bench::now_ns();
      for (uint64_t index = 0; index < kBurstRecords; ++index) {
        queue_.push(records_[index % records_.size()]);
      }
      push_ns += bench::now_ns() - start_ns;
      pushed_ += kBurstRecords;
      while (taken_.load(std::memory_order_acquire) != pushed_) {
      }
      handover_ns += bench::now_ns() - start_ns;
    }
    const auto records = static_cast<double>(bursts * kBurstRecords);
    return {static_cast<double>(push_ns) / records, static_cast<double>(handover_ns) / records};
  }
  // Courses run in turn: only the current one's consumer polls.
  void wake() {
    polling_.store(false);
    is_awake_.store(true);
    while (!polling_.load()) {
    }
  }
  void sleep() { is_awake_.store(false); }

 private:
  // A consumer that has found little does something else for a microsecond: one that polls without a pause takes the line that is being
  // written from the producer with every record, whatever the queue.
  static void pause() {
    const uint64_t start_ns = bench::now_ns();
    while (bench::now_ns() - start_ns < 1'000) {
    }
  }
  void consume() {
    bench::pin_to_last_cpu();
    int64_t sum = 0;
    uint64_t taken = 0;
    while (!is_over_.load(std::memory_order_relaxed)) {
      if (!is_awake_.load(std::memory_order_relaxed)) {
        const timespec pause = {0, 1'000'000};
        nanosleep(&pause, nullptr);
        continue;
      }
      if (!polling_.load(std::memory_order_relaxed)) {
        polling_.store(true);
      }
      const uint64_t count = queue_.take(sum);
      if (count != 0) {
        taken += count;
        taken_.store(taken, std::memory_order_release);
      }
      if (count < kBatchRecords) {
        pause();
      }
    }
    volatile int64_t kept = sum;  // The fields were read.
    (void)kept;
  }

  alignas(128) Queue queue_;
  // Prebuilt: a record that was filled a moment ago costs its copy a wait for those stores, the same in every queue.
  const std::vector<orders_record> records_ = bench::market_records(1024);
  alignas(128) uint64_t pushed_ = 0;  // Nothing that one thread writes lies beside what the other reads.
  alignas(128) std::atomic<uint64_t> taken_ = 0;
  alignas(128) std::atomic<bool> is_awake_ = false;
  alignas(128) std::atomic<bool> polling_ = false;
  std::atomic<bool> is_over_ = false;
  std::thread consumer_;
};

struct Entry {
  std::string name;
  std::function<Cost(unsigned bursts)> run;
};

template <typename Queue>
void add(std::vector<Entry>& entries, const std::string& name) {
  const auto course = std::make_shared<Course<Queue>>();
  entries.push_back({name, [course](unsigned bursts) {
                       course->wake();
                       const Cost cost = course->run(bursts);
                       course->sleep();
                       return cost;
                     }});
}

std::vector<Entry> entries() {
  std::vector<Entry> list;
  add<Lane>(list, "pqflow");
#ifdef BENCH_HAS_BOOST
  add<BoostSpsc>(list, "boost_spsc_queue");
#endif
#ifdef BENCH_HAS_READERWRITERQUEUE
  add<TryQueue<moodycamel::ReaderWriterQueue<orders_record>>>(list, "readerwriterqueue");
#endif
#ifdef BENCH_HAS_CONCURRENTQUEUE
  add<ConcurrentQueue>(list, "concurrentqueue");
#endif
  return list;
}

}  // namespace

// Usage: handover RUNS BURSTS
int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: handover RUNS BURSTS\n");
    return 2;
  }
  const auto runs = static_cast<unsigned>(std::strtoul(argv[1], nullptr, 10));
  const auto bursts = static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10));
  bench::pin_to_cpu(0);
  const std::vector<Entry> list = entries();
  std::vector<bench::Row> rows;
  for (const Entry& entry : list) {
    entry.run(2);
    rows.push_back({"push_" + entry.name + "_ns", "ns/record", {}});
    rows.push_back({"handover_" + entry.name + "_ns", "ns/record", {}});
  }
  for (unsigned run = 0; run < runs; ++run) {
    for (size_t index = 0; index < list.size(); ++index) {
      const Cost cost = list[index].run(bursts);
      rows[2 * index].runs.push_back(cost.push_ns);
      rows[2 * index + 1].runs.push_back(cost.handover_ns);
    }
  }
  bench::print_rows(rows);
  return 0;
}
