#include "ring/lane_memory.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <string>

namespace pqflow::ring {

namespace {

#if defined(MAP_POPULATE)
constexpr int kMapFlags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE;
#else
constexpr int kMapFlags = MAP_PRIVATE | MAP_ANONYMOUS;  // lane_init touches every slot.
#endif

}  // namespace

LaneMemory::~LaneMemory() {
  if (data_ != nullptr) {
    ::munmap(data_, size_bytes_);
  }
}

base::Result LaneMemory::allocate(size_t size_bytes) {
  void* const data = ::mmap(nullptr, size_bytes, PROT_READ | PROT_WRITE, kMapFlags, -1, 0);
  if (data == MAP_FAILED) {
    return base::Result::failure(PQFLOW_STATUS_OUT_OF_MEMORY,
                                 "cannot allocate " + std::to_string(size_bytes) + " bytes for the ring; lower ring_slots_count", errno);
  }
  data_ = data;
  size_bytes_ = size_bytes;
  return base::Result::ok();
}

void LaneMemory::discard_after(size_t keep_bytes) noexcept {
  const auto page_bytes = static_cast<size_t>(::sysconf(_SC_PAGESIZE));
  const size_t first_bytes = (keep_bytes + page_bytes - 1) / page_bytes * page_bytes;
  if (first_bytes < size_bytes_) {
    ::madvise(static_cast<uint8_t*>(data_) + first_bytes, size_bytes_ - first_bytes, MADV_DONTNEED);
  }
}

}  // namespace pqflow::ring
