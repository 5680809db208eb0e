#include "columns/staging.hpp"

#include <algorithm>

namespace pqflow::columns {
namespace {

constexpr size_t kMaxRows = 2048;
constexpr size_t kBlockBytes = size_t{256} << 10;
constexpr size_t kColumnAlignBytes = 64;

size_t aligned(size_t size_bytes) { return (size_bytes + kColumnAlignBytes - 1) / kColumnAlignBytes * kColumnAlignBytes; }

// What a column takes per value: staged bytes, and for a nested column its share of levels and offsets.
constexpr size_t kNestedValueBytes = 2 * sizeof(uint8_t) + sizeof(uint32_t);

size_t values_bytes(const pqflow_field& field, size_t value_count) {
  // Kernels for text load whole words at the last value: a line between two columns keeps such a load inside the column.
  return aligned(field.width_bytes * value_count) + kColumnAlignBytes;
}

size_t valid_bytes(const pqflow_field& field, size_t value_count) { return field.null_kind == PQFLOW_NULL_BIT ? aligned(value_count) : 0; }

size_t column_bytes(const RecordSchema& schema, size_t column, size_t row_count) {
  const pqflow_field& field = schema.fields[schema.leaf_indices[column]];
  const size_t value_count = row_count * schema.level_tree.max_entries_per_row(column);
  return values_bytes(field, value_count) + valid_bytes(field, value_count);
}

size_t block_bytes(const RecordSchema& schema, size_t row_count) {
  size_t total_bytes = 0;
  for (size_t column = 0; column < schema.leaf_indices.size(); ++column) {
    total_bytes += column_bytes(schema, column, row_count);
  }
  return total_bytes;
}

}  // namespace

size_t staging_rows(const RecordSchema& schema) noexcept {
  size_t row_bytes = 1;
  for (size_t column = 0; column < schema.leaf_indices.size(); ++column) {
    const size_t value_bytes =
        schema.fields[schema.leaf_indices[column]].width_bytes + (schema.level_tree.is_flat(column) ? 0 : kNestedValueBytes);
    row_bytes += value_bytes * schema.level_tree.max_entries_per_row(column);
  }
  return std::clamp<size_t>(kBlockBytes / row_bytes, 1, kMaxRows);
}

Staging::Staging(const RecordSchema& schema, size_t row_capacity)
    : row_capacity_(row_capacity), memory_(block_bytes(schema, row_capacity)) {
  uint8_t* next = memory_.data();
  for (size_t index = 0; index < schema.leaf_indices.size(); ++index) {
    const pqflow_field& field = schema.fields[schema.leaf_indices[index]];
    const size_t value_count = row_capacity * schema.level_tree.max_entries_per_row(index);
    pqflow_staging_column column = {};
    if (field.storage != PQFLOW_STORAGE_NONE) {
      column.values = next;
      column.valid = field.null_kind == PQFLOW_NULL_BIT ? next + values_bytes(field, value_count) : nullptr;
    }
    next += column_bytes(schema, index, row_capacity);
    columns_.push_back(column);
  }
}

size_t Staging::memory_bytes() const noexcept { return memory_.memory_bytes() + columns_.capacity() * sizeof(pqflow_staging_column); }

}  // namespace pqflow::columns
