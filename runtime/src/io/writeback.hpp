// What was written goes to the disk while more is written: the sync at the end of a file then waits for little.
#pragma once

#include <cstdint>

#include "base/system.hpp"

namespace pqflow::io {

// Writer thread. Of one file after the other, each written from its beginning to its end.
class Writeback {
 public:
  explicit Writeback(const base::SystemCalls& system) : system_(system) {}

  void begin() noexcept { started_bytes_ = 0; }
  // Everything below `end_bytes` was written. Blocks a millisecond or so where the disk has too much to do already. A failure is no news:
  // the sync will report it.
  void reach(int fd, uint64_t end_bytes);

 private:
  const base::SystemCalls& system_;
  uint64_t started_bytes_ = 0;
};

}  // namespace pqflow::io
