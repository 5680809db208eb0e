/* The lane: the memory that one producer thread and the writer thread share. Position-independent and versioned, on memory the caller gives
 * (anonymous now, a shared file later).
 *
 *   offset 0      128           256           384                      PQFLOW_LANE_HEADER_SIZE_BYTES
 *   | identity    | producer    | consumer    | gaps[1024]             | slot 0 | slot 1 | … | slot capacity-1 |
 *     written once  producer's    writer's      producer appends,        each: record, pad, commit word, pad
 *                   own lines     own lines     writer consumes
 *
 * A slot is free for record index i (64-bit, never wraps) when i - tail < capacity; it holds record i when its 32-bit commit word equals
 * the low half of i + 1. There is no shared head: the writer finds new records by scanning commit words from its cursor. capacity ≤ 2^30,
 * so the commit word of an earlier lap never equals the expected one. The producer never loads a line that the writer stores to while it
 * has credit (head_index < limit_index): RUNTIME.md 1, the one rule that separates fast queues from slow ones. */
#ifndef PQFLOW_LANE_H
#define PQFLOW_LANE_H

#include "platform.h"

PQFLOW_EXTERN_C_BEGIN

enum {
  PQFLOW_LANE_MAGIC = 0x4c465150, /* "PQFL" in memory. */
  PQFLOW_LANE_LAYOUT_VERSION = 1,
  PQFLOW_LANE_BYTE_ORDER_MARK = 0x01020304,
  PQFLOW_LANE_GAP_CAPACITY_COUNT = 1024,
  PQFLOW_LANE_BLOCK_SIZE_BYTES = 128, /* Two cache lines: adjacent-line prefetch must not couple the two sides. */
  PQFLOW_LANE_HEADER_SIZE_BYTES = 3 * 128 + 1024 * 16,
  PQFLOW_LANE_SLOTS_MIN_COUNT = 64,
  PQFLOW_LANE_SLOTS_MAX_COUNT = 1 << 30,
  PQFLOW_RECORD_SIZE_MAX_BYTES = 1 << 20
};

enum pqflow_lane_state {
  PQFLOW_LANE_STATE_OPEN = 1,     /* A producer is attached. */
  PQFLOW_LANE_STATE_CLOSED = 2,   /* The sink was closed. */
  PQFLOW_LANE_STATE_DETACHED = 3, /* Nobody is attached; the next one goes on with the same numbers. */
  PQFLOW_LANE_STATE_FORKED = 4    /* A copy in a forked child, which nobody reads. */
};

/* What reserve and log do when the lane is full. */
typedef enum pqflow_full_policy {
  PQFLOW_FULL_POLICY_DROP = 0,  /* The record is refused at once and counted. Default. */
  PQFLOW_FULL_POLICY_BLOCK = 1, /* The producer waits for room, at most full_timeout_ns, then the record is refused and counted. */
  PQFLOW_FULL_POLICY_CALLBACK =
      2 /* full_callback is asked, again and again until it says drop or there is room. Only where a callback can be given: C and C++. */
} pqflow_full_policy;

typedef enum pqflow_full_answer { PQFLOW_FULL_ANSWER_DROP = 0, PQFLOW_FULL_ANSWER_RETRY = 1 } pqflow_full_answer;

/* Called when a lane is full, on the thread that logs: may block, must not throw, must not use the lane. `attempt` counts from 0 for each
 * record. RETRY looks for room again, DROP refuses the record. */
typedef pqflow_full_answer pqflow_full_callback(void* context, uint32_t lane_index, uint64_t attempt);

/* Written once before the lane is handed to anyone; read-only afterwards. */
typedef struct pqflow_lane_identity {
  uint32_t magic;
  uint32_t layout_version;
  uint32_t byte_order_mark;
  uint32_t header_size_bytes;
  uint64_t layout_fingerprint;
  uint64_t schema_fingerprint;
  uint32_t slot_count; /* Power of two. */
  uint32_t slot_size_bytes;
  uint32_t record_size_bytes;
  uint32_t commit_offset_bytes; /* Of the commit word within a slot. */
  uint32_t lane_index;
  uint32_t gap_capacity_count;
  uint8_t reserved[72];
} pqflow_lane_identity;

/* Stored by the producer only. The writer loads head_index and the counters relaxed, for statistics and flush targets. */
typedef struct pqflow_lane_producer {
  uint64_t head_index;             /* Index of the next record. */
  uint64_t limit_index;            /* head_index may reach it without a look at the tail. */
  uint64_t dropped_count;          /* Refused records, all. */
  uint64_t gap_head_index;         /* Gaps appended so far. */
  uint64_t unlisted_dropped_count; /* Of dropped_count: not in the gap list because it was full. */
  uint64_t cached_tail_index;      /* The tail as last seen. */
  uint32_t slot_mask;              /* slot_count - 1 */
  uint32_t full_policy;            /* enum pqflow_full_policy; written once. */
  uint64_t full_timeout_ns;        /* With PQFLOW_FULL_POLICY_BLOCK; written once. */
  uint64_t stall_count;            /* How often the producer found the lane full. */
  uint64_t stall_ns;               /* How long it waited for room, all in all. */
  uint64_t late_count;             /* Refused because the lane was closed or detached; not among dropped_count. */
  uint8_t reserved[40];
} pqflow_lane_producer;

/* What files tell of the refused records of a lane, up to the end of one of them. */
typedef struct pqflow_told_gaps {
  uint64_t end_index;     /* Of that file: gaps before records before it are told … */
  uint64_t open_count;    /* … and so many records of the gap just before it. */
  uint64_t dropped_count; /* All that are told, those of earlier files too. */
} pqflow_told_gaps;

/* Stored by the writer only, but for `state`: by whoever attaches, detaches or closes, one at a time. */
typedef struct pqflow_lane_consumer {
  uint64_t tail_index;         /* Slots before it are given back. Published lazily. */
  uint64_t gap_tail_index;     /* Gaps before it were taken into a file's metadata. */
  uint64_t persisted_index;    /* Watermarks: records before it are written to the file … */
  uint64_t visible_index;      /* … named by a footer that readers find … */
  uint64_t durable_index;      /* … in a finished and synced file. */
  uint64_t high_water_records; /* Most records the writer found waiting. */
  uint32_t state;              /* enum pqflow_lane_state */
  uint32_t told_place;         /* The one of `told` that finished files tell … */
  uint32_t sealed_place;       /* … and the one they tell as soon as the file that is being finished has its name. */
  uint32_t reserved_places;
  pqflow_told_gaps told[2]; /* For whoever recovers the lane: the gaps behind are those of the file in progress. */
  uint8_t reserved[16];
} pqflow_lane_consumer;

/* `count` records were refused just before record `before_index`. */
typedef struct pqflow_gap {
  uint64_t before_index;
  uint64_t count;
} pqflow_gap;

typedef struct pqflow_lane {
  pqflow_lane_identity identity;
  pqflow_lane_producer producer;
  pqflow_lane_consumer consumer;
  pqflow_gap gaps[PQFLOW_LANE_GAP_CAPACITY_COUNT];
} pqflow_lane;

PQFLOW_STATIC_ASSERT(sizeof(pqflow_lane_identity) == 128, "identity fills one block");
PQFLOW_STATIC_ASSERT(sizeof(pqflow_lane_producer) == 128, "the producer's fields fill one block");
PQFLOW_STATIC_ASSERT(sizeof(pqflow_lane_consumer) == 128, "the consumer's fields fill one block");
PQFLOW_STATIC_ASSERT(offsetof(pqflow_lane, producer) == 128 && offsetof(pqflow_lane, consumer) == 256, "no false sharing");
PQFLOW_STATIC_ASSERT(sizeof(pqflow_lane) == PQFLOW_LANE_HEADER_SIZE_BYTES, "slots follow the header");

/* The commit word follows the record at the next multiple of 4. */
PQFLOW_INLINE uint32_t pqflow_commit_offset_bytes(uint32_t record_size_bytes) { return (record_size_bytes + 3U) & ~3U; }

/* Record + commit word, rounded up to the record's alignment (at least 8), and to whole cache lines of 64 where that adds no more than a
 * quarter. */
PQFLOW_INLINE uint32_t pqflow_slot_size_bytes(uint32_t record_size_bytes, uint32_t record_align_bytes) {
  const uint32_t align_bytes = record_align_bytes > 8U ? record_align_bytes : 8U;
  const uint32_t slot_bytes = (pqflow_commit_offset_bytes(record_size_bytes) + 4U + align_bytes - 1U) & ~(align_bytes - 1U);
  const uint32_t lines_bytes = (slot_bytes + 63U) & ~63U;
  return (lines_bytes - slot_bytes) * 4U <= slot_bytes ? lines_bytes : slot_bytes;
}

PQFLOW_EXTERN_C_END

#endif
