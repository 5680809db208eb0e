#include "columns/unpack.hpp"

#include <pqflow/kernel.h>

#include <algorithm>
#include <cstring>

namespace pqflow::columns {
namespace {

// Records of one block stay in the first-level cache while every column takes its values from them.
constexpr size_t kBlockRecords = 64;

template <size_t kWidthBytes>
void copy_constant_width(uint8_t* values, const uint8_t* first_value, size_t count, size_t stride_bytes, size_t) noexcept {
  for (size_t index = 0; index < count; ++index) {
    std::memcpy(values + index * kWidthBytes, first_value + index * stride_bytes, kWidthBytes);
  }
}

void copy_any_width(uint8_t* values, const uint8_t* first_value, size_t count, size_t stride_bytes, size_t width_bytes) noexcept {
  for (size_t index = 0; index < count; ++index) {
    std::memcpy(values + index * width_bytes, first_value + index * stride_bytes, width_bytes);
  }
}

}  // namespace

CopyKernel* copy_kernel(size_t width_bytes) noexcept {
  switch (width_bytes) {
    case 1:
      return copy_constant_width<1>;
    case 2:
      return copy_constant_width<2>;
    case 4:
      return copy_constant_width<4>;
    case 8:
      return copy_constant_width<8>;
    case 12:
      return copy_constant_width<12>;
    case 16:
      return copy_constant_width<16>;
    default:
      return copy_any_width;
  }
}

Unpacker::Unpacker(const RecordSchema& schema) : generated_(schema.unpack), slot_size_bytes_(schema.slot_size_bytes) {
  for (size_t index = 0; index < schema.leaf_indices.size(); ++index) {
    const pqflow_field& field = schema.fields[schema.leaf_indices[index]];
    const bool is_left_alone = field.storage == PQFLOW_STORAGE_NONE || !schema.level_tree.is_flat(index);
    columns_.push_back({.copy = is_left_alone ? nullptr : copy_kernel(field.width_bytes),
                        .offset_bytes = field.offset_bytes,
                        .width_bytes = field.width_bytes,
                        .null_byte_offset_bytes = field.null_byte_offset_bytes,
                        .null_bit_index = field.null_bit_index,
                        .null_bit_when_present = field.null_bit_when_present,
                        .has_null_bit = field.null_kind == PQFLOW_NULL_BIT});
  }
}

void Unpacker::unpack(const uint8_t* first_record, size_t record_count, const pqflow_staging_column* columns) const noexcept {
  if (generated_ != nullptr) {
    generated_(first_record, record_count, columns);
    return;
  }
  for (size_t row = 0; row < record_count; row += kBlockRecords) {
    unpack_block(first_record + row * slot_size_bytes_, std::min(kBlockRecords, record_count - row), columns, row);
  }
}

void Unpacker::unpack_block(const uint8_t* first_record, size_t record_count, const pqflow_staging_column* columns,
                            size_t first_row) const noexcept {
  for (size_t index = 0; index < columns_.size(); ++index) {
    const Column& column = columns_[index];
    if (column.copy == nullptr) {
      continue;
    }
    column.copy(columns[index].values + first_row * column.width_bytes, first_record + column.offset_bytes, record_count, slot_size_bytes_,
                column.width_bytes);
    if (column.has_null_bit) {
      for (size_t row = 0; row < record_count; ++row) {
        columns[index].valid[first_row + row] = pqflow_unpack_present(first_record + row * slot_size_bytes_, column.null_byte_offset_bytes,
                                                                      column.null_bit_index, column.null_bit_when_present);
      }
    }
  }
}

}  // namespace pqflow::columns
