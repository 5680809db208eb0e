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

void move_2x8(uint8_t* left, uint8_t* right, const uint8_t* window, size_t row_count, size_t slot_size_bytes) noexcept {
  for (size_t row = 0; row < row_count; row += PQFLOW_UNPACK_ROWS) {
    pqflow_unpack_2x8(left + row * 8, right + row * 8, window + row * slot_size_bytes, slot_size_bytes);
  }
}

void move_1x8(uint8_t* values, const uint8_t* window, size_t row_count, size_t slot_size_bytes) noexcept {
  for (size_t row = 0; row < row_count; row += PQFLOW_UNPACK_ROWS) {
    pqflow_unpack_1x8(values + row * 8, window + row * slot_size_bytes, slot_size_bytes);
  }
}

void move_4x4(uint8_t* a, uint8_t* b, uint8_t* c, uint8_t* d, const uint8_t* window, size_t row_count, size_t slot_size_bytes) noexcept {
  for (size_t row = 0; row < row_count; row += PQFLOW_UNPACK_ROWS) {
    pqflow_unpack_4x4(a + row * 4, b + row * 4, c + row * 4, d + row * 4, window + row * slot_size_bytes, slot_size_bytes);
  }
}

void fetch(const uint8_t* bytes, size_t size_bytes) noexcept {
  for (size_t offset_bytes = 0; offset_bytes < size_bytes; offset_bytes += 64) {
    __builtin_prefetch(bytes + offset_bytes);
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
    add_column(schema, index);
  }
  plan_moves(schema.record_size_bytes);
}

// Constants and columns of nulls have no bytes; nested leaves are not flat.
void Unpacker::add_column(const RecordSchema& schema, size_t leaf_index) {
  const pqflow_field& field = schema.fields[schema.leaf_indices[leaf_index]];
  if (field.storage == PQFLOW_STORAGE_NONE || !schema.level_tree.is_flat(leaf_index)) {
    return;
  }
  columns_.push_back({leaf_index, copy_kernel(field.width_bytes), field.offset_bytes, field.width_bytes, false});
  if (field.null_kind == PQFLOW_NULL_BIT) {
    null_bits_.push_back({leaf_index, field.null_byte_offset_bytes, field.null_bit_index, field.null_bit_when_present});
  }
}

void Unpacker::plan_moves(uint32_t record_size_bytes) {
  std::vector<UnpackedLeaf> leaves;
  for (const Column& column : columns_) {
    leaves.push_back({column.leaf_index, column.offset_bytes, column.width_bytes});
  }
  std::vector<bool> moved;
  moves_ = plan_unpack_moves(leaves, record_size_bytes, moved);
  for (size_t index = 0; index < columns_.size(); ++index) {
    columns_[index].is_moved = moved[index];
  }
}

void Unpacker::unpack(const uint8_t* first_record, size_t record_count, const pqflow_staging_column* columns) const {
  if (generated_ != nullptr) {
    generated_(first_record, record_count, columns);
    return;
  }
  for (size_t row = 0; row < record_count; row += kBlockRecords) {
    const uint8_t* const record = first_record + row * slot_size_bytes_;
    const size_t rest_count = record_count - row;
    if (rest_count > 2 * kBlockRecords) {
      fetch(record + kBlockRecords * slot_size_bytes_, kBlockRecords * slot_size_bytes_);
    }
    unpack_block({record, std::min(kBlockRecords, rest_count), row, columns});
  }
}

void Unpacker::unpack_block(const Block& block) const noexcept {
  const size_t moved_count = block.record_count / PQFLOW_UNPACK_ROWS * PQFLOW_UNPACK_ROWS;
  for (const UnpackMove& move : moves_) {
    make_move(move, block, moved_count);
  }
  for (const Column& column : columns_) {
    copy_column(column, block, column.is_moved ? moved_count : 0);
  }
  for (const NullBit& bit : null_bits_) {
    read_null_bits(bit, block);
  }
}

void Unpacker::make_move(const UnpackMove& move, const Block& block, size_t row_count) const noexcept {
  const uint8_t* const window = block.first_record + move.offset_bytes;
  uint8_t waste[kBlockRecords * 4];  // For lanes that are no column.
  const auto rows_of = [&](size_t lane, size_t width_bytes) {
    const size_t leaf = move.leaves[lane];
    return leaf == kNoLeaf ? waste : block.columns[leaf].values + block.first_row * width_bytes;
  };
  switch (move.kind) {
    case UnpackMoveKind::k2x8:
      move_2x8(rows_of(0, 8), rows_of(1, 8), window, row_count, slot_size_bytes_);
      break;
    case UnpackMoveKind::k1x8:
      move_1x8(rows_of(0, 8), window, row_count, slot_size_bytes_);
      break;
    case UnpackMoveKind::k4x4:
      move_4x4(rows_of(0, 4), rows_of(1, 4), rows_of(2, 4), rows_of(3, 4), window, row_count, slot_size_bytes_);
      break;
  }
}

void Unpacker::copy_column(const Column& column, const Block& block, size_t start) const noexcept {
  uint8_t* const values = block.columns[column.leaf_index].values;
  column.copy(values + (block.first_row + start) * column.width_bytes, block.first_record + start * slot_size_bytes_ + column.offset_bytes,
              block.record_count - start, slot_size_bytes_, column.width_bytes);
}

void Unpacker::read_null_bits(const NullBit& bit, const Block& block) const noexcept {
  uint8_t* const valid = block.columns[bit.leaf_index].valid + block.first_row;
  for (size_t row = 0; row < block.record_count; ++row) {
    valid[row] = pqflow_unpack_present(block.first_record + row * slot_size_bytes_, bit.byte_offset_bytes, bit.bit_index, bit.when_present);
  }
}

}  // namespace pqflow::columns
