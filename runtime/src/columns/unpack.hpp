// Records → staging columns of flat leaves: the schema's generated kernel where there is one, else generic typed kernels, which are its
// reference.
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "columns/record_schema.hpp"
#include "columns/unpack_moves.hpp"

namespace pqflow::columns {

// Copies `count` values of `width_bytes` that lie `stride_bytes` apart into consecutive places.
using CopyKernel = void(uint8_t* values, const uint8_t* first_value, size_t count, size_t stride_bytes, size_t width_bytes) noexcept;

// The kernel for a width: 1, 2, 4, 8, 12 and 16 bytes are constants in theirs.
CopyKernel* copy_kernel(size_t width_bytes) noexcept;

// Writer thread. Pure movement of bytes; allocates in the constructor only.
class Unpacker {
 public:
  explicit Unpacker(const RecordSchema& schema);
  // Same contract as pqflow_unpack_function; a kernel of the caller's that throws all the same ends the capture, not the process.
  void unpack(const uint8_t* first_record, size_t record_count, const pqflow_staging_column* columns) const;

 private:
  // Of the records of one block; staging columns are written from `first_row` on.
  struct Block {
    const uint8_t* first_record;
    size_t record_count;
    size_t first_row;
    const pqflow_staging_column* columns;
  };
  struct Column {
    size_t leaf_index;
    CopyKernel* copy;
    uint32_t offset_bytes;
    uint32_t width_bytes;
    bool is_moved;  // But for the records behind the last turn of four.
  };
  struct NullBit {
    size_t leaf_index;
    uint32_t byte_offset_bytes;
    uint8_t bit_index;
    uint8_t when_present;
  };

  void add_column(const RecordSchema& schema, size_t leaf_index);
  void plan_moves(uint32_t record_size_bytes);
  void unpack_block(const Block& block) const noexcept;
  void make_move(const UnpackMove& move, const Block& block, size_t row_count) const noexcept;
  void copy_column(const Column& column, const Block& block, size_t start) const noexcept;
  void read_null_bits(const NullBit& bit, const Block& block) const noexcept;

  std::vector<Column> columns_;  // Flat leaves with bytes.
  std::vector<UnpackMove> moves_;
  std::vector<NullBit> null_bits_;
  pqflow_unpack_function* generated_;
  size_t slot_size_bytes_;
};

}  // namespace pqflow::columns
