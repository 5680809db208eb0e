// A clock finer than clock_gettime, for single calls of a few nanoseconds: the processor's counter, ordered against the code around it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "measure.hpp"

namespace bench {

#if defined(__x86_64__)
inline uint64_t ticks() {
  uint32_t low = 0;
  uint32_t high = 0;
  asm volatile("lfence\n\trdtsc\n\tlfence" : "=a"(low), "=d"(high)::"memory");
  return (static_cast<uint64_t>(high) << 32) | low;
}
#elif defined(__aarch64__)
inline uint64_t ticks() {
  uint64_t value = 0;
  asm volatile("isb\n\tmrs %0, cntvct_el0\n\tisb" : "=r"(value)::"memory");
  return value;
}
#else
inline uint64_t ticks() { return now_ns(); }
#endif

// Nanoseconds of a tick, and what two readings around nothing cost, to be taken off.
struct TickScale {
  double ns_per_tick;
  uint64_t empty_ticks;

  double ns(uint64_t elapsed_ticks) const {
    return ns_per_tick * static_cast<double>(elapsed_ticks > empty_ticks ? elapsed_ticks - empty_ticks : 0);
  }
};

inline uint64_t median_empty_ticks() {
  std::vector<uint64_t> samples(10'001);
  for (uint64_t& sample : samples) {
    const uint64_t start = ticks();
    sample = ticks() - start;
  }
  std::nth_element(samples.begin(), samples.begin() + 5'000, samples.end());
  return samples[5'000];
}

inline TickScale calibrate_ticks() {
  constexpr uint64_t kSpanNs = 50'000'000;
  const uint64_t start_ns = now_ns();
  const uint64_t start = ticks();
  while (now_ns() - start_ns < kSpanNs) {
  }
  const double ns_per_tick = static_cast<double>(now_ns() - start_ns) / static_cast<double>(ticks() - start);
  return {ns_per_tick, median_empty_ticks()};
}

}  // namespace bench
