// The seqlock that pqflow top reads: who finds the sequence unchanged has words of one store, and never goes back.
#pragma once

#include "scenario.hpp"
// Behind it.
#include "watch/seqlock.hpp"

namespace pqflow::model {

inline constexpr Mutant kSeqlockMutants[] = {
    weaker_store("words and sequence are stored relaxed", WordKind::kOutside),
    weaker_load("words and sequence are loaded relaxed", WordKind::kOutside),
    {"nobody asks whether the sequence changed"},
};

template <uint64_t kStores, uint32_t kLooks>
struct Seqlock : Executions<Seqlock<kStores, kLooks>, 2> {
  void thread(unsigned index) { index == 0 ? store() : look(); }

  void store() {
    for (uint64_t value = 1; value <= kStores; ++value) {
      const uint64_t values[] = {value, value};
      watch::store_words(sequence, words, values);
    }
  }

  void look() {
    uint64_t last = 0;
    for (uint32_t looks = 0; looks < kLooks; ++looks) {
      uint64_t values[2];
      const bool is_whole = watch::try_load_words(sequence, words, values);
      if (is_whole || is_mutant("nobody asks whether the sequence changed")) {
        RL_ASSERT(values[0] == values[1] && values[0] >= last);
        last = values[0];
      }
    }
  }

  uint64_t sequence = 0;
  uint64_t words[2]{};
};

}  // namespace pqflow::model
