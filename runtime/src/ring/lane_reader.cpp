#include "ring/lane_reader.hpp"

#include <algorithm>

namespace pqflow::ring {

namespace {

constexpr uint64_t kReleaseBatchRecords = 1024;

// Small rings give back earlier, or a full one would wait for the writer to run dry.
uint64_t release_batch_records(uint32_t slot_count) noexcept { return std::min<uint64_t>(kReleaseBatchRecords, slot_count / 8); }

uint32_t load_commit_word(const uint8_t* slot, uint32_t commit_offset_bytes) noexcept {
  // Acquire pairs with the producer's release store in pqflow_lane_commit: who sees the word sees the record before it.
  return PQFLOW_ATOMIC_LOAD_ACQUIRE(reinterpret_cast<const uint32_t*>(slot + commit_offset_bytes));
}

}  // namespace

LaneReader::LaneReader(pqflow_lane& lane, const LaneGeometry& geometry, uint64_t first_index) noexcept
    : lane_(lane),
      geometry_(geometry),
      slots_(reinterpret_cast<const uint8_t*>(&lane) + PQFLOW_LANE_HEADER_SIZE_BYTES),
      release_batch_records_(release_batch_records(geometry.slot_count)),
      cursor_(first_index),
      tail_(first_index) {}

const uint8_t* LaneReader::slot(uint64_t index) const noexcept {
  return slots_ + (index & (geometry_.slot_count - 1)) * geometry_.slot_size_bytes;
}

Span LaneReader::peek(size_t max_records) const noexcept {
  const uint64_t slot_count = geometry_.slot_count;
  const uint64_t before_wrap = slot_count - (cursor_ & (slot_count - 1));
  const uint64_t room = std::min({before_wrap, unreleased_room_records(), uint64_t{max_records}, uint64_t{kSpanMaxRecords}});
  const uint8_t* const first_record = slot(cursor_);
  const uint8_t* record = first_record;
  size_t count = 0;
  // The low half of index + 1. A slot holds it for this lap only: capacity ≤ 2^30, so the word of an earlier lap differs even after 2^32
  // records.
  auto expected = static_cast<uint32_t>(cursor_ + 1);
  while (count < room && load_commit_word(record, geometry_.commit_offset_bytes) == expected) {
    ++count;
    ++expected;
    record += geometry_.slot_size_bytes;
  }
  return {first_record, count, count != 0 && count == room};
}

Span LaneReader::held(uint64_t index, uint64_t max_records) const noexcept {
  const uint64_t before_wrap = geometry_.slot_count - (index & (geometry_.slot_count - 1));
  return {slot(index), static_cast<size_t>(std::min({before_wrap, cursor_ - index, max_records})), false};
}

void LaneReader::advance(size_t record_count) noexcept { cursor_ += record_count; }

void LaneReader::release(uint64_t index) noexcept {
  if (index - tail_ >= release_batch_records_) {
    release_now(index);
  }
}

void LaneReader::release_now(uint64_t index) noexcept {
  if (index == tail_) {
    return;
  }
  tail_ = index;
  ++release_count_;
  // Release pairs with the producer's acquire in pqflow_lane_refill: our reads of the slots come before its writes into them.
  PQFLOW_ATOMIC_STORE_RELEASE(&lane_.consumer.tail_index, index);
}

uint64_t LaneReader::waiting_records() const noexcept {
  const uint64_t waiting = PQFLOW_ATOMIC_LOAD_RELAXED(&lane_.producer.head_index) - cursor_;
  return waiting <= unreleased_room_records() ? waiting
                                              : 0;  // A head behind the cursor (seen late) or beyond the ring (scribbled on) says nothing.
}

uint64_t LaneReader::drain_index() const noexcept {
  // Relaxed is enough: a thread that asks for a flush hands its command over under a mutex, so its own stores of head_index, and those of a
  // producer it has synchronised with, happen before this load, which by coherence sees them or later ones.
  const uint64_t head_index = PQFLOW_ATOMIC_LOAD_RELAXED(&lane_.producer.head_index);
  const uint64_t room = unreleased_room_records();
  const auto ahead = static_cast<int64_t>(head_index - cursor_);
  uint64_t waiting = ahead < 0 ? 0 : std::min(static_cast<uint64_t>(ahead), room);
  while (waiting < room &&
         load_commit_word(slot(cursor_ + waiting), geometry_.commit_offset_bytes) == static_cast<uint32_t>(cursor_ + waiting + 1)) {
    ++waiting;
  }
  return cursor_ + waiting;
}

void LaneReader::note_high_water(uint64_t waiting_records) noexcept {
  if (waiting_records > high_water_records_) {
    high_water_records_ = waiting_records;
    PQFLOW_ATOMIC_STORE_RELAXED(&lane_.consumer.high_water_records, waiting_records);
  }
}

void LaneReader::publish_watermarks(uint64_t persisted_index, uint64_t visible_index, uint64_t durable_index) noexcept {
  PQFLOW_ATOMIC_STORE_RELAXED(&lane_.consumer.persisted_index, persisted_index);
  PQFLOW_ATOMIC_STORE_RELAXED(&lane_.consumer.visible_index, visible_index);
  PQFLOW_ATOMIC_STORE_RELAXED(&lane_.consumer.durable_index, durable_index);
}

uint64_t accepted_records(const pqflow_lane& lane, uint32_t slot_count, uint64_t first_index) noexcept {
  // The head first (the acquires keep the order): a tail loaded later may be ahead of it, and then as many records were accepted at least.
  const uint64_t head_index = PQFLOW_ATOMIC_LOAD_ACQUIRE(&lane.producer.head_index);
  const uint64_t tail_index = PQFLOW_ATOMIC_LOAD_ACQUIRE(&lane.consumer.tail_index);
  const auto kept = static_cast<int64_t>(head_index - tail_index);
  return tail_index - first_index + static_cast<uint64_t>(std::clamp<int64_t>(kept, 0, slot_count));
}

}  // namespace pqflow::ring
