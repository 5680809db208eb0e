// Disk space of a growing file, asked for before it is written: writing into reserved space takes two thirds of the time.
#pragma once

#include <cstdint>

#include "base/system.hpp"

namespace pqflow::io {

// Writer thread; both calls block for as long as the file system takes to find the space. A reservation that cannot be had is no error: a
// full disk shows when it is written to. The length of the file stays what was written.
class Reservation {
 public:
  explicit Reservation(const base::SystemCalls& system) : system_(system) {}

  // Of a new, empty file. 0 bytes: none, now and later.
  void begin(int fd, uint64_t size_bytes);
  // Before a write that ends at `end_bytes`.
  void cover(int fd, uint64_t end_bytes);
  // More than the file needs is held: cutting it to its size gives it back.
  bool is_beyond(uint64_t end_bytes) const noexcept { return reserved_bytes_ > end_bytes; }

 private:
  bool reserve(int fd, uint64_t size_bytes);

  const base::SystemCalls& system_;
  uint64_t step_bytes_ = 0;  // 0: nothing more is asked for.
  uint64_t reserved_bytes_ = 0;
};

}  // namespace pqflow::io
