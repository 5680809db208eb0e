// The durability that was not asked for: what PQFLOW_DURABILITY_DEFAULT stands for, and a ring that allows it.
#pragma once

#include <pqflow/pqflow.h>

#include <cstdint>

namespace pqflow::sink {

// What a ring holds whose slots are given back with their row groups: one that is being filled, one that is being written or synced, and a
// burst of two; further encoders have a row group each.
uint64_t held_row_groups(const pqflow_options& options) noexcept;

// The ring is large enough for the row groups, or the row groups small enough for the ring: of the two, what the schema does not name gives
// way. Nothing changes for a schema that names both, or the durability FILE.
void fit_ring_and_row_groups(const pqflow_defaults& schema, pqflow_options& options) noexcept;

// As far as the options tell: whether ring_dir has what it needs is seen when the ring is made. Never DEFAULT.
pqflow_durability chosen_durability(const pqflow_options& options) noexcept;

}  // namespace pqflow::sink
