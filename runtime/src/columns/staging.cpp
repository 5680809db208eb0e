#include "columns/staging.hpp"

#include <algorithm>

namespace pqflow::columns {
namespace {

constexpr size_t kMaxRows = 2048;
constexpr size_t kBlockBytes = size_t{256} << 10;
constexpr size_t kColumnAlignBytes = 64;

size_t aligned(size_t size_bytes) { return (size_bytes + kColumnAlignBytes - 1) / kColumnAlignBytes * kColumnAlignBytes; }

size_t values_bytes(const pqflow_field& field, size_t row_count) {
  // Kernels for text load whole words at the last value: a line between two columns keeps such a load inside the column.
  return aligned(field.width_bytes * row_count) + kColumnAlignBytes;
}

size_t valid_bytes(const pqflow_field& field, size_t row_count) { return field.null_kind == PQFLOW_NULL_BIT ? aligned(row_count) : 0; }

size_t block_bytes(const RecordSchema& schema, size_t row_count) {
  size_t total_bytes = 0;
  for (const size_t leaf : schema.leaf_indices) {
    total_bytes += values_bytes(schema.fields[leaf], row_count) + valid_bytes(schema.fields[leaf], row_count);
  }
  return total_bytes;
}

}  // namespace

size_t staging_rows(const RecordSchema& schema) noexcept {
  size_t row_bytes = 1;
  for (const size_t leaf : schema.leaf_indices) {
    row_bytes += schema.fields[leaf].width_bytes;
  }
  return std::clamp<size_t>(kBlockBytes / row_bytes, 1, kMaxRows);
}

Staging::Staging(const RecordSchema& schema, size_t row_capacity)
    : row_capacity_(row_capacity), memory_(block_bytes(schema, row_capacity)) {
  uint8_t* next = memory_.data();
  for (const size_t leaf : schema.leaf_indices) {
    const pqflow_field& field = schema.fields[leaf];
    pqflow_staging_column column = {};
    if (field.storage != PQFLOW_STORAGE_NONE) {
      column.values = next;
      column.valid = field.null_kind == PQFLOW_NULL_BIT ? next + values_bytes(field, row_capacity) : nullptr;
    }
    next += values_bytes(field, row_capacity) + valid_bytes(field, row_capacity);
    columns_.push_back(column);
  }
}

size_t Staging::memory_bytes() const noexcept { return memory_.memory_bytes() + columns_.capacity() * sizeof(pqflow_staging_column); }

}  // namespace pqflow::columns
