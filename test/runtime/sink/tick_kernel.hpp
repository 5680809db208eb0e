// An unpack kernel for ticks that a test can hold, slow down and make fail, on whichever thread it runs.
#pragma once

#include <pqflow/pqflow.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <stdexcept>
#include <thread>

#include "sink/tick_schema.hpp"
#include "support/malloc_count.hpp"

namespace pqflow::sink::test {

// One for the whole program, as the kernel has no context; its end leaves nothing behind.
class TickKernel {
 public:
  static constexpr int64_t kNone = INT64_MAX;

  TickKernel() { reset(); }
  ~TickKernel() { reset(); }
  TickKernel(const TickKernel&) = delete;
  TickKernel& operator=(const TickKernel&) = delete;

  // Blocks of records before that sequence number wait until open().
  void hold_before(int64_t sequence) { held_before = sequence; }
  void open() { held_before = INT64_MIN; }
  // The block with that record throws.
  void fail_at(int64_t sequence) { failing = sequence; }
  // Each block takes so much longer, on every other thread that encodes.
  void slow_down(uint32_t us) { sleep_us = us; }
  uint64_t unpacked_records() const { return unpacked.load(); }
  // By threads that unpack, from their first block on, between one block and the next.
  uint64_t allocations() const { return allocated.load(); }

  static void unpack(const uint8_t* first_record, size_t record_count, const pqflow_staging_column* columns) {
    thread_local uint64_t malloc_count = pqflow::test::malloc_count();
    allocated += pqflow::test::malloc_count() - malloc_count;
    const int64_t first = sequence_at(first_record, 0);
    while (first < held_before.load()) {
      std::this_thread::yield();
    }
    std::this_thread::sleep_for(std::chrono::microseconds(sleep_us.load() * static_cast<uint32_t>(first & 1)));
    for (size_t row = 0; row < record_count; ++row) {
      if (sequence_at(first_record, row) == failing.load()) {
        throw std::runtime_error("thrown by the kernel");
      }
      const uint8_t* const record = first_record + row * kSlotSizeBytes;
      std::memcpy(columns[0].values + row * 8, record + offsetof(Tick, sequence), 8);
      std::memcpy(columns[1].values + row * 8, record + offsetof(Tick, price), 8);
      std::memcpy(columns[2].values + row * 8, record + offsetof(Tick, symbol), 8);
    }
    unpacked += record_count;
    malloc_count = pqflow::test::malloc_count();
  }

 private:
  static inline const size_t kSlotSizeBytes = pqflow_slot_size_bytes(sizeof(Tick), alignof(Tick));

  static int64_t sequence_at(const uint8_t* first_record, size_t row) {
    int64_t sequence;
    std::memcpy(&sequence, first_record + row * kSlotSizeBytes, sizeof sequence);
    return sequence;
  }
  void reset() {
    held_before = INT64_MIN;
    failing = kNone;
    sleep_us = 0;
    unpacked = 0;
    allocated = 0;
  }

  static inline std::atomic<int64_t> held_before;
  static inline std::atomic<int64_t> failing;
  static inline std::atomic<uint32_t> sleep_us;
  static inline std::atomic<uint64_t> unpacked;
  static inline std::atomic<uint64_t> allocated;
};

}  // namespace pqflow::sink::test
