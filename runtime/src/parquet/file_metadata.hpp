// Collects finished row groups and prints the end of the file: page indexes, then the footer (thrift compact FileMetaData, its length,
// PAR1).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "columns/record_schema.hpp"
#include "parquet/live_footer.hpp"
#include "parquet/row_group_writer.hpp"

namespace pqflow::parquet {

struct KeyValue {
  std::string key;
  std::string value;
};

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
//   12 + n  4     payload_size_bytes again, and
//   16 + n  4     "PQT1" again: trailers can be walked from the end of the file, RowGroup.file_offset being the end of the record before
constexpr size_t kTrailerHeaderBytes = 12;
constexpr size_t kTrailerTailBytes = 8;

// Records of one lane in a row group or a file, as the lane counts them.
struct LaneRange {
  uint32_t lane_index = 0;
  uint64_t first_sequence = 0;
  uint64_t record_count = 0;
};

constexpr size_t kDefaultMetadataCapacityBytes = size_t{1} << 20;

// Writer thread only; the constructor may run on any thread before.
class FileMetadata {
 public:
  // `capacity_bytes`: memory for row groups, and half as much for either kind of index, taken and touched beforehand; more is allocated
  // when a file's footer grows beyond it. `float_order`: of the row groups that are added.
  explicit FileMetadata(const columns::RecordSchema& schema, pqflow_float_order float_order = PQFLOW_FLOAT_ORDER_TYPE_ORDER,
                        size_t capacity_bytes = kDefaultMetadataCapacityBytes);
  ~FileMetadata();
  // `file_offset_bytes`: where the row group's first byte lies in the file. Call it when the row group's write is acknowledged.
  void add(const EncodedRowGroup& row_group, uint64_t file_offset_bytes);
  // Replaces `out` by the trailer record of the next row group, the one to be added after it was written with its trailer.
  void encode_trailer(const EncodedRowGroup& row_group, uint64_t file_offset_bytes, std::span<const LaneRange> lanes,
                      std::vector<uint8_t>& out) const;
  // Replaces `out` by what follows the row groups: all ColumnIndexes, all OffsetIndexes, FileMetaData, its length and PAR1. A file whose
  // chunks have one page each has no indexes: they would repeat the chunks' statistics. Key-values:
  // schema text under "pqflow:schema" (when there is one), the schema's own, then `capture`. `file_offset_bytes`: where `out` will lie.
  void encode_footer(std::span<const KeyValue> capture, uint64_t file_offset_bytes, std::vector<uint8_t>& out) const;
  // What footers of this schema share, whatever row groups they name.
  FileFields fields() const;
  // The row group added last: a RowGroup struct as the footer will have it, without the places of indexes. Valid until the next add().
  std::span<const uint8_t> last_row_group() const noexcept;
  uint64_t row_count() const noexcept;
  size_t row_group_count() const noexcept;
  // Row groups added that do not keep the order the schema names; 0 where it names none.
  size_t unsorted_row_group_count() const noexcept;
  // Size of the encoded footer so far with the page indexes, rounded up, without `capture`: the sink rotates when its cap is reached.
  size_t footer_bytes() const noexcept;
  size_t memory_bytes() const noexcept;
  // Back to no row groups, for the next file.
  void clear() noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace pqflow::parquet
