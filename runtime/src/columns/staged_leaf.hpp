// One block of one leaf column as pages take it.
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>

#include "columns/level_kernels.hpp"

namespace pqflow::columns {

struct StagedLeaf {
  pqflow_staging_column staged;
  size_t row_count;
  const LevelBlock* levels;  // Null for a flat column.

  // Values staged, nulls of the leaf's own included.
  size_t value_count() const noexcept { return levels == nullptr ? row_count : levels->instance_count; }
  // Level entries, which a page's num_values counts.
  size_t entry_count() const noexcept { return levels == nullptr ? row_count : levels->entry_count; }
};

}  // namespace pqflow::columns
