// Records → staging columns of flat leaves: the schema's generated kernel where there is one, else generic typed kernels, which are its
// reference.
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "columns/record_schema.hpp"

namespace pqflow::columns {

// Copies `count` values of `width_bytes` that lie `stride_bytes` apart into consecutive places.
using CopyKernel = void(uint8_t* values, const uint8_t* first_value, size_t count, size_t stride_bytes, size_t width_bytes) noexcept;

// The kernel for a width: 1, 2, 4, 8, 12 and 16 bytes are constants in theirs.
CopyKernel* copy_kernel(size_t width_bytes) noexcept;

// Writer thread. Pure movement of bytes; allocates in the constructor only.
class Unpacker {
 public:
  explicit Unpacker(const RecordSchema& schema);
  // Same contract as pqflow_unpack_function.
  void unpack(const uint8_t* first_record, size_t record_count, const pqflow_staging_column* columns) const noexcept;

 private:
  struct Column {
    CopyKernel* copy;  // Null for a constant, a column of nulls and a nested column.
    uint32_t offset_bytes;
    uint32_t width_bytes;
    uint32_t null_byte_offset_bytes;
    uint8_t null_bit_index;
    uint8_t null_bit_when_present;
    bool has_null_bit;
  };
  void unpack_block(const uint8_t* first_record, size_t record_count, const pqflow_staging_column* columns,
                    size_t first_row) const noexcept;

  std::vector<Column> columns_;
  pqflow_unpack_function* generated_;
  size_t slot_size_bytes_;
};

}  // namespace pqflow::columns
