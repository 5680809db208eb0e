// PQFLOW_BENCH_DURABILITY=process: the ring of a bench is a file in memory, for comparisons with the private one; sync: and its row groups
// are synced while they are written; journal: and its records are in a journal before.
#pragma once

#include <pqflow/pqflow.h>

#include <cstdlib>
#include <cstring>

namespace bench {

inline void set_durability(pqflow_options& options) {
  const char* const wanted = std::getenv("PQFLOW_BENCH_DURABILITY");
  if (wanted != nullptr && std::strcmp(wanted, "process") == 0) {
    options.durability = PQFLOW_DURABILITY_PROCESS;
  } else if (wanted != nullptr && std::strcmp(wanted, "sync") == 0) {
    options.durability = PQFLOW_DURABILITY_SYNC;
  } else if (wanted != nullptr && std::strcmp(wanted, "journal") == 0) {
    options.durability = PQFLOW_DURABILITY_JOURNAL;
  }
}

}  // namespace bench
