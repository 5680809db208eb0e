// What every benchmark program here needs: a clock, a pinned thread, rows of runs with their median, and JSON on standard output.
#pragma once

#include <pthread.h>
#include <sched.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace bench {

inline uint64_t now_ns() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<uint64_t>(time.tv_sec) * 1'000'000'000U + static_cast<uint64_t>(time.tv_nsec);
}

// Pins the calling thread; false where the machine has no such processor.
inline bool pin_to_cpu(unsigned cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(cpu, &set);
  return pthread_setaffinity_np(pthread_self(), sizeof set, &set) == 0;
}

// The processor of the writers: never the first, where a machine has more than one.
inline bool pin_to_last_cpu() { return pin_to_cpu(static_cast<unsigned>(sysconf(_SC_NPROCESSORS_ONLN) - 1)); }

// Keeps the compiler from merging or dropping the stores before it; costs no instruction.
inline void compiler_barrier() { asm volatile("" ::: "memory"); }

struct Row {
  std::string name;
  std::string unit;
  std::vector<double> runs;
  double median() const {
    std::vector<double> sorted = runs;
    std::sort(sorted.begin(), sorted.end());
    return sorted.empty() ? 0.0 : sorted[sorted.size() / 2];
  }
};

inline void print_rows(const std::vector<Row>& rows) {
  std::printf("[");
  for (size_t index = 0; index < rows.size(); ++index) {
    std::printf("%s\n {\"name\": \"%s\", \"unit\": \"%s\", ", index == 0 ? "" : ",", rows[index].name.c_str(), rows[index].unit.c_str());
    if (rows[index].runs.empty()) {
      std::printf("\"median\": null, \"reason\": \"no run of it succeeded\", ");
    } else {
      std::printf("\"median\": %.6g, ", rows[index].median());
    }
    std::printf("\"runs\": [");
    for (size_t run = 0; run < rows[index].runs.size(); ++run) {
      std::printf("%s%.6g", run == 0 ? "" : ", ", rows[index].runs[run]);
    }
    std::printf("]}");
  }
  std::printf("\n]\n");
}

}  // namespace bench
