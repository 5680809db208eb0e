// Open-addressing table of entry indices, emptied in no time by starting a new generation.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/aligned_buffer.hpp"

namespace pqflow::encoding {

// One word a slot: generation above, index below. A slot of another generation is empty. At most half of the slots are used, so that a
// search ends soon. Allocates in the constructor only.
class IndexTable {
 public:
  static constexpr unsigned kIndexBits = 20;
  static constexpr size_t kMaxEntries = size_t{1} << kIndexBits;

  explicit IndexTable(size_t max_entries) : slot_mask_(std::bit_ceil(max_entries * 2) - 1), slots_((slot_mask_ + 1) * sizeof(uint32_t)) {
    clear();
  }

  // The entry for which `is_equal(index)` holds, else the free slot where it belongs.
  struct Place {
    uint32_t* slot;
    uint32_t index;
    bool is_found;
  };
  template <typename IsEqual>
  Place find(uint64_t hash, const IsEqual& is_equal) noexcept {
    for (size_t position = hash & slot_mask_;; position = (position + 1) & slot_mask_) {
      uint32_t& slot = words()[position];
      const uint32_t index = slot - generation_;
      if (index >= kMaxEntries) {
        return {&slot, 0, false};
      }
      if (is_equal(index)) {
        return {&slot, index, true};
      }
    }
  }
  void enter(uint32_t* slot, uint32_t index) noexcept { *slot = generation_ + index; }

  void reset() noexcept {
    generation_ += uint32_t{kMaxEntries};
    if (generation_ == 0) {
      clear();
    }
  }
  size_t memory_bytes() const noexcept { return slots_.memory_bytes(); }

 private:
  uint32_t* words() noexcept { return reinterpret_cast<uint32_t*>(slots_.data()); }
  // Generation 0 is never used: memory of zeros is empty.
  void clear() noexcept {
    std::memset(slots_.data(), 0, slots_.size_bytes());
    generation_ = uint32_t{kMaxEntries};
  }

  size_t slot_mask_;
  base::AlignedBuffer slots_;
  uint32_t generation_ = 0;
};

}  // namespace pqflow::encoding
