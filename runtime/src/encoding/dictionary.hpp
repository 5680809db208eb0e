// The distinct values of a column chunk in the order of their first appearance: the dictionary page's PLAIN values, and for each value of
// the column its index among them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace pqflow::encoding {

struct DictionaryLimits {
  size_t max_entries;      // 1 … 2^20.
  size_t max_plain_bytes;  // Of all entries, length prefixes included.
};

// One per column. Writer thread; allocates and touches in the constructor only.
class Dictionary {
 public:
  virtual ~Dictionary() = default;

  // Writes the index of each PLAIN value to `indices`, entering values not seen since reset(). Stops where an entry would exceed a limit
  // and returns how many values have their index: `count` unless it is full. `values` are readable for 16 bytes beyond the last.
  virtual size_t index_values(const uint8_t* values, size_t count, uint32_t* indices) noexcept = 0;
  virtual void reset() noexcept = 0;

  virtual size_t entry_count() const noexcept = 0;
  virtual size_t max_entries() const noexcept = 0;
  // Body of the dictionary page. Valid until the next call.
  virtual std::span<uint8_t> plain_values() noexcept = 0;
  virtual size_t memory_bytes() const noexcept = 0;
};

// PLAIN values of 1 … 16 bytes each (INT32, INT64, FLOAT, DOUBLE, INT96, FIXED_LEN_BYTE_ARRAY); compared byte by byte, so that -0.0 and
// +0.0 stay apart.
std::unique_ptr<Dictionary> make_fixed_dictionary(size_t width_bytes, const DictionaryLimits& limits);
// BYTE_ARRAY values, and FIXED_LEN_BYTE_ARRAY of any length (`width_bytes` 0: BYTE_ARRAY).
std::unique_ptr<Dictionary> make_bytes_dictionary(size_t width_bytes, const DictionaryLimits& limits);

}  // namespace pqflow::encoding
