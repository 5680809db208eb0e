#include "io/reservation.hpp"

#include <algorithm>
#include <cerrno>

namespace pqflow::io {

bool Reservation::reserve(int fd, uint64_t size_bytes) {
  int outcome = 0;
  do {
    outcome = system_.reserve(system_.context, fd, static_cast<off_t>(reserved_bytes_), static_cast<off_t>(size_bytes));
  } while (outcome != 0 && errno == EINTR);
  reserved_bytes_ += outcome == 0 ? size_bytes : 0;
  return outcome == 0;
}

// In memory, reserving takes as long as writing does: nothing is gained.
void Reservation::begin(int fd, uint64_t size_bytes) {
  reserved_bytes_ = 0;
  step_bytes_ = size_bytes != 0 && system_.is_in_memory(system_.context, fd) == 0 ? size_bytes : 0;
  cover(fd, step_bytes_);
}

void Reservation::cover(int fd, uint64_t end_bytes) {
  if (end_bytes <= reserved_bytes_ || step_bytes_ == 0) {
    return;
  }
  if (!reserve(fd, std::max(step_bytes_, end_bytes - reserved_bytes_))) {
    step_bytes_ = 0;
  }
}

}  // namespace pqflow::io
