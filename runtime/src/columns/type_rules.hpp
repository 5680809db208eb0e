// What a column's physical and logical type mean for its values (parquet-format LogicalTypes.md).
#pragma once

#include <pqflow/descriptor.h>

#include <cstdint>
#include <string>

namespace pqflow::columns {

// STRING, JSON and ENUM values must be UTF-8.
bool must_be_utf8(uint8_t logical_type) noexcept;

// FLOAT, DOUBLE and FLOAT16 columns: they hold NaNs, which are counted.
bool is_floating_column(const pqflow_field& field) noexcept;

// The group in the middle of a list or a map.
inline bool is_repeated(const pqflow_field& field) noexcept { return field.repetition == PQFLOW_REPETITION_REPEATED; }

// Integer codes of enum_values written as their names, not as themselves.
bool is_named_code(const pqflow_field& field) noexcept;

// Whether parquet.thrift, ColumnOrder.TYPE_ORDER, defines an order for the column's values. It does not for INT96 and INTERVAL: these have
// no bounds. UNKNOWN has no values.
bool has_order(const pqflow_field& field) noexcept;

// PLAIN bytes of a value of fixed size: 1 for BOOLEAN (as one byte), type_length for FIXED_LEN_BYTE_ARRAY; 0 for BYTE_ARRAY.
uint32_t physical_bytes(const pqflow_field& field) noexcept;
inline constexpr uint32_t kInt96Bytes = 12;

// Most decimal digits that `size_bytes` of two's complement hold: floor(log10(2^(8n-1) - 1)).
uint32_t max_decimal_precision(uint32_t size_bytes) noexcept;

// The constants' names without prefix, for messages; "number 77" for an unknown value.
std::string physical_name(uint8_t physical_type);
std::string logical_name(uint8_t logical_type);

}  // namespace pqflow::columns
