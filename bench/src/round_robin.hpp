// Variants of one program in turn: a slow moment of the machine hits all of them alike.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "measure.hpp"

namespace bench {

struct Contestant {
  std::string name;
  std::function<double()> measure;  // One figure, in the row's unit.
};

// Each once to warm up, then `runs` rounds over all.
inline std::vector<Row> round_robin(const std::vector<Contestant>& contestants, unsigned runs, const std::string& unit) {
  std::vector<Row> rows;
  for (const Contestant& contestant : contestants) {
    contestant.measure();
    rows.push_back({contestant.name, unit, {}});
  }
  for (unsigned run = 0; run < runs; ++run) {
    for (size_t index = 0; index < rows.size(); ++index) {
      rows[index].runs.push_back(contestants[index].measure());
    }
  }
  return rows;
}

// Nanoseconds per item of `work`, which is done `repetitions` times over `items`.
template <typename Work>
double ns_per_item(size_t items, size_t repetitions, const Work& work) {
  const uint64_t start_ns = now_ns();
  for (size_t repetition = 0; repetition < repetitions; ++repetition) {
    work();
    compiler_barrier();
  }
  return static_cast<double>(now_ns() - start_ns) / static_cast<double>(items * repetitions);
}

}  // namespace bench
