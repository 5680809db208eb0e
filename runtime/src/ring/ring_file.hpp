// The file in memory (tmpfs) that a process and whoever recovers its records share: made, mapped and locked by the one, gone when it ends
// in order.
#pragma once

#include <cstddef>
#include <string>

#include "base/result.hpp"
#include "ring/lane_memory.hpp"
#include "ring/ring_header.hpp"

namespace pqflow::ring {

// What a ring is called in its folder: pqflow-PID-NUMBER.ring, where the number is a random one.
inline constexpr const char* kRingNameBeginning = "pqflow-";
inline constexpr const char* kRingNameEnding = ".ring";
// A name that no other ring of this machine has. Allocates.
std::string make_ring_name();

class RingFile {
 public:
  RingFile() = default;
  RingFile(const RingFile&) = delete;
  RingFile& operator=(const RingFile&) = delete;
  // Unmaps and closes. The file stays: see remove().
  ~RingFile();

  // Once; blocks, allocates. A new file of mode 0600 in `directory` that is as long as max_lanes lanes, with memory for none of them; the
  // calling process holds its lock. PQFLOW_STATUS_NO_SPACE names the directory, what is needed and what there is; INVALID_ARGUMENT a
  // descriptor that is too long; IO_ERROR what failed. Fails without leaving a file.
  base::Result create(const std::string& directory, const std::string& name, const RingParams& params, const void* descriptor,
                      size_t descriptor_bytes);
  // Takes memory of the file for the lane and maps it into `memory`: page-aligned, lane_size_bytes() for lane_init(). Once for each lane,
  // in their order. Blocks. NO_SPACE as above; what LaneMemory::map answers.
  base::Result take_lane(uint32_t lane_index, pqflow_ring_memory kind, LaneMemory& memory);

  // Opening thread, or the one that closes. When nothing in it is needed any more.
  void remove() noexcept;
  // What is in it is needed by whoever recovers it, who need not wait for the end of this process. Nothing is written to it from now on.
  void leave() noexcept;
  // In a forked child, which has no part in the ring. Takes no lock, does not allocate.
  void part_from_parent() noexcept;

  bool is_open() const noexcept { return data_ != nullptr; }
  RingHeader& header() noexcept { return *static_cast<RingHeader*>(data_); }
  const std::string& path() const noexcept { return path_; }

 private:
  base::Result fill(const RingParams& params, const void* descriptor, size_t descriptor_bytes);
  base::Result lengthen(uint64_t size_bytes);
  base::Result reserve(uint64_t offset_bytes, uint64_t size_bytes);
  base::Result map_header(size_t size_bytes);
  void close() noexcept;

  std::string directory_;
  std::string path_;
  int fd_ = -1;
  void* data_ = nullptr;  // Header and descriptor.
  size_t size_bytes_ = 0;
};

// Whether the ring at descriptor `fd` is still written to. Its lock says so; a lock that was inherited by a child of a process that ended
// says nothing, and a running owner without the lock is one that is making or removing its ring. Takes no lock that outlasts the call.
bool is_ring_live(int fd, const base::ProcessIdentity& owner);

}  // namespace pqflow::ring
