// Where on the way from a record to its leaves the levels of Parquet change: optional groups and lists (parquet-format README, "Nested
// Encoding").
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pqflow::columns {

// An optional struct, list or map, or a REPEATED group. Required structs and lists change nothing.
struct LevelStep {
  static constexpr size_t kNone = static_cast<size_t>(-1);

  pqflow_field group;
  size_t parent;               // The step around, before this one in the tree; kNone: the record itself.
  size_t first_column;         // The first leaf column below, which counts a list's invalid counts.
  size_t max_entries_per_row;  // Product of the max_element_counts down to here.
  bool is_repeated() const noexcept { return group.repetition == PQFLOW_REPETITION_REPEATED; }
};

struct LevelTree {
  std::vector<LevelStep> steps;         // Parents before children.
  std::vector<size_t> step_of_columns;  // Per leaf column the innermost step above it; kNone: flat.

  bool is_flat(size_t column_index) const noexcept { return step_of_columns[column_index] == LevelStep::kNone; }
  // Level entries, and values at most, that one row gives a column: 1 for a flat one.
  size_t max_entries_per_row(size_t column_index) const noexcept {
    return is_flat(column_index) ? 1 : steps[step_of_columns[column_index]].max_entries_per_row;
  }
};

// `fields`: validated, depth first. Allocates.
LevelTree make_level_tree(const std::vector<pqflow_field>& fields);

}  // namespace pqflow::columns
