// The writer's side of a lane: finds committed records, hands them out in place, gives their slots back.
//
//        released()            cursor()
//           |                     |
//   --------+---------------------+===================+ - - - - - - -
//           | read, slots kept    | committed, unread | not yet committed
//           |                     |<---- peek() ----->|
//
// released ≤ cursor ≤ released + slot_count always. Cursor, tail and geometry are private; what lies in shared memory are copies. Nothing a
// producer stores there can make a read or write leave the lane: commit words only say how far peek() goes inside it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "ring/lane_layout.hpp"

namespace pqflow::ring {

// Records lie slot_size_bytes apart.
struct Span {
  const uint8_t* first_record = nullptr;
  size_t record_count = 0;
  bool may_continue = false;  // Something other than an uncommitted slot ended it: the wrap, or the limit that peek() was given.
};

inline constexpr size_t kSpanMaxRecords = 4096;

// Writer thread only. Never blocks or allocates.
class LaneReader {
 public:
  // `lane` must outlive the reader and be as large as `geometry` says.
  LaneReader(pqflow_lane& lane, const LaneGeometry& geometry, uint64_t first_index) noexcept;

  // Committed records from the cursor on, contiguous (the rest after the wrap comes with the next call), at most `max_records` and
  // kSpanMaxRecords.
  Span peek(size_t max_records) const noexcept;
  // Records that were read and whose slots are kept, from `index` on (released() ≤ index < cursor()), contiguous, at most `max_records`.
  Span held(uint64_t index, uint64_t max_records) const noexcept;
  // Moves the cursor behind the first `record_count` records of the last span.
  void advance(size_t record_count) noexcept;

  // Gives slots before `index` (≤ cursor) back to the producer, but publishes that only for a good many at once: each store of the tail
  // costs both sides a cache line.
  void release(uint64_t index) noexcept;
  // Publishes at once: when the lane is drained.
  void release_now(uint64_t index) noexcept;
  // How often the tail was published.
  uint64_t release_count() const noexcept { return release_count_; }

  uint64_t cursor() const noexcept { return cursor_; }
  uint64_t released() const noexcept { return tail_; }
  bool has_next() const noexcept { return peek(1).record_count != 0; }

  // Records between cursor and head; 0 where head_index makes no sense. Loads the producer's line.
  uint64_t waiting_records() const noexcept;
  // Who reads up to it has read every record accepted before the call: head_index, and what is committed behind it, as a JavaScript
  // producer tells its head late; the end of the ring where the head makes no sense. Loads the producer's line.
  uint64_t drain_index() const noexcept;

  // Keeps the largest for statistics.
  void note_high_water(uint64_t waiting_records) noexcept;
  void publish_watermarks(uint64_t persisted_index, uint64_t visible_index, uint64_t durable_index) noexcept;

 private:
  const uint8_t* slot(uint64_t index) const noexcept;
  uint64_t unreleased_room_records() const noexcept { return geometry_.slot_count - (cursor_ - tail_); }

  pqflow_lane& lane_;
  const LaneGeometry geometry_;
  const uint8_t* const slots_;
  const uint64_t release_batch_records_;
  uint64_t cursor_;
  uint64_t tail_;
  uint64_t release_count_ = 0;
  uint64_t high_water_records_ = 0;
};

// Records accepted since first_index. Any thread: works from shared words alone, clamped to what the lane can hold.
uint64_t accepted_records(const pqflow_lane& lane, uint32_t slot_count, uint64_t first_index) noexcept;

}  // namespace pqflow::ring
