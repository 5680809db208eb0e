// Values as they lie in the record → PLAIN values of the column's physical type, a block at a time.
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace pqflow::columns {

// PLAIN bytes that one value of the field takes at most, the length prefix of a BYTE_ARRAY included.
size_t max_plain_bytes(const pqflow_field& field) noexcept;

// Kernels move whole words: so far beyond the last value `values` are readable and `target` is writable.
inline constexpr size_t kReadBeyondBytes = 64;

// One per column. Writer thread; allocates in the constructor only. A value that cannot be written becomes its documented substitute and is
// counted.
class ValueConverter {
 public:
  virtual ~ValueConverter() = default;

  // Converts `count` values, all of them present, and returns the bytes written. BOOLEAN values are written as one byte each, 0 or 1; the
  // page packs them. See kReadBeyondBytes.
  virtual size_t convert(uint8_t* target, const uint8_t* values, size_t count) = 0;

  // Whether PLAIN values take the places of the staged ones: then `target` may be `values`.
  virtual bool converts_in_place() const noexcept { return false; }

  // Optional columns: clears present[i] of rows whose value can only be written as null, counting each as invalid unless the schema wants
  // it so (PQFLOW_UNKNOWN_CODE_NULL). Answers whether there were any.
  virtual bool drop_unknown(const uint8_t* values, uint8_t* present, size_t count);

  uint64_t invalid_values() const noexcept { return invalid_values_; }
  // NaNs written since the last call of take_nan_count().
  uint64_t take_nan_count() noexcept;
  // Memory behind the object.
  virtual size_t memory_bytes() const noexcept { return 0; }

 protected:
  uint64_t invalid_values_ = 0;
  uint64_t nan_count_ = 0;
};

// The converter for a validated leaf field, constants included. Allocates.
std::unique_ptr<ValueConverter> make_value_converter(const pqflow_field& field);

}  // namespace pqflow::columns
