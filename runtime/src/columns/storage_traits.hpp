// What there is to know of each storage by itself: its name, its width, the physical types it may be written as.
#pragma once

#include <pqflow/descriptor.h>

#include <cstdint>
#include <string>

namespace pqflow::columns {

struct StorageTraits {
  const char* name;  // Without the constant's prefix, for messages.
  uint32_t min_width_bytes;
  uint32_t max_width_bytes;
  uint8_t physical_types;  // One bit per pqflow_physical_type, 1 << number.

  bool has_one_width() const noexcept { return min_width_bytes == max_width_bytes; }
  bool can_be_written_as(uint8_t physical_type) const noexcept { return physical_type < 8 && (physical_types >> physical_type & 1) != 0; }
};

// Null for a number that is no storage.
const StorageTraits* find_storage_traits(uint8_t storage) noexcept;

bool is_integer_storage(uint8_t storage) noexcept;
bool is_signed_storage(uint8_t storage) noexcept;    // Of the integer storages.
bool is_floating_storage(uint8_t storage) noexcept;  // FLOAT, DOUBLE, FLOAT16.
bool is_text_storage(uint8_t storage) noexcept;      // Padded or counted: written as BYTE_ARRAY.
bool is_counted_storage(uint8_t storage) noexcept;

// Bytes a value takes in the record for storages of one size (bool, integers, floats), else 0.
uint32_t fixed_storage_bytes(uint8_t storage) noexcept;

// "number 77" for an unknown one.
std::string storage_name(uint8_t storage);

}  // namespace pqflow::columns
