#include "columns/shredder.hpp"

namespace pqflow::columns {
namespace {

size_t padded(size_t count) { return count + kLevelSlackBytes; }

}  // namespace

Shredder::Shredder(const RecordSchema& schema, size_t row_capacity)
    : tree_(schema.level_tree), invalid_counts_(schema.leaf_indices.size()) {
  if (tree_.steps.empty()) {
    return;
  }
  place_records(schema.slot_size_bytes, row_capacity);
  for (const LevelStep& step : tree_.steps) {
    place_step(step, row_capacity);
  }
  for (size_t column = 0; column < schema.leaf_indices.size(); ++column) {
    if (!tree_.is_flat(column)) {
      leaves_.push_back({column, tree_.step_of_columns[column], schema.fields[schema.leaf_indices[column]]});
    }
  }
}

// The records themselves: an instance and an entry of levels 0 each, wherever the block lies.
void Shredder::place_records(size_t slot_size_bytes, size_t row_capacity) {
  uint8_t* const levels = memory_.emplace_back(padded(row_capacity)).data();
  uint8_t* const offsets = memory_.emplace_back((row_capacity + 1) * sizeof(uint32_t)).data();
  records_.definition_levels = levels;
  records_.repetition_levels = levels;
  records_.offsets = reinterpret_cast<uint32_t*>(offsets);
  for (size_t row = 0; row < row_capacity; ++row) {
    records_.offsets[row] = static_cast<uint32_t>(row * slot_size_bytes);
  }
}

void Shredder::place_step(const LevelStep& step, size_t row_capacity) {
  const size_t max_count = row_capacity * step.max_entries_per_row;
  uint8_t* const levels = memory_.emplace_back(2 * padded(max_count)).data();
  uint8_t* const offsets = memory_.emplace_back(padded(max_count) * sizeof(uint32_t)).data();
  blocks_.push_back({.definition_levels = levels,
                     .repetition_levels = levels + padded(max_count),
                     .offsets = reinterpret_cast<uint32_t*>(offsets),
                     .entry_count = 0,
                     .instance_count = 0,
                     .max_definition_level = step.group.max_definition_level});
}

void Shredder::shred(const uint8_t* first_record, size_t record_count, const pqflow_staging_column* columns) noexcept {
  records_.entry_count = record_count;
  records_.instance_count = record_count;
  for (size_t index = 0; index < tree_.steps.size(); ++index) {
    const LevelStep& step = tree_.steps[index];
    const LevelBlock& parent = step.parent == LevelStep::kNone ? records_ : blocks_[step.parent];
    if (step.is_repeated()) {
      invalid_counts_[step.first_column] += expand_repeated(step, first_record, parent, blocks_[index]);
    } else {
      expand_optional(step, first_record, parent, blocks_[index]);
    }
  }
  for (const Leaf& leaf : leaves_) {
    const pqflow_staging_column& column = columns[leaf.column_index];
    if (leaf.field.storage != PQFLOW_STORAGE_NONE) {
      gather_values(column.values, first_record + leaf.field.offset_bytes, blocks_[leaf.step], leaf.field.width_bytes);
    }
    if (leaf.field.null_kind == PQFLOW_NULL_BIT) {
      gather_presence(column.valid, first_record, blocks_[leaf.step], leaf.field);
    }
  }
}

const LevelBlock* Shredder::levels(size_t column_index) const noexcept {
  return tree_.is_flat(column_index) ? nullptr : &blocks_[tree_.step_of_columns[column_index]];
}

size_t Shredder::memory_bytes() const noexcept {
  size_t total_bytes = blocks_.capacity() * sizeof(LevelBlock) + tree_.steps.capacity() * sizeof(LevelStep) +
                       leaves_.capacity() * sizeof(Leaf) + invalid_counts_.capacity() * sizeof(uint64_t);
  for (const base::AlignedBuffer& buffer : memory_) {
    total_bytes += buffer.memory_bytes();
  }
  return total_bytes;
}

}  // namespace pqflow::columns
