/* The producer's hot path: reserve, fill, commit. Inline, branch-free but for the full check, no call while the lane has room, no lock, no
 * allocation, no system call. Generated code wraps these with the slot size as a compile-time constant. Thread: the lane's one producer
 * thread. */
#ifndef PQFLOW_PRODUCER_H
#define PQFLOW_PRODUCER_H

#include <string.h>

#include "lane.h"
#include "status.h"

PQFLOW_EXTERN_C_BEGIN

/* The slow path of reserve: called when the credit is used up. Looks at the tail and renews the credit; returns PQFLOW_STATUS_OK when there
 * is room again, PQFLOW_STATUS_RING_FULL after counting one dropped record and noting the gap, what pqflow_lane_closed_status() says after
 * the lane was closed, PQFLOW_STATUS_INVALID_HANDLE for null. Never blocks, except that on a full lane the sink's full_policy holds, which
 * may be to wait. */
PQFLOW_API pqflow_status pqflow_lane_refill(pqflow_lane* lane);

/* The slow path of log_many, called when the credit does not cover `count` records: renews it and returns for how many of them there is
 * room, 0 after the lane was closed. Counts no record. Blocks only where the sink's full_policy waits: then for room for all of them, or
 * for half of the lane's slots: more may never be free while it keeps records of a row group that is not full. */
PQFLOW_API size_t pqflow_lane_refill_many(pqflow_lane* lane, size_t count);

/* Counts `count` records as dropped before the lane's next one and notes the gap, or counts them as late after the lane was closed. Never
 * blocks. */
PQFLOW_API void pqflow_lane_drop(pqflow_lane* lane, size_t count);

/* Why a lane that is not open refuses: PQFLOW_STATUS_CLOSED, PQFLOW_STATUS_LANE_DETACHED or PQFLOW_STATUS_FORKED. Never blocks. */
PQFLOW_API pqflow_status pqflow_lane_closed_status(const pqflow_lane* lane);

/* Address of the next free slot, or null when the lane is full (counted as dropped) or closed. The slot holds bytes of an earlier record;
 * it is not visible to the writer before commit. Calling reserve again without commit gives the same slot. `slot_size_bytes` must be the
 * lane's. */
PQFLOW_INLINE void* pqflow_lane_reserve(pqflow_lane* lane, uint32_t slot_size_bytes) {
  const uint64_t head_index = lane->producer.head_index;
  if (PQFLOW_UNLIKELY(head_index == lane->producer.limit_index)) {
    if (pqflow_lane_refill(lane) != PQFLOW_STATUS_OK) {
      return PQFLOW_NULL;
    }
  }
  return PQFLOW_STATIC_CAST(uint8_t*, PQFLOW_STATIC_CAST(void*, lane)) + PQFLOW_LANE_HEADER_SIZE_BYTES +
         (head_index & lane->producer.slot_mask) * slot_size_bytes;
}

/* Publishes record `record_index`, which lies in `slot`. The release store of the commit word orders the record's bytes before it; the
 * writer's acquire load of the same word pairs with it. head_index is stored relaxed because the writer reads it for statistics and flush
 * targets only, never to find records. For who still knows both: to commit, the compiler has to load and compute them anew. */
PQFLOW_INLINE void pqflow_lane_publish(pqflow_lane* lane, void* slot, uint64_t record_index, uint32_t commit_offset_bytes) {
  void* const commit_word = PQFLOW_STATIC_CAST(uint8_t*, slot) + commit_offset_bytes;
  PQFLOW_ATOMIC_STORE_RELEASE(PQFLOW_STATIC_CAST(uint32_t*, commit_word), PQFLOW_STATIC_CAST(uint32_t, (record_index + 1U) & 0xffffffffU));
  PQFLOW_ATOMIC_STORE_RELAXED(&lane->producer.head_index, record_index + 1U);
}

/* The slot that reserve returned, again: what commit is about to publish. */
PQFLOW_INLINE void* pqflow_lane_reserved(pqflow_lane* lane, uint32_t slot_size_bytes) {
  return PQFLOW_STATIC_CAST(uint8_t*, PQFLOW_STATIC_CAST(void*, lane)) + PQFLOW_LANE_HEADER_SIZE_BYTES +
         (lane->producer.head_index & lane->producer.slot_mask) * slot_size_bytes;
}

/* Publishes the slot that reserve returned. */
PQFLOW_INLINE void pqflow_lane_commit(pqflow_lane* lane, uint32_t slot_size_bytes, uint32_t commit_offset_bytes) {
  pqflow_lane_publish(lane, pqflow_lane_reserved(lane, slot_size_bytes), lane->producer.head_index, commit_offset_bytes);
}

/* Copies a record of `record_size_bytes` into the next slot, for commit to publish: PQFLOW_STATUS_OK, or why the lane refused it as
 * pqflow_lane_log says. */
PQFLOW_INLINE pqflow_status pqflow_lane_copy(pqflow_lane* lane, const void* record, uint32_t record_size_bytes, uint32_t slot_size_bytes) {
  if (PQFLOW_UNLIKELY(lane->producer.head_index == lane->producer.limit_index)) {
    const pqflow_status status = pqflow_lane_refill(lane);
    if (status != PQFLOW_STATUS_OK) {
      return status;
    }
  }
  memcpy(pqflow_lane_reserved(lane, slot_size_bytes), record, record_size_bytes);
  return PQFLOW_STATUS_OK;
}

/* Copies a record of `record_size_bytes` into the next slot and publishes it: PQFLOW_STATUS_OK, or why the lane refused it
 * (PQFLOW_STATUS_RING_FULL, counted as dropped, or PQFLOW_STATUS_CLOSED). Sizes must be the lane's; give them as constants. */
PQFLOW_INLINE pqflow_status pqflow_lane_log(pqflow_lane* lane, const void* record, uint32_t record_size_bytes, uint32_t slot_size_bytes) {
  const pqflow_status status = pqflow_lane_copy(lane, record, record_size_bytes, slot_size_bytes);
  if (PQFLOW_UNLIKELY(status != PQFLOW_STATUS_OK)) {
    return status;
  }
  pqflow_lane_commit(lane, slot_size_bytes, pqflow_commit_offset_bytes(record_size_bytes));
  return PQFLOW_STATUS_OK;
}

/* Of `count` records, how many the lane takes now: all while the credit covers them, which is the one check that log_many makes. */
PQFLOW_INLINE size_t pqflow_lane_accepts(pqflow_lane* lane, size_t count) {
  return PQFLOW_UNLIKELY(lane->producer.limit_index - lane->producer.head_index < count) ? pqflow_lane_refill_many(lane, count) : count;
}

/* Copies `count` records, one behind the other as in an array, into the next slots and publishes each as soon as it is there: how many the
 * lane took, from the first on. The others are counted as dropped and noted as one gap, unless the sink was closed: pqflow_lane_refusal()
 * tells which. Sizes as for pqflow_lane_log. */
PQFLOW_INLINE size_t pqflow_lane_log_many(pqflow_lane* lane, const void* records, size_t count, uint32_t record_size_bytes,
                                          uint32_t slot_size_bytes) {
  const size_t accepted_count = pqflow_lane_accepts(lane, count);
  const uint64_t first_index = lane->producer.head_index;
  const uint64_t slot_mask = lane->producer.slot_mask;
  const uint8_t* record = PQFLOW_STATIC_CAST(const uint8_t*, records);
  uint8_t* const slots = PQFLOW_STATIC_CAST(uint8_t*, PQFLOW_STATIC_CAST(void*, lane)) + PQFLOW_LANE_HEADER_SIZE_BYTES;
  for (uint64_t index = first_index; index != first_index + accepted_count; ++index) {
    uint8_t* const slot = slots + (index & slot_mask) * slot_size_bytes;
    memcpy(slot, record, record_size_bytes);
    pqflow_lane_publish(lane, slot, index, pqflow_commit_offset_bytes(record_size_bytes));
    record += record_size_bytes;
  }
  if (PQFLOW_UNLIKELY(accepted_count != count)) {
    pqflow_lane_drop(lane, count - accepted_count);
  }
  return accepted_count;
}

/* Why reserve has just answered null: PQFLOW_STATUS_RING_FULL, or what pqflow_lane_closed_status() says. Counts nothing. */
PQFLOW_INLINE pqflow_status pqflow_lane_refusal(const pqflow_lane* lane) {
  return PQFLOW_ATOMIC_LOAD_RELAXED(&lane->consumer.state) == PQFLOW_STATIC_CAST(uint32_t, PQFLOW_LANE_STATE_OPEN)
             ? PQFLOW_STATUS_RING_FULL
             : pqflow_lane_closed_status(lane);
}

/* Slots that are free at least: for a producer that can wait, so that it need not be refused (and counted as dropped) to learn that the
 * lane is full. Producer thread; never blocks. Loads the tail, which the writer stores to: once per batch, not once per record. */
PQFLOW_INLINE uint64_t pqflow_lane_free_slots(const pqflow_lane* lane) {
  const uint64_t slot_count = PQFLOW_STATIC_CAST(uint64_t, lane->producer.slot_mask) + 1U;
  return slot_count - (lane->producer.head_index - PQFLOW_ATOMIC_LOAD_ACQUIRE(&lane->consumer.tail_index));
}

/* Copies text into a fixed char[capacity_bytes] member: cut to the room, the rest filled with pad. Text that fills the room compiles to
 * plain stores. */
PQFLOW_INLINE void pqflow_store_padded(char* member, size_t capacity_bytes, const char* text, size_t length_bytes, char pad) {
  const size_t stored_bytes = length_bytes < capacity_bytes ? length_bytes : capacity_bytes;
#if defined(__OPTIMIZE__) /* Without the optimizer the copy gains nothing, and gcc warns of literals shorter than the room. */
  if (stored_bytes == capacity_bytes) {
    memcpy(member, text, capacity_bytes);
    return;
  }
#endif
  memset(member, pad, capacity_bytes);
  if (stored_bytes != 0) { /* Empty text may be a null pointer, which memcpy must not see. */
    memcpy(member, text, stored_bytes);
  }
}

/* Copies bytes into a counted member's room, cut to it; returns the length to store in the prefix. */
PQFLOW_INLINE size_t pqflow_store_counted(void* room, size_t capacity_bytes, const void* data, size_t length_bytes) {
  const size_t stored_bytes = length_bytes < capacity_bytes ? length_bytes : capacity_bytes;
  if (stored_bytes != 0) { /* Empty data may be a null pointer, which memcpy must not see. */
    memcpy(room, data, stored_bytes);
  }
  return stored_bytes;
}

PQFLOW_EXTERN_C_END

#endif
