// Many pieces of memory → few large writes, none of them copied together first.
#pragma once

#include <sys/uio.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/system.hpp"

namespace pqflow::io {

// Writer thread; allocates nothing. Handles EINTR and short writes.
class PieceWriter {
 public:
  explicit PieceWriter(const base::SystemCalls& system) : system_(system) {}

  // Writes the pieces one after the other from `offset_bytes` on. Returns 0, or the errno of the call that failed; what was written until
  // then is not undone.
  int write(int fd, uint64_t offset_bytes, std::span<const std::span<const uint8_t>> pieces);

  // End of the bytes that any write has put into the file since forget(): a failed write may have gone further than what counts.
  uint64_t reached_bytes() const noexcept { return reached_bytes_; }
  void forget() noexcept { reached_bytes_ = 0; }

 private:
  static constexpr size_t kMaxPieces = 1024;  // IOV_MAX of Linux and macOS: what one call takes.

  int write_fully(int fd, uint64_t offset_bytes, std::span<iovec> batch);

  const base::SystemCalls& system_;
  std::array<iovec, kMaxPieces> batch_{};
  uint64_t reached_bytes_ = 0;
};

}  // namespace pqflow::io
