// Records in, one encoded row group out: unpack → convert → pages → column chunks. All memory is allocated and touched in the constructor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "base/result.hpp"
#include "columns/record_schema.hpp"

namespace pqflow::parquet {

struct RowGroupOptions {
  uint64_t row_group_rows = 65536;
  uint64_t row_group_bytes = uint64_t{128} << 20;
  uint32_t page_rows = 16384;
  pqflow_codec codec = PQFLOW_CODEC_ZSTD;
  int32_t codec_level = PQFLOW_CODEC_LEVEL_DEFAULT;
  pqflow_profile profile = PQFLOW_PROFILE_SMALL;
  uint8_t data_page_version = 1;
  uint64_t page_bytes = uint64_t{1} << 20;
  pqflow_float_order float_order = PQFLOW_FLOAT_ORDER_TYPE_ORDER;  // FileMetadata says which: hand it the same.
};

// Whether every codec and level, the file's and the columns' own, is in this build (PQFLOW_STATUS_CODEC_UNAVAILABLE,
// PQFLOW_STATUS_INVALID_ARGUMENT), and the rows and bytes are not 0. To be asked before a RowGroupWriter is made. Any thread.
base::Result check_options(const columns::RecordSchema& schema, const RowGroupOptions& options);

struct EncodedRowGroup;  // encoded_row_group.hpp: spans of chunk bytes with offsets relative to the row group, statistics, sizes, row
                         // count.

// Writer thread only; the constructor may run on any thread before. Two writers fed in turn let one group be written while the next is
// filled.
class RowGroupWriter {
 public:
  RowGroupWriter(const columns::RecordSchema& schema, const RowGroupOptions& options);
  ~RowGroupWriter();
  RowGroupWriter(const RowGroupWriter&) = delete;
  RowGroupWriter& operator=(const RowGroupWriter&) = delete;

  // Rows that append() still takes before the next page cut; 0 when the group is full by rows or bytes, or finished and not yet reset.
  // Bytes are looked at when a page is cut, so ask again after each append.
  uint64_t room_rows() const noexcept;
  uint64_t row_count() const noexcept;
  // `record_count` ≤ room_rows(), records lie schema.slot_size_bytes apart. Does not allocate.
  void append(const uint8_t* first_record, size_t record_count);
  // Closes the last pages. The result stays valid, and room_rows() 0, until reset(): it is kept until its write is acknowledged. A second
  // call gives the same. Without a record the result has no pieces and must not be written.
  const EncodedRowGroup& finish();
  void reset() noexcept;
  // Values replaced by their substitute since construction: all columns together.
  uint64_t invalid_values() const noexcept;
  // Of one leaf column.
  uint64_t invalid_values(size_t column_index) const noexcept;
  size_t memory_bytes() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace pqflow::parquet
