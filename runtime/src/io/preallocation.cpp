#include "io/preallocation.hpp"

#include <cerrno>

namespace pqflow::io {
namespace {

int set_length(const base::SystemCalls& system, int fd, uint64_t size_bytes) {
  int outcome = 0;
  do {
    outcome = system.ftruncate(system.context, fd, static_cast<off_t>(size_bytes));
  } while (outcome != 0 && errno == EINTR);
  return outcome == 0 ? 0 : errno;
}

// The file can still have its length, with holes: what was taken of the space is given back first.
Preallocation lengthen(const base::SystemCalls& system, int fd, uint64_t size_bytes) {
  int os_error = set_length(system, fd, 0);
  if (os_error == 0) {
    os_error = set_length(system, fd, size_bytes);
  }
  return {os_error, false};
}

}  // namespace

Preallocation preallocate(const base::SystemCalls& system, int fd, uint64_t size_bytes) {
  int outcome = 0;
  do {
    outcome = system.reserve(system.context, fd, 0, static_cast<off_t>(size_bytes));
  } while (outcome != 0 && errno == EINTR);
  return outcome == 0 ? Preallocation{set_length(system, fd, size_bytes), true} : lengthen(system, fd, size_bytes);
}

}  // namespace pqflow::io
