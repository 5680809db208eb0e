// Which rows of a block hold a value, and the values of those rows alone.
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstdint>

namespace pqflow::columns {

// Writes one byte a row, 1 = present, 0 = null (the definition level of a flat optional column); returns how many are present. `values` and
// `valid` are the staging column's. For optional fields only. Pure.
size_t find_present(const pqflow_field& field, const uint8_t* values, const uint8_t* valid, size_t count, uint8_t* present) noexcept;

size_t count_present(const uint8_t* present, size_t count) noexcept;

// Moves the present ones of `count` values of `width_bytes` to the front of `target`, which has room for all. Pure.
void compact(uint8_t* target, const uint8_t* values, const uint8_t* present, size_t count, size_t width_bytes) noexcept;

}  // namespace pqflow::columns
