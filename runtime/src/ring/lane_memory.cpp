#include "ring/lane_memory.hpp"

#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string>

namespace pqflow::ring {

namespace {

constexpr size_t kHugePageBytes = size_t{2} << 20;  // Of x86-64, and of arm64 with pages of 4 KiB.

size_t page_bytes() noexcept { return static_cast<size_t>(::sysconf(_SC_PAGESIZE)); }

size_t round_up(size_t size_bytes, size_t multiple_bytes) noexcept {
  return (size_bytes + multiple_bytes - 1) / multiple_bytes * multiple_bytes;
}

// At a multiple of huge pages, so that none is lost at the beginning: more is mapped, and what stands over given back.
void* map_aligned(size_t size_bytes) noexcept {
  const size_t mapped_bytes = size_bytes + kHugePageBytes;
  void* const mapped = ::mmap(nullptr, mapped_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) {
    return MAP_FAILED;
  }
  auto* const first = static_cast<uint8_t*>(mapped);
  const size_t head_bytes = round_up(reinterpret_cast<uintptr_t>(first), kHugePageBytes) - reinterpret_cast<uintptr_t>(first);
  const size_t kept_bytes = round_up(size_bytes, page_bytes());
  if (head_bytes != 0) {
    ::munmap(first, head_bytes);
  }
  if (mapped_bytes > head_bytes + kept_bytes) {
    ::munmap(first + head_bytes + kept_bytes, mapped_bytes - head_bytes - kept_bytes);
  }
  return first + head_bytes;
}

// A wish: a system without huge pages, or that gives none, answers with an error that changes nothing.
void ask_for_huge_pages(void* data, size_t size_bytes) noexcept {
#if defined(MADV_HUGEPAGE)
  ::madvise(data, size_bytes, MADV_HUGEPAGE);
#else
  (void)data;
  (void)size_bytes;
#endif
}

// Files in memory have huge pages only where the administrator says so, unless somebody asks for these very pages once they are there
// (Linux 6.1). A wish, too.
void collapse_into_huge_pages(void* data, size_t size_bytes) noexcept {
#if defined(__linux__)
  constexpr int kCollapse = 25;  // MADV_COLLAPSE, which the C library may not know.
  ::madvise(data, size_bytes / kHugePageBytes * kHugePageBytes, kCollapse);
#else
  (void)data;
  (void)size_bytes;
#endif
}

void touch(void* data, size_t size_bytes) noexcept {
  auto* const bytes = static_cast<volatile uint8_t*>(data);
  for (size_t offset_bytes = 0; offset_bytes < size_bytes; offset_bytes += page_bytes()) {
    bytes[offset_bytes] = 0;
  }
}

std::string lock_limit() {
  rlimit limit{};
  const bool is_known = ::getrlimit(RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
  return is_known ? "the limit of the process is " + std::to_string(limit.rlim_cur) + " bytes in all" : "the system refuses it";
}

}  // namespace

LaneMemory::~LaneMemory() {
  if (data_ != nullptr) {
    ::munmap(data_, size_bytes_);
  }
}

base::Result LaneMemory::allocate(size_t size_bytes, pqflow_ring_memory kind) {
  void* const data = map_aligned(size_bytes);
  if (data == MAP_FAILED) {
    return base::Result::failure(PQFLOW_STATUS_OUT_OF_MEMORY,
                                 "cannot allocate " + std::to_string(size_bytes) + " bytes for the ring; lower ring_slots_count", errno);
  }
  return take(data, size_bytes, kind);
}

base::Result LaneMemory::map(int fd, uint64_t offset_bytes, size_t size_bytes, pqflow_ring_memory kind) {
  void* const place = map_aligned(size_bytes);
  void* const data = place == MAP_FAILED
                         ? MAP_FAILED
                         : ::mmap(place, size_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, static_cast<off_t>(offset_bytes));
  if (data == MAP_FAILED) {
    const int os_error = errno;
    return base::Result::failure(PQFLOW_STATUS_IO_ERROR, "cannot map " + std::to_string(size_bytes) + " bytes of the ring", os_error);
  }
  is_shared_ = true;
  base::Result result = take(data, size_bytes, kind);
  collapse_into_huge_pages(data, size_bytes);
  return result;
}

base::Result LaneMemory::take(void* data, size_t size_bytes, pqflow_ring_memory kind) {
  data_ = data;
  size_bytes_ = size_bytes;
  ask_for_huge_pages(data, size_bytes);
  touch(data, size_bytes);
  return kind == PQFLOW_RING_MEMORY_LOCKED ? lock() : base::Result::ok();
}

base::Result LaneMemory::lock() {
  if (::mlock(data_, size_bytes_) != 0) {
    const int os_error = errno;
    return base::Result::failure(PQFLOW_STATUS_OUT_OF_MEMORY,
                                 "cannot lock " + std::to_string(size_bytes_) + " bytes of the ring in memory: " + lock_limit() +
                                     "; raise it (ulimit -l), lower ring_slots_count, or leave ring_memory pageable",
                                 os_error);
  }
  is_locked_ = true;
  return base::Result::ok();
}

void LaneMemory::discard_after(size_t keep_bytes) noexcept {
  const size_t first_bytes = round_up(keep_bytes, page_bytes());
  if (first_bytes >= size_bytes_) {
    return;
  }
  void* const first = static_cast<uint8_t*>(data_) + first_bytes;
  if (is_locked_) {
    ::munlock(first, size_bytes_ - first_bytes);  // What is locked cannot be given back.
  }
  if (is_shared_) {
    // Of shared pages MADV_DONTNEED gives none back: others take their place, and they go with the file.
    (void)::mmap(first, size_bytes_ - first_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    return;
  }
  ::madvise(first, size_bytes_ - first_bytes, MADV_DONTNEED);
}

// Built elsewhere and moved over the shared pages: in no instant is there nothing at these addresses, nor a half-filled header.
bool LaneMemory::part_from_parent(size_t keep_bytes) noexcept {
#if defined(__linux__)
  if (!is_shared_) {
    return true;
  }
  void* const own = ::mmap(nullptr, size_bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (own == MAP_FAILED) {
    return false;
  }
  std::memcpy(own, data_, keep_bytes);
  if (::mremap(own, size_bytes_, size_bytes_, MREMAP_MAYMOVE | MREMAP_FIXED, data_) == MAP_FAILED) {
    ::munmap(own, size_bytes_);
    return false;
  }
  is_shared_ = false;
  return true;
#else
  (void)keep_bytes;
  return !is_shared_;
#endif
}

}  // namespace pqflow::ring
