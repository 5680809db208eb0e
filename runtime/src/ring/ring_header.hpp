// The first bytes of a ring file, which say everything that is needed to read the records behind them without the program that wrote them.
//
//   0          4096                        20480           lanes_offset_bytes
//   | identity | file in progress, twice | descriptor … | lane 0 | lane 1 | … | lane max_lanes - 1 |
//     once       by the writer             once           each lane_stride_bytes long: see pqflow/lane.h
//
// The descriptor is columns/descriptor_bytes.hpp's; its defaults are the options of the capture. Lanes that were not attached are holes,
// and so is what lies between lanes: those that are as long as a huge page begin where one can.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "base/process_identity.hpp"
#include "base/result.hpp"
#include "ring/lane_layout.hpp"

namespace pqflow::ring {

inline constexpr uint64_t kRingMagic = 0x31474e4952465150;  // "PQFRING1" in memory.
inline constexpr uint32_t kRingLayoutVersion = 1;
inline constexpr uint32_t kRingByteOrderMark = 0x01020304;
inline constexpr size_t kRingPageBytes = 4096;
inline constexpr size_t kRingHugePageBytes = size_t{2} << 20;
inline constexpr size_t kRingPathCapacityBytes = 4096;  // What io takes.
inline constexpr size_t kRingHeaderBytes = 5 * kRingPageBytes;
inline constexpr uint64_t kRingMaxDescriptorBytes = uint64_t{64} << 20;
inline constexpr uint32_t kRingMaxLanes = 1024;

// Written once; `magic` last, so that a file whose making was interrupted is none.
struct RingIdentity {
  uint64_t magic = 0;
  uint32_t layout_version = kRingLayoutVersion;
  uint32_t byte_order_mark = kRingByteOrderMark;
  uint64_t file_bytes = 0;
  uint64_t layout_fingerprint = 0;
  uint64_t schema_fingerprint = 0;
  uint64_t descriptor_bytes = 0;
  uint64_t descriptor_checksum = 0;
  uint64_t lanes_offset_bytes = 0;
  uint64_t lane_stride_bytes = 0;
  LaneGeometry geometry;
  uint32_t max_lanes = 0;
  uint32_t keeps_unsynced = 0;  // 1: slots were kept until their records were on the disk; 0: until they were written.
  base::ProcessIdentity owner;
  uint64_t checksum = 0;  // Of everything above but the magic. Stays the last.
};

// What the writer is writing to. Two of them, so that one is whole whenever the process ends.
struct RingFileInProgress {
  uint64_t generation = 0;  // The higher one of those with a right checksum counts; 0: none was stored.
  uint64_t checksum = 0;    // Of everything below, and of the generation.
  uint32_t path_bytes = 0;
  uint32_t reserved = 0;
  char path[kRingPathCapacityBytes] = {};
  uint8_t padding[2 * kRingPageBytes - kRingPathCapacityBytes - 24] = {};
};

struct RingHeader {
  RingIdentity identity;
  uint32_t is_left = 0;  // 1: the process goes on and has nothing to do with the ring any more.
  uint8_t reserved[kRingPageBytes - sizeof(RingIdentity) - sizeof(uint32_t)] = {};
  RingFileInProgress files[2];
};

static_assert(sizeof(RingFileInProgress) == 2 * kRingPageBytes);
static_assert(sizeof(RingHeader) == kRingHeaderBytes);

struct RingParams {
  LaneGeometry geometry;
  uint64_t layout_fingerprint = 0;
  uint64_t schema_fingerprint = 0;
  uint32_t max_lanes = 1;
  bool keeps_unsynced = false;
};

// 64-bit FNV-1a. Against accidents, not against an adversary.
uint64_t checksum(uint64_t seed, const void* bytes, size_t size_bytes) noexcept;
inline constexpr uint64_t kChecksumSeed = 0xcbf29ce484222325U;

// Everything but the magic. Geometry and lanes are checked; the owner is the calling process.
RingIdentity make_identity(const RingParams& params, const void* descriptor, size_t descriptor_bytes);

// Whether the bytes of a file of `file_bytes` may be read as the identity says. INVALID_ARGUMENT says what is wrong.
base::Result check_identity(const RingIdentity& identity, uint64_t file_bytes);

// Writer thread; never allocates. io refuses longer paths than fit; such a one would be cut.
void store_file_in_progress(RingHeader& header, const std::string& path) noexcept;
// Nothing: no file was begun, or both places are damaged.
std::optional<std::string> load_file_in_progress(const RingHeader& header);

}  // namespace pqflow::ring
