// Codes of one enumeration and their names.
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pqflow::columns {

// Immutable after construction. Codes of a small range are found by one load, others by binary search.
class EnumTable {
 public:
  struct Name {
    uint32_t offset_bytes;  // Into text().
    uint32_t length_bytes;
  };
  // Position of the entry that stands for every code without a name; its name is empty.
  static constexpr uint32_t kUnknown = 0;

  EnumTable(const pqflow_enum_value* values, uint32_t count);

  uint32_t find(int64_t code) const noexcept {
    if (!by_offset_.empty()) {
      const uint64_t offset = static_cast<uint64_t>(code) - static_cast<uint64_t>(first_code_);
      return offset < by_offset_.size() ? by_offset_[offset] : kUnknown;
    }
    return search(code);
  }
  const Name& name(uint32_t position) const noexcept { return names_[position]; }
  // Readable for 16 bytes beyond the last name.
  const uint8_t* text() const noexcept { return text_.data(); }
  size_t memory_bytes() const noexcept {
    return names_.capacity() * sizeof(Name) + codes_.capacity() * sizeof(int64_t) + by_offset_.capacity() * sizeof(uint32_t) +
           text_.capacity();
  }

 private:
  void index_by_offset();
  uint32_t search(int64_t code) const noexcept;

  std::vector<Name> names_;          // kUnknown first, then in code order.
  std::vector<int64_t> codes_;       // Ascending; codes_[i] belongs to names_[i + 1].
  std::vector<uint32_t> by_offset_;  // Position by code - first_code_; empty for a wide range.
  int64_t first_code_ = 0;
  std::vector<uint8_t> text_;
};

}  // namespace pqflow::columns
