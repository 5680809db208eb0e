#include "ring/ring_header.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>

namespace pqflow::ring {

namespace {

base::Result no_ring(std::string message) { return base::Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, std::move(message)); }

struct LanePlaces {
  uint64_t offset_bytes;
  uint64_t stride_bytes;
};

// Of a checked geometry.
LanePlaces places_of(const LaneGeometry& geometry, uint64_t descriptor_bytes) noexcept {
  const uint64_t lane_bytes = lane_size_bytes(geometry);
  const uint64_t multiple = lane_bytes >= kRingHugePageBytes ? kRingHugePageBytes : kRingPageBytes;
  const auto round_up = [multiple](uint64_t size_bytes) { return (size_bytes + multiple - 1) / multiple * multiple; };
  return {round_up(kRingHeaderBytes + descriptor_bytes), round_up(lane_bytes)};
}

uint64_t checksum_of(const RingIdentity& identity) noexcept {
  const auto* const bytes = reinterpret_cast<const uint8_t*>(&identity);
  constexpr size_t kBegin = offsetof(RingIdentity, layout_version);
  return checksum(kChecksumSeed, bytes + kBegin, offsetof(RingIdentity, checksum) - kBegin);
}

uint64_t checksum_of(const RingFileInProgress& file) noexcept {
  const uint64_t seed = checksum(kChecksumSeed, &file.generation, sizeof file.generation);
  return checksum(seed, &file.path_bytes, sizeof file - offsetof(RingFileInProgress, path_bytes));
}

bool is_whole(const RingFileInProgress& file) noexcept {
  return file.generation != 0 && file.path_bytes <= sizeof file.path && file.checksum == checksum_of(file);
}

// Overflow-safe: each figure is bounded before it is multiplied.
base::Result check_places(const RingIdentity& identity, uint64_t file_bytes) {
  if (identity.max_lanes == 0 || identity.max_lanes > kRingMaxLanes) {
    return no_ring("the ring has room for " + std::to_string(identity.max_lanes) + " lanes; it must be 1 to " +
                   std::to_string(kRingMaxLanes));
  }
  if (identity.descriptor_bytes > kRingMaxDescriptorBytes) {
    return no_ring("the ring's descriptor has " + std::to_string(identity.descriptor_bytes) + " bytes, more than " +
                   std::to_string(kRingMaxDescriptorBytes));
  }
  if (auto result = check_geometry(identity.geometry); !result.is_ok()) {
    return result;
  }
  const auto [lanes_offset_bytes, stride_bytes] = places_of(identity.geometry, identity.descriptor_bytes);
  if (identity.lane_stride_bytes != stride_bytes || identity.lanes_offset_bytes != lanes_offset_bytes) {
    return no_ring("the ring's lanes are " + std::to_string(identity.lane_stride_bytes) + " bytes apart from " +
                   std::to_string(identity.lanes_offset_bytes) + " on; with these slots it must be " + std::to_string(stride_bytes) +
                   " from " + std::to_string(lanes_offset_bytes));
  }
  if (identity.file_bytes != lanes_offset_bytes + identity.max_lanes * stride_bytes || file_bytes != identity.file_bytes) {
    return no_ring("the ring file has " + std::to_string(file_bytes) + " bytes and its header says " + std::to_string(identity.file_bytes) +
                   "; its lanes need " + std::to_string(lanes_offset_bytes + identity.max_lanes * stride_bytes));
  }
  return base::Result::ok();
}

}  // namespace

uint64_t checksum(uint64_t seed, const void* bytes, size_t size_bytes) noexcept {
  const auto* const first = static_cast<const uint8_t*>(bytes);
  for (size_t index = 0; index < size_bytes; ++index) {
    seed = (seed ^ first[index]) * 0x100000001b3U;
  }
  return seed;
}

RingIdentity make_identity(const RingParams& params, const void* descriptor, size_t descriptor_bytes) {
  RingIdentity identity;
  identity.layout_fingerprint = params.layout_fingerprint;
  identity.schema_fingerprint = params.schema_fingerprint;
  identity.descriptor_bytes = descriptor_bytes;
  identity.descriptor_checksum = checksum(kChecksumSeed, descriptor, descriptor_bytes);
  identity.geometry = params.geometry;
  identity.max_lanes = params.max_lanes;
  identity.keeps_unsynced = static_cast<uint32_t>(params.keeps_unsynced);
  const LanePlaces places = places_of(params.geometry, descriptor_bytes);
  identity.lanes_offset_bytes = places.offset_bytes;
  identity.lane_stride_bytes = places.stride_bytes;
  identity.file_bytes = identity.lanes_offset_bytes + identity.max_lanes * identity.lane_stride_bytes;
  identity.owner = base::current_process();
  identity.checksum = checksum_of(identity);
  return identity;
}

base::Result check_identity(const RingIdentity& identity, uint64_t file_bytes) {
  if (identity.magic != kRingMagic) {
    return no_ring("it does not begin with \"PQFRING1\": no ring, or one whose making was interrupted");
  }
  if (identity.byte_order_mark != kRingByteOrderMark) {
    return no_ring("the ring was made on a machine of another byte order");
  }
  if (identity.layout_version != kRingLayoutVersion) {
    return no_ring("the ring's layout version is " + std::to_string(identity.layout_version) + ", this build reads " +
                   std::to_string(kRingLayoutVersion));
  }
  if (identity.checksum != checksum_of(identity)) {
    return no_ring("the ring's header is damaged: its checksum is wrong");
  }
  return check_places(identity, file_bytes);
}

void store_file_in_progress(RingHeader& header, const std::string& path) noexcept {
  RingFileInProgress& older = header.files[header.files[0].generation > header.files[1].generation ? 1 : 0];
  const RingFileInProgress& newer = header.files[&older == &header.files[0] ? 1 : 0];
  older.checksum = 0;
  std::atomic_signal_fence(std::memory_order_seq_cst);  // Against the compiler: a killed process has stored what came before.
  older.generation = newer.generation + 1;
  older.path_bytes = static_cast<uint32_t>(std::min(path.size(), sizeof older.path));
  std::memset(older.path, 0, sizeof older.path);
  std::memcpy(older.path, path.data(), older.path_bytes);
  std::atomic_signal_fence(std::memory_order_seq_cst);
  older.checksum = checksum_of(older);
}

std::optional<std::string> load_file_in_progress(const RingHeader& header) {
  const RingFileInProgress* newest = nullptr;
  for (const RingFileInProgress& file : header.files) {
    if (is_whole(file) && (newest == nullptr || file.generation > newest->generation)) {
      newest = &file;
    }
  }
  return newest == nullptr ? std::nullopt : std::optional<std::string>(std::in_place, newest->path, newest->path_bytes);
}

}  // namespace pqflow::ring
