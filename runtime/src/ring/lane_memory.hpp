// Memory of a lane: anonymous pages, huge ones where the system gives them, touched when they are allocated (first touch costs
// microseconds, RUNTIME.md 1 point 5).
#pragma once

#include <pqflow/pqflow.h>

#include <cstddef>

#include "base/result.hpp"

namespace pqflow::ring {

class LaneMemory {
 public:
  LaneMemory() = default;
  LaneMemory(const LaneMemory&) = delete;
  LaneMemory& operator=(const LaneMemory&) = delete;
  ~LaneMemory();

  // Once. PQFLOW_STATUS_OUT_OF_MEMORY names the size, and where LOCKED is refused the limit that refuses it.
  base::Result allocate(size_t size_bytes, pqflow_ring_memory kind = PQFLOW_RING_MEMORY_PAGEABLE);
  // Gives the pages behind the first `keep_bytes` back to the system; the addresses stay valid and read as zero.
  void discard_after(size_t keep_bytes) noexcept;

  void* data() const noexcept { return data_; }
  size_t size_bytes() const noexcept { return size_bytes_; }

 private:
  base::Result lock();

  void* data_ = nullptr;
  size_t size_bytes_ = 0;
  bool is_locked_ = false;
};

}  // namespace pqflow::ring
