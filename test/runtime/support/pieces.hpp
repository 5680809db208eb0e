// Writes of several pieces that are cut short.
#pragma once

#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace pqflow::test {

// Allocates nothing: tests count allocations.
struct FirstPieces {
  FirstPieces(const iovec* pieces, int piece_count, size_t size_bytes) {
    for (; count < piece_count && size_bytes != 0; ++count) {
      const size_t taken_bytes = std::min(pieces[count].iov_len, size_bytes);
      taken[static_cast<size_t>(count)] = {pieces[count].iov_base, taken_bytes};
      size_bytes -= taken_bytes;
    }
  }
  std::array<iovec, 1024> taken;
  int count = 0;
};

}  // namespace pqflow::test
