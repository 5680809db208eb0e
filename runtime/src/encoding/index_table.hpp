// Tables of entry indices, emptied in no time by starting a new generation. Writer thread; they allocate in the constructor only.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/aligned_buffer.hpp"

namespace pqflow::encoding {

// Slots of one word each: generation above, index below. A slot of another generation is empty.
class IndexSlots {
 public:
  static constexpr unsigned kIndexBits = 20;
  static constexpr size_t kMaxEntries = size_t{1} << kIndexBits;

  explicit IndexSlots(size_t count) : slots_(count * sizeof(uint32_t)) { clear(); }

  // Slots to look into and not to enter: for loops whose compiler must not fear that what they write changes where they read.
  class View {
   public:
    // The index that a slot holds; not below kMaxEntries where it is empty.
    uint32_t index_at(size_t position) const noexcept { return slots_[position] - generation_; }

   private:
    friend class IndexSlots;
    View(const uint32_t* slots, uint32_t generation) : slots_(slots), generation_(generation) {}
    const uint32_t* slots_;
    uint32_t generation_;
  };
  // Good until reset().
  View view() const noexcept { return {reinterpret_cast<const uint32_t*>(slots_.data()), generation_}; }
  void enter(size_t position, uint32_t index) noexcept { reinterpret_cast<uint32_t*>(slots_.data())[position] = generation_ + index; }
  void reset() noexcept {
    generation_ += uint32_t{kMaxEntries};
    if (generation_ == 0) {
      clear();
    }
  }
  size_t memory_bytes() const noexcept { return slots_.memory_bytes(); }

 private:
  // Generation 0 is never used: memory of zeros is empty.
  void clear() noexcept {
    std::memset(slots_.data(), 0, slots_.size_bytes());
    generation_ = uint32_t{kMaxEntries};
  }

  base::AlignedBuffer slots_;
  uint32_t generation_ = 0;
};

// Open addressing. At most half of the slots in use hold an entry, so that a search ends soon; no more slots are in use than the entries
// need, so that few distinct values are looked up in few cache lines.
class IndexTable {
 public:
  static constexpr size_t kMaxEntries = IndexSlots::kMaxEntries;

  explicit IndexTable(size_t max_entries)
      : max_mask_(std::bit_ceil(max_entries * 2) - 1), mask_(std::min(max_mask_, kFirstSlotCount - 1)), slots_(max_mask_ + 1) {}

  // To look into, as IndexSlots::View is. Good until enter(), widen() or reset().
  class View {
   public:
    // The entry for which `is_equal(index)` holds; not below kMaxEntries where there is none.
    template <typename IsEqual>
    uint32_t find(uint64_t hash, const IsEqual& is_equal) const noexcept {
      for (size_t position = hash & mask_;; position = (position + 1) & mask_) {
        const uint32_t index = slots_.index_at(position);
        if (index >= kMaxEntries || is_equal(index)) {
          return index;
        }
      }
    }

   private:
    friend class IndexTable;
    View(IndexSlots::View slots, size_t mask) : slots_(slots), mask_(mask) {}
    IndexSlots::View slots_;
    size_t mask_;
  };
  View view() const noexcept { return {slots_.view(), mask_}; }
  // An entry that is not in it.
  void enter(uint64_t hash, uint32_t index) noexcept {
    size_t position = hash & mask_;
    while (slots_.view().index_at(position) < kMaxEntries) {
      position = (position + 1) & mask_;
    }
    slots_.enter(position, index);
    ++entry_count_;
  }
  // Whether half of the slots in use are taken and there are more: then widen(), and enter() every entry again.
  bool is_crowded() const noexcept { return entry_count_ > mask_ / 2 && mask_ < max_mask_; }
  void widen() noexcept {
    mask_ = std::min(max_mask_, mask_ * 4 + 3);
    reset();
  }
  // What was needed before will be needed again: the slots in use stay as many.
  void reset() noexcept {
    slots_.reset();
    entry_count_ = 0;
  }
  size_t memory_bytes() const noexcept { return slots_.memory_bytes(); }

 private:
  static constexpr size_t kFirstSlotCount = 1024;

  size_t max_mask_;
  size_t mask_;
  size_t entry_count_ = 0;
  IndexSlots slots_;
};

}  // namespace pqflow::encoding
