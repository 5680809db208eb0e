#include "ring/ring_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <new>
#include <random>

#include "ring/ring_failure.hpp"

namespace pqflow::ring {

namespace {

uint64_t available_bytes_of(const std::string& directory) {
  struct statvfs status {};
  return ::statvfs(directory.c_str(), &status) == 0 ? uint64_t{status.f_bavail} * status.f_frsize : 0;
}

base::Result no_space(const std::string& directory, uint64_t needed_bytes, uint64_t available_bytes, int os_error) {
  return base::Result::failure(PQFLOW_STATUS_NO_SPACE,
                               "a lane of the ring needs " + std::to_string(needed_bytes) + " bytes in " + directory + ", which has " +
                                   std::to_string(available_bytes) +
                                   " left; give it more (of a container: --shm-size), choose another ring_dir in memory, lower "
                                   "ring_slots_count, or set durability to FILE",
                               os_error);
}

// Beyond this limit the system would end the process with a signal.
base::Result check_file_size_limit(uint64_t size_bytes) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY || size_bytes <= limit.rlim_cur) {
    return base::Result::ok();
  }
  return base::Result::failure(PQFLOW_STATUS_NO_SPACE,
                               "the ring's file is " + std::to_string(size_bytes) +
                                   " bytes long, with room for all lanes, and this process may make files of " +
                                   std::to_string(limit.rlim_cur) + "; raise that (ulimit -f), lower max_lanes or ring_slots_count",
                               EFBIG);
}

}  // namespace

std::string make_ring_name() {
  std::random_device random;
  char number[17];
  std::snprintf(number, sizeof number, "%08x%08x", random(), random());
  return kRingNameBeginning + std::to_string(::getpid()) + "-" + number + kRingNameEnding;
}

RingFile::~RingFile() { close(); }

void RingFile::close() noexcept {
  if (data_ != nullptr) {
    ::munmap(data_, size_bytes_);
    data_ = nullptr;
  }
  if (fd_ >= 0) {
    ::close(fd_);
    fd_ = -1;
  }
}

base::Result RingFile::create(const std::string& directory, const std::string& name, const RingParams& params, const void* descriptor,
                              size_t descriptor_bytes) {
  if (auto result = check_geometry(params.geometry); !result.is_ok()) {
    return result;
  }
  if (descriptor_bytes > kRingMaxDescriptorBytes) {
    return base::Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, "the schema takes " + std::to_string(descriptor_bytes) +
                                                                     " bytes in the ring; the limit is " +
                                                                     std::to_string(kRingMaxDescriptorBytes));
  }
  directory_ = directory;
  path_ = directory + "/" + name;
  fd_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd_ < 0) {
    return ring_failure("cannot create the ring " + path_, errno);
  }
  base::Result result = fill(params, descriptor, descriptor_bytes);
  if (!result.is_ok()) {
    remove();
  }
  return result;
}

base::Result RingFile::fill(const RingParams& params, const void* descriptor, size_t descriptor_bytes) {
  if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
    return ring_failure("cannot lock the ring " + path_, errno);
  }
  const RingIdentity identity = make_identity(params, descriptor, descriptor_bytes);
  if (auto result = lengthen(identity.file_bytes); !result.is_ok()) {
    return result;
  }
  const size_t header_bytes = kRingHeaderBytes + descriptor_bytes;
  if (auto result = reserve(0, header_bytes); !result.is_ok()) {
    return result;
  }
  if (auto result = map_header(header_bytes); !result.is_ok()) {
    return result;
  }
  new (data_) RingHeader;
  if (descriptor_bytes != 0) {
    std::memcpy(static_cast<uint8_t*>(data_) + kRingHeaderBytes, descriptor, descriptor_bytes);
  }
  header().identity = identity;
  std::atomic_signal_fence(std::memory_order_seq_cst);
  header().identity.magic = kRingMagic;
  return base::Result::ok();
}

// Holes, which take no memory.
base::Result RingFile::lengthen(uint64_t size_bytes) {
  if (auto result = check_file_size_limit(size_bytes); !result.is_ok()) {
    return result;
  }
  return ::ftruncate(fd_, static_cast<off_t>(size_bytes)) == 0 ? base::Result::ok()
                                                               : ring_failure("cannot lengthen the ring " + path_, errno);
}

// Without its pages taken beforehand a full tmpfs would end the process with SIGBUS in the middle of a record.
base::Result RingFile::reserve(uint64_t offset_bytes, uint64_t size_bytes) {
  const uint64_t available_bytes = available_bytes_of(directory_);
  if (available_bytes < size_bytes) {
    return no_space(directory_, size_bytes, available_bytes, ENOSPC);  // Others would be without memory until the system had noticed.
  }
#if defined(__linux__)
  const int os_error = ::posix_fallocate(fd_, static_cast<off_t>(offset_bytes), static_cast<off_t>(size_bytes));
#else
  const int os_error = offset_bytes + size_bytes != 0 ? EOPNOTSUPP : 0;
#endif
  if (os_error == 0) {
    return base::Result::ok();
  }
  const bool is_full = os_error == ENOSPC || os_error == EDQUOT || os_error == EFBIG || os_error == ENOMEM;
  return is_full ? no_space(directory_, size_bytes, available_bytes, os_error)
                 : ring_failure("cannot take memory for the ring " + path_, os_error);
}

base::Result RingFile::map_header(size_t size_bytes) {
  void* const mapped = ::mmap(nullptr, size_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd_, 0);
  if (mapped == MAP_FAILED) {
    return ring_failure("cannot map the ring " + path_, errno);
  }
  data_ = mapped;
  size_bytes_ = size_bytes;
#if defined(MADV_DONTFORK)
  ::madvise(data_, size_bytes_, MADV_DONTFORK);  // Of the writer, which no child has.
#endif
  return base::Result::ok();
}

base::Result RingFile::take_lane(uint32_t lane_index, pqflow_ring_memory kind, LaneMemory& memory) {
  const RingIdentity& identity = header().identity;
  const uint64_t offset_bytes = identity.lanes_offset_bytes + lane_index * identity.lane_stride_bytes;
  const size_t size_bytes = lane_size_bytes(identity.geometry);
  if (auto result = reserve(offset_bytes, size_bytes); !result.is_ok()) {
    return result;
  }
  return memory.map(fd_, offset_bytes, size_bytes, kind);
}

void RingFile::remove() noexcept {
  if (!path_.empty()) {
    ::unlink(path_.c_str());
    path_.clear();
  }
  close();
}

void RingFile::leave() noexcept {
  // Release: whoever sees it set sees all that came before.
  PQFLOW_ATOMIC_STORE_RELEASE(&header().is_left, 1U);
  ::flock(fd_, LOCK_UN);  // Of children that inherited the descriptor, too.
  close();
}

// The header is not mapped here, and the lock is the parent's as long as it has its descriptor.
void RingFile::part_from_parent() noexcept {
  if (fd_ >= 0) {
    ::close(fd_);
    fd_ = -1;
  }
  data_ = nullptr;
}

bool is_ring_live(int fd, const base::ProcessIdentity& owner) {
  const bool is_free = ::flock(fd, LOCK_SH | LOCK_NB) == 0;
  if (is_free) {
    ::flock(fd, LOCK_UN);
  }
  const base::Liveness liveness = base::liveness_of(owner);
  return is_free ? liveness == base::Liveness::kRunning : liveness != base::Liveness::kEnded;
}

}  // namespace pqflow::ring
