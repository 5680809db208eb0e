#include "ring/gap_reader.hpp"

#include <utility>

namespace pqflow::ring {

bool GapReader::load_first_before(uint64_t end_index, pqflow_gap& gap) const noexcept {
  // Acquire pairs with the producer's release in append_gap. Anything but 1 … capacity entries is scribble.
  const uint64_t listed_count = PQFLOW_ATOMIC_LOAD_ACQUIRE(&lane_.producer.gap_head_index) - tail_index_;
  if (listed_count == 0 || listed_count > PQFLOW_LANE_GAP_CAPACITY_COUNT) {
    return false;
  }
  pqflow_gap& first = lane_.gaps[tail_index_ % PQFLOW_LANE_GAP_CAPACITY_COUNT];
  gap.before_index = PQFLOW_ATOMIC_LOAD_RELAXED(&first.before_index);
  if (gap.before_index >= end_index) {
    return false;
  }
  const uint64_t count = PQFLOW_ATOMIC_LOAD_RELAXED(&first.count);
  gap.count = count > told_count_ ? count - told_count_ : 0;
  return true;
}

bool GapReader::take(uint64_t seen_index, pqflow_gap& gap) noexcept {
  if (!load_first_before(seen_index, gap)) {
    return false;
  }
  told_count_ = 0;
  ++tail_index_;
  // Release pairs with the producer's acquire in append_gap: our loads of the entry come before its stores of the next content.
  PQFLOW_ATOMIC_STORE_RELEASE(&lane_.consumer.gap_tail_index, tail_index_);
  return true;
}

bool GapReader::tell_open(uint64_t index, pqflow_gap& gap) noexcept {
  if (!load_first_before(index + 1, gap) || gap.before_index != index || gap.count == 0) {
    return false;
  }
  told_count_ += gap.count;
  return true;
}

uint64_t GapReader::take_unlisted() noexcept {
  const uint64_t count = PQFLOW_ATOMIC_LOAD_RELAXED(&lane_.producer.unlisted_dropped_count);
  const uint64_t before = std::exchange(unlisted_count_, count);
  return count > before ? count - before : 0;
}

}  // namespace pqflow::ring
