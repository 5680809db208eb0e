// What a file's metadata says of the row groups as they are written: trailers behind them, the footer at the end.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "columns/record_schema.hpp"
#include "parquet/footer_writer.hpp"
#include "parquet/row_group_metadata.hpp"
#include "parquet/row_group_writer.hpp"
#include "parquet/trailer.hpp"

namespace pqflow::parquet {

constexpr size_t kDefaultMetadataCapacityBytes = size_t{1} << 20;

// Writer thread only; the constructor may run on any thread before.
class FileMetadata {
 public:
  // `capacity_bytes`: as FooterWriter has it. `float_order`: of the row groups that are added.
  explicit FileMetadata(const columns::RecordSchema& schema, pqflow_float_order float_order = PQFLOW_FLOAT_ORDER_TYPE_ORDER,
                        size_t capacity_bytes = kDefaultMetadataCapacityBytes);
  // `file_offset_bytes`: where the row group's first byte lies in the file. Call it when the row group's write is acknowledged.
  void add(const EncodedRowGroup& row_group, uint64_t file_offset_bytes);
  // Replaces `out` by the trailer record of the next row group, the one to be added after it was written with its trailer.
  void encode_trailer(const EncodedRowGroup& row_group, uint64_t file_offset_bytes, std::span<const LaneRange> lanes,
                      std::vector<uint8_t>& out);
  // The same of an interim row group that follows those that were added and `interim_count` others like it.
  void encode_interim(const EncodedRowGroup& row_group, uint64_t file_offset_bytes, size_t interim_count, std::span<const LaneRange> lanes,
                      std::vector<uint8_t>& out);
  // As last_row_group(), of the row group whose trailer was encoded last. Valid until the next one, or add().
  std::span<const uint8_t> encoded_row_group() const noexcept { return entry_.row_group; }
  // Replaces `out` by what follows the row groups: FooterWriter. Key-values: schema text under "pqflow:schema" (when there is one), the
  // schema's own, then `capture`. `file_offset_bytes`: where `out` will lie.
  void encode_footer(std::span<const KeyValue> capture, uint64_t file_offset_bytes, std::vector<uint8_t>& out) const {
    footer_.encode(capture, file_offset_bytes, out);
  }
  // What footers of this schema share, whatever row groups they name.
  FileFields fields() const { return footer_.file_fields(); }
  // The row group added last: a RowGroup struct as the footer will have it, without the places of indexes. Valid until the next add().
  std::span<const uint8_t> last_row_group() const noexcept { return footer_.last_row_group(); }
  uint64_t row_count() const noexcept { return footer_.row_count(); }
  size_t row_group_count() const noexcept { return footer_.row_group_count(); }
  // Row groups added that do not keep the order the schema names; 0 where it names none.
  size_t unsorted_row_group_count() const noexcept { return unsorted_row_group_count_; }
  // Size of the encoded footer so far with the page indexes, rounded up, without `capture`: the sink rotates when its cap is reached.
  size_t footer_bytes() const noexcept { return footer_.footer_bytes(); }
  size_t memory_bytes() const noexcept;
  // Back to no row groups, for the next file.
  void clear() noexcept;

 private:
  void encode_entry(const EncodedRowGroup& row_group, uint64_t file_offset_bytes, size_t ordinal);
  void encode_indexes(const EncodedRowGroup& row_group, uint64_t file_offset_bytes);

  const std::vector<ColumnIdentity> columns_;
  const uint64_t layout_fingerprint_;
  const uint64_t schema_fingerprint_;
  const pqflow_float_order float_order_;
  const bool has_sorting_;
  FooterWriter footer_;
  std::vector<uint8_t> file_metadata_;  // Without rows: for the first trailer.
  RowGroupEntry entry_;                 // Of the row group at hand.
  std::vector<size_t> chunk_ends_;      // Likewise.
  size_t unsorted_row_group_count_ = 0;
};

}  // namespace pqflow::parquet
