// Order of two values of a column by Parquet's TYPE_ORDER (parquet.thrift, union ColumnOrder).
#pragma once

#include <pqflow/descriptor.h>

#include <compare>
#include <cstddef>
#include <cstdint>

namespace pqflow::columns {

// Of two PLAIN values: a BYTE_ARRAY with its length before it, a BOOLEAN one byte; `fixed_bytes` is the size of all others. Unordered: a
// NaN, or zeros of unlike sign, on whose order readers do not agree.
using CompareValues = std::partial_ordering (*)(const uint8_t* left, const uint8_t* right, size_t fixed_bytes);

// For a validated leaf field whose type has an order (type_rules.hpp).
CompareValues compare_function(const pqflow_field& field) noexcept;

}  // namespace pqflow::columns
