// Which storage, physical type and logical type go together (parquet-format LogicalTypes.md).
#pragma once

#include <pqflow/descriptor.h>

#include <cstdint>
#include <string>

namespace pqflow::columns {

bool is_integer_storage(uint8_t storage) noexcept;
bool is_signed_storage(uint8_t storage) noexcept;  // Of the integer storages.
bool is_floating_storage(uint8_t storage) noexcept;
bool is_text_storage(uint8_t storage) noexcept;  // Padded or counted: written as BYTE_ARRAY.

// STRING, JSON and ENUM values must be UTF-8.
bool must_be_utf8(uint8_t logical_type) noexcept;

// Bytes a value takes in the record for storages of one size (bool, integers, floats), else 0.
uint32_t fixed_storage_bytes(uint8_t storage) noexcept;

// PLAIN bytes of a value of fixed size: 1 for BOOLEAN (as one byte), type_length for FIXED_LEN_BYTE_ARRAY; 0 for BYTE_ARRAY.
uint32_t physical_bytes(const pqflow_field& field) noexcept;

// Most decimal digits that `size_bytes` of two's complement hold: floor(log10(2^(8n-1) - 1)).
uint32_t max_decimal_precision(uint32_t size_bytes) noexcept;

// The constants' names without prefix, for messages; "number 77" for an unknown value.
std::string storage_name(uint8_t storage);
std::string physical_name(uint8_t physical_type);
std::string logical_name(uint8_t logical_type);

// Each answers what is wrong, or nothing. Pure.
std::string check_storage_width(const pqflow_field& field);
std::string check_physical_type(const pqflow_field& field);
std::string check_logical_type(const pqflow_field& field);

}  // namespace pqflow::columns
