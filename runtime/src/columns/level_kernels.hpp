// One step of shredding: what is known of a group's parent → what is known of the group (parquet-format README, "Nested Encoding").
#pragma once

#include <cstddef>
#include <cstdint>

#include "columns/level_tree.hpp"

namespace pqflow::columns {

// Levels and places of one block of records, down to one group:
//
//   entries    one definition and one repetition level each, as a column below would have them if all further down were required
//   instances  the groups that are there; the n-th belongs to the n-th entry whose definition level is the group's largest
//
// Kernels write up to kLevelSlackBytes beyond the last level and offset, and read one offset beyond the last, which is 0.
struct LevelBlock {
  uint8_t* definition_levels;
  uint8_t* repetition_levels;
  uint32_t* offsets;  // Per instance: bytes from the block's first record, to be added to any offset_bytes of the descriptor.
  size_t entry_count;
  size_t instance_count;
  uint8_t max_definition_level;
};

constexpr size_t kLevelSlackBytes = 64;

// Both read from `parent`, write the arrays and counts of `target`, and never allocate or fail. An instance that is null stays as an entry.
void expand_optional(const LevelStep& step, const uint8_t* first_record, const LevelBlock& parent, LevelBlock& target) noexcept;
// An empty list stays as an entry; others give one entry and one instance per element. Returns how many counts were above
// max_element_count.
size_t expand_repeated(const LevelStep& step, const uint8_t* first_record, const LevelBlock& parent, LevelBlock& target) noexcept;

// Values, and null bits as bytes, of all instances, one after the other.
void gather_values(uint8_t* values, const uint8_t* first_value, const LevelBlock& block, size_t width_bytes) noexcept;
void gather_presence(uint8_t* valid, const uint8_t* first_record, const LevelBlock& block, const pqflow_field& field) noexcept;

// Definition levels of an optional leaf: those of its group, one more where the value is present. `present`: a byte per instance, and one
// readable beyond.
void add_presence(uint8_t* target, const LevelBlock& block, const uint8_t* present) noexcept;

}  // namespace pqflow::columns
