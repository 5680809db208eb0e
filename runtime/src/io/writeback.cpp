#include "io/writeback.hpp"

namespace pqflow::io {
namespace {

// Small enough that a sync waits for a few milliseconds, large enough for a disk to work well.
constexpr uint64_t kStepBytes = uint64_t{8} << 20;

}  // namespace

void Writeback::reach(int fd, uint64_t end_bytes) {
  if (end_bytes - started_bytes_ < kStepBytes) {
    return;
  }
  system_.start_writeback(system_.context, fd, static_cast<off_t>(started_bytes_), static_cast<off_t>(end_bytes - started_bytes_));
  started_bytes_ = end_bytes;
}

}  // namespace pqflow::io
