// What is measured is the default: PROCESS, where that can be. PQFLOW_BENCH_DURABILITY=process: or the bench ends; file: the ring of a
// bench is private, for comparisons; sync: row groups are synced while they are written; journal: and records are in a journal before.
#pragma once

#include <pqflow/pqflow.h>

#include <cstdlib>
#include <cstring>

namespace bench {

inline void set_durability(pqflow_options& options) {
  const char* const wanted = std::getenv("PQFLOW_BENCH_DURABILITY");
  if (wanted != nullptr && std::strcmp(wanted, "file") == 0) {
    options.durability = PQFLOW_DURABILITY_FILE;
  } else if (wanted != nullptr && std::strcmp(wanted, "process") == 0) {
    options.durability = PQFLOW_DURABILITY_PROCESS;
  } else if (wanted != nullptr && std::strcmp(wanted, "sync") == 0) {
    options.durability = PQFLOW_DURABILITY_SYNC;
  } else if (wanted != nullptr && std::strcmp(wanted, "journal") == 0) {
    options.durability = PQFLOW_DURABILITY_JOURNAL;
  }
}

}  // namespace bench
