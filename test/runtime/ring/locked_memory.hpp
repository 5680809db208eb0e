// What this process has locked in memory.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>

namespace pqflow::ring::test {

inline uint64_t locked_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (word == "VmLck:") {
      uint64_t kib = 0;
      status >> kib;
      return kib;
    }
  }
  return 0;
}

}  // namespace pqflow::ring::test
