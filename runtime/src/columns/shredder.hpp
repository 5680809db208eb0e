// Records → levels and values of nested leaf columns, a block at a time. Flat columns are the Unpacker's.
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/aligned_buffer.hpp"
#include "columns/level_kernels.hpp"
#include "columns/record_schema.hpp"

namespace pqflow::columns {

// Writer thread. Allocates and touches in the constructor only. Each group is shredded once for all columns below it: where its instances
// lie and which levels they have; then every column only gathers its values.
class Shredder {
 public:
  Shredder(const RecordSchema& schema, size_t row_capacity);

  // Fills the nested ones of `columns`, one per leaf in schema order, from records that lie slot_size_bytes apart; others are left alone.
  // `record_count` ≤ row_capacity. Values and, for PQFLOW_NULL_BIT, bytes of presence are those of the group's instances.
  void shred(const uint8_t* first_record, size_t record_count, const pqflow_staging_column* columns) noexcept;

  // Of the last block; valid until the next. Null for a flat column.
  const LevelBlock* levels(size_t column_index) const noexcept;
  // Counts above max_element_count since construction, each in the first column below its group.
  uint64_t invalid_counts(size_t column_index) const noexcept { return invalid_counts_[column_index]; }
  size_t memory_bytes() const noexcept;

 private:
  struct Leaf {
    size_t column_index;
    size_t step;
    pqflow_field field;
  };
  void place_records(size_t slot_size_bytes, size_t row_capacity);
  void place_step(const LevelStep& step, size_t row_capacity);

  LevelTree tree_;
  std::vector<Leaf> leaves_;
  std::vector<uint64_t> invalid_counts_;  // Per column.
  std::vector<base::AlignedBuffer> memory_;
  LevelBlock records_ = {};
  std::vector<LevelBlock> blocks_;  // One per step.
};

}  // namespace pqflow::columns
