#include "ring/orphan_ring.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "ring/ring_failure.hpp"
#include "ring/ring_file.hpp"

namespace pqflow::ring {

namespace {

base::Result damaged(const std::string& path, const std::string& why) {
  return base::Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, path + ": " + why);
}

class Descriptor {
 public:
  explicit Descriptor(const std::string& path) : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)) {}
  ~Descriptor() {
    if (fd_ >= 0) {
      ::close(fd_);
    }
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int fd() const noexcept { return fd_; }

 private:
  int fd_;
};

// 0, or errno; EIO for a file that ends before.
int read_fully(int fd, uint64_t offset_bytes, void* to, size_t size_bytes) {
  auto* place = static_cast<uint8_t*>(to);
  while (size_bytes != 0) {
    const ssize_t read_bytes = ::pread(fd, place, size_bytes, static_cast<off_t>(offset_bytes));
    if (read_bytes < 0 && errno == EINTR) {
      continue;
    }
    if (read_bytes <= 0) {
      return read_bytes < 0 ? errno : EIO;
    }
    place += read_bytes;
    offset_bytes += static_cast<uint64_t>(read_bytes);
    size_bytes -= static_cast<size_t>(read_bytes);
  }
  return 0;
}

bool is_committed(const uint8_t* slot, const LaneGeometry& geometry, uint64_t index) noexcept {
  uint32_t word;
  std::memcpy(&word, slot + geometry.commit_offset_bytes, sizeof word);
  return word == static_cast<uint32_t>(index + 1);
}

// Slots are given back later than their rows are written, and for many at once: behind the tail lie records that are in a file. Where that
// file is on the disk only up to the durable mark, the ring is asked for all behind it: what the file has, its trailers tell.
uint64_t first_needed_index(const pqflow_lane_consumer& consumer, const RingIdentity& identity) noexcept {
  const uint64_t mark = identity.keeps_unsynced != 0 ? consumer.durable_index : consumer.persisted_index;
  return mark - consumer.tail_index <= identity.geometry.slot_count ? mark : consumer.tail_index;
}

// From there on. The producer's head may lag behind what it committed, and is not asked.
void copy_committed(const uint8_t* slots, const LaneGeometry& geometry, OrphanLane& lane) {
  while (lane.record_count < geometry.slot_count) {
    const uint64_t index = lane.first_index + lane.record_count;
    const uint8_t* const slot = slots + (index & (geometry.slot_count - 1)) * geometry.slot_size_bytes;
    if (!is_committed(slot, geometry, index)) {
      return;
    }
    lane.records.insert(lane.records.end(), slot, slot + geometry.record_size_bytes);
    ++lane.record_count;
  }
}

bool agrees(const pqflow_lane_identity& lane, const RingIdentity& ring, uint32_t lane_index) noexcept {
  return lane.lane_index == lane_index && lane.layout_fingerprint == ring.layout_fingerprint &&
         lane.schema_fingerprint == ring.schema_fingerprint && lane.slot_count == ring.geometry.slot_count &&
         lane.slot_size_bytes == ring.geometry.slot_size_bytes && lane.record_size_bytes == ring.geometry.record_size_bytes;
}

base::Result read_lane(const std::string& path, const std::vector<uint8_t>& memory, const RingIdentity& identity, uint32_t lane_index,
                       OrphanRing& ring) {
  LaneGeometry geometry;
  const std::string name = "lane " + std::to_string(lane_index);
  if (auto result = read_geometry(memory.data(), memory.size(), geometry); !result.is_ok()) {
    return damaged(path, name + ": " + result.message);
  }
  pqflow_lane header;
  std::memcpy(&header, memory.data(), sizeof header);
  if (!agrees(header.identity, identity, lane_index)) {
    return damaged(path, name + " says other numbers or fingerprints of itself than the ring");
  }
  OrphanLane lane;
  lane.lane_index = lane_index;
  lane.first_index = first_needed_index(header.consumer, identity);
  copy_committed(memory.data() + PQFLOW_LANE_HEADER_SIZE_BYTES, geometry, lane);
  ring.lanes.push_back(std::move(lane));
  const pqflow_lane_consumer& consumer = header.consumer;
  ring.gaps.push_back(
      {refused_behind(header, consumer.told[consumer.told_place & 1]), refused_behind(header, consumer.told[consumer.sealed_place & 1])});
  return base::Result::ok();
}

// Lanes are laid out in order: the first place of zeros ends them.
base::Result read_lanes(const std::string& path, int fd, OrphanRing& ring) {
  const RingIdentity& identity = ring.identity;
  std::vector<uint8_t> memory(lane_size_bytes(identity.geometry));
  for (uint32_t index = 0; index < identity.max_lanes; ++index) {
    const uint64_t offset_bytes = identity.lanes_offset_bytes + index * identity.lane_stride_bytes;
    if (const int os_error = read_fully(fd, offset_bytes, memory.data(), memory.size()); os_error != 0) {
      return ring_failure("cannot read the ring " + path, os_error);
    }
    uint32_t magic;
    std::memcpy(&magic, memory.data(), sizeof magic);
    if (magic == 0) {
      return base::Result::ok();
    }
    if (auto result = read_lane(path, memory, identity, index, ring); !result.is_ok()) {
      return result;
    }
  }
  return base::Result::ok();
}

base::Result read_descriptor(const std::string& path, int fd, OrphanRing& ring) {
  ring.descriptor.resize(ring.identity.descriptor_bytes);
  if (const int os_error = read_fully(fd, kRingHeaderBytes, ring.descriptor.data(), ring.descriptor.size()); os_error != 0) {
    return ring_failure("cannot read the ring " + path, os_error);
  }
  const bool is_right = checksum(kChecksumSeed, ring.descriptor.data(), ring.descriptor.size()) == ring.identity.descriptor_checksum;
  return is_right ? base::Result::ok() : damaged(path, "the ring's descriptor is damaged: its checksum is wrong");
}

}  // namespace

base::Result read_orphan_ring(const std::string& path, OrphanRing& ring) {
  const Descriptor file(path);
  struct stat status {};
  if (file.fd() < 0 || ::fstat(file.fd(), &status) != 0) {
    return ring_failure("cannot read the ring " + path, errno);
  }
  if (!S_ISREG(status.st_mode) || static_cast<uint64_t>(status.st_size) < kRingHeaderBytes) {
    return damaged(path, "too short for a ring, or no file");
  }
  const auto header = std::make_unique<RingHeader>();
  if (const int os_error = read_fully(file.fd(), 0, header.get(), sizeof *header); os_error != 0) {
    return ring_failure("cannot read the ring " + path, os_error);
  }
  if (auto result = check_identity(header->identity, static_cast<uint64_t>(status.st_size)); !result.is_ok()) {
    return damaged(path, result.message);
  }
  OrphanRing read;
  read.identity = header->identity;
  read.file_in_progress = load_file_in_progress(*header);
  read.is_left = header->is_left != 0;
  read.is_live = !read.is_left && is_ring_live(file.fd(), read.identity.owner);
  if (!read.is_live) {
    if (auto result = read_descriptor(path, file.fd(), read); !result.is_ok()) {
      return result;
    }
    if (auto result = read_lanes(path, file.fd(), read); !result.is_ok()) {
      return result;
    }
  }
  ring = std::move(read);
  return base::Result::ok();
}

}  // namespace pqflow::ring
