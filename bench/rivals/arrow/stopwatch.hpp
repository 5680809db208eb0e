// Records of one row group in a window, as they would lie in the ring; the clock stands while it is filled, which is the producer's work.
#pragma once

#include <algorithm>
#include <cstring>
#include <vector>

#include "../../src/measure.hpp"
#include "ways.hpp"

namespace rivals {

class Stopwatch {
 public:
  template <typename Work>
  void timed(const Work& work) {
    const uint64_t start_ns = bench::now_ns();
    work();
    elapsed_ns_ += bench::now_ns() - start_ns;
  }
  uint64_t elapsed_ns() const { return elapsed_ns_; }

 private:
  uint64_t elapsed_ns_ = 0;
};

// Calls work(first_record, record_count) for window after window.
template <typename Work>
void for_each_window(const Records& records, size_t window_records, const Work& work) {
  static std::vector<uint8_t> window;
  window.resize(std::max(window.size(), window_records * records.slot_size_bytes));
  for (size_t index = 0; index < records.count(); index += window_records) {
    const size_t count = std::min(window_records, records.count() - index);
    std::memcpy(window.data(), records.at(index), count * records.slot_size_bytes);
    work(window.data(), count);
  }
}

}  // namespace rivals
