// Many pieces of memory → few large writes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/aligned_buffer.hpp"
#include "base/system.hpp"

namespace pqflow::io {

// Writer thread; allocates in the constructor only. Handles EINTR and short writes.
class PieceWriter {
 public:
  explicit PieceWriter(const base::SystemCalls& system);

  // Writes the pieces one after the other from `offset_bytes` on. Returns 0, or the errno of the call that failed; what was written until
  // then is not undone.
  int write(int fd, uint64_t offset_bytes, std::span<const std::span<const uint8_t>> pieces);

  // End of the bytes that any write has put into the file since forget(): a failed write may have gone further than what counts.
  uint64_t reached_bytes() const noexcept { return reached_bytes_; }
  void forget() noexcept { reached_bytes_ = 0; }
  size_t memory_bytes() const noexcept { return gathered_.memory_bytes(); }

 private:
  int write_fully(int fd, uint64_t offset_bytes, const uint8_t* data, size_t size_bytes);

  const base::SystemCalls& system_;
  base::AlignedBuffer gathered_;
  uint64_t reached_bytes_ = 0;
};

}  // namespace pqflow::io
