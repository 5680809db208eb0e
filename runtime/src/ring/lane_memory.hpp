// Memory of a lane: anonymous pages, or pages of a file in memory that others can read when this process has ended. Huge ones where the
// system gives them, touched when they are allocated (first touch costs microseconds, RUNTIME.md 1 point 5).
#pragma once

#include <pqflow/pqflow.h>

#include <cstddef>
#include <cstdint>

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
  // The same of `size_bytes` from `offset_bytes` on, a multiple of a page, of the file at `fd`, which has them: every store goes into the
  // file. The descriptor may be closed afterwards. PQFLOW_STATUS_IO_ERROR where the file cannot be mapped.
  base::Result map(int fd, uint64_t offset_bytes, size_t size_bytes, pqflow_ring_memory kind);
  // Gives the pages behind the first `keep_bytes` back to the system; the addresses stay valid and read as zero. A file keeps what it has.
  void discard_after(size_t keep_bytes) noexcept;
  // In a forked child: what is shared with the parent becomes memory of the child's own at the same addresses, with the first `keep_bytes`
  // as they were and zeros behind. Nothing to do for anonymous pages. False: there is no memory, and all is shared still.
  bool part_from_parent(size_t keep_bytes) noexcept;

  void* data() const noexcept { return data_; }
  size_t size_bytes() const noexcept { return size_bytes_; }

 private:
  base::Result take(void* data, size_t size_bytes, pqflow_ring_memory kind);
  base::Result lock();

  void* data_ = nullptr;
  size_t size_bytes_ = 0;
  bool is_locked_ = false;
  bool is_shared_ = false;
};

}  // namespace pqflow::ring
