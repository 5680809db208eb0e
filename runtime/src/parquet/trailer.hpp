// A trailer record follows the pages of each row group, so that a file without a footer can be read by `recover` (RUNTIME.md 5.1). Readers
// of Parquet never look at it: it lies in a gap between row groups. All numbers little-endian:
//
//   offset  size
//   0       4     "PQT1"
//   4       4     payload_size_bytes
//   8       4     CRC-32 of the payload
//   12      n     payload: a Thrift compact struct
//                   1: RowGroup row_group       as in the footer, offsets absolute
//                   2: list<LaneRange> lanes    the records it holds: { 1: i32 lane_index, 2: i64 first_sequence, 3: i64 record_count }
//                   3: i64 layout_fingerprint
//                   4: i64 schema_fingerprint
//                   5: i32 float_order          the ColumnOrder of floating columns, as parquet.thrift numbers it; absent: 1, TYPE_ORDER
//                   6: binary file_metadata     FileMetaData without rows; in the first row group of a file
//                   7: list<ChunkIndexes>       one per column: { 1: i32 fields_end, 2: i32 column_index_bytes, 3: i32 offset_index_bytes
//                   };
//                                               7 to 9 where a chunk of the row group has more than one page
//                   8: binary column_indexes    one after the other
//                   9: binary offset_indexes    likewise
//                   10: bool is_interim         true in a row group that a later one takes the place of; else absent
//   12 + n  4     payload_size_bytes again, and
//   16 + n  4     "PQT1" again: trailers can be walked from the end of the file, RowGroup.file_offset being the end of the record before
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "parquet/footer_writer.hpp"

namespace pqflow::parquet {

constexpr std::array<uint8_t, 4> kTrailerMagic = {'P', 'Q', 'T', '1'};
constexpr size_t kTrailerHeaderBytes = 12;
constexpr size_t kTrailerTailBytes = 8;

// Records of one lane in a row group or a file, as the lane counts them.
struct LaneRange {
  uint32_t lane_index = 0;
  uint64_t first_sequence = 0;
  uint64_t record_count = 0;
};

struct TrailerFacts {
  std::span<const LaneRange> lanes;
  uint64_t layout_fingerprint = 0;
  uint64_t schema_fingerprint = 0;
  int32_t float_order = 1;
  std::span<const uint8_t> file_metadata;  // Empty: not of a file's first row group.
  bool is_interim = false;
};

// Replaces `out` by the trailer record of a row group. Allocates when `out` lacks room.
void encode_trailer_record(const RowGroupEntry& entry, const TrailerFacts& facts, std::vector<uint8_t>& out);

}  // namespace pqflow::parquet
