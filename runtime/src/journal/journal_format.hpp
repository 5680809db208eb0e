// A journal: records as they lie in their lanes, on the disk before the row groups they go into. One file after the other (segments), each
// removed when all it has is in synced row groups:
//
//   .pqflow-PID-NUMBER.000000.journal
//   | SegmentHead | descriptor | block | block | …        block: | BlockHead | payload |
//
// A block is believed when its checksums are right and it is where it says to be; the first that is not ends the segment. The last mark of
// the last segment counts.
#pragma once

#include <cstdint>
#include <string>

#include "base/process_identity.hpp"

namespace pqflow::journal {

inline constexpr uint64_t kSegmentMagic = 0x314c4e524a465150;  // "PQFJRNL1" on the disk.
inline constexpr uint32_t kSegmentLayoutVersion = 2;
inline constexpr uint32_t kSegmentByteOrderMark = 0x01020304;
inline constexpr uint32_t kBlockMagic = 0x424a5150;  // "PQJB".
inline constexpr const char* kJournalNameBeginning = ".pqflow-";
inline constexpr const char* kJournalNameEnding = ".journal";
inline constexpr const char* kJournalStartingEnding = ".starting";  // Behind that, until head and first mark are on the disk.

struct SegmentHead {
  uint64_t magic = kSegmentMagic;
  uint32_t layout_version = kSegmentLayoutVersion;
  uint32_t byte_order_mark = kSegmentByteOrderMark;
  uint64_t capture_id = 0;  // A random number, the same in all segments of a capture.
  uint64_t segment_number = 0;
  uint64_t layout_fingerprint = 0;
  uint64_t schema_fingerprint = 0;
  uint32_t slot_size_bytes = 0;
  uint32_t record_size_bytes = 0;
  base::ProcessIdentity owner;
  uint64_t descriptor_bytes = 0;  // Behind the head: columns/descriptor_bytes.hpp, with the options of the capture.
  uint32_t descriptor_crc = 0;
  uint32_t crc = 0;  // CRC-32 of all above.
};

enum class BlockKind : uint32_t {
  kRecords = 1,  // `count` slots of lane `lane_index`, numbered from `first_sequence` on.
  kMark = 2      // `count` numbers, one for each lane: records before them are in finished files. Then the path of the file in progress.
};

struct BlockHead {
  uint32_t magic = kBlockMagic;
  BlockKind kind = BlockKind::kRecords;
  uint64_t capture_id = 0;
  uint64_t offset_bytes = 0;  // Of this head in its segment.
  uint64_t first_sequence = 0;
  uint64_t payload_bytes = 0;
  uint32_t lane_index = 0;
  uint32_t count = 0;
  uint32_t segment_number = 0;  // Its low half.
  uint32_t payload_crc = 0;
  uint32_t reserved = 0;
  uint32_t crc = 0;  // CRC-32 of all above.
};

static_assert(sizeof(SegmentHead) == 136);
static_assert(sizeof(BlockHead) == 64);

}  // namespace pqflow::journal
