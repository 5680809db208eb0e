/* What every generated <schema>_sink.h shares: constants and assertions about the record struct, null bits, sentinels, opening a sink with
 * what the caller was compiled with. Nothing here knows a schema. Everything is inline and may be called by any thread unless said
 * otherwise. */
#ifndef PQFLOW_RECORD_H
#define PQFLOW_RECORD_H

#include <string.h>

#include "float16.h"
#include "pqflow.h"

/* A constant of file scope that an enumerator cannot hold. */
#if defined(__cplusplus)
#define PQFLOW_CONSTANT static constexpr
#else
#define PQFLOW_CONSTANT static const
#endif

#if defined(__cplusplus)
#define PQFLOW_SIZE_OF_MEMBER(type, member) sizeof(type::member)
#else
#define PQFLOW_SIZE_OF_MEMBER(type, member) sizeof(((type*)0)->member)
#endif

/* The struct that the compiler made is the one that the schema's layout describes. */
#define PQFLOW_ASSERT_RECORD(type, size_bytes, align_bytes)                                \
  PQFLOW_STATIC_ASSERT(sizeof(type) == (size_bytes) && __alignof__(type) == (align_bytes), \
                       #type " must have the size and alignment of its schema's layout")
#define PQFLOW_ASSERT_MEMBER(type, member, offset_bytes, size_bytes)                                                    \
  PQFLOW_STATIC_ASSERT(offsetof(type, member) == (offset_bytes) && PQFLOW_SIZE_OF_MEMBER(type, member) == (size_bytes), \
                       #type "::" #member " must lie where its schema's layout puts it")

PQFLOW_EXTERN_C_BEGIN

/* A field of type interval: three counts that Parquet does not convert into each other (LogicalTypes.md, INTERVAL). The bytes of the column
 * are the bytes of the struct on a little-endian machine. */
typedef struct pqflow_interval {
  uint32_t months;
  uint32_t days;
  uint32_t milliseconds;
} pqflow_interval;

enum { PQFLOW_POISON_BYTE = 0xa5 };

/* Where PQFLOW_DEBUG is defined, fills a reserved slot so that a field that was not set shows in the file; nothing otherwise. */
PQFLOW_INLINE void pqflow_poison(void* record, size_t record_size_bytes) {
#if defined(PQFLOW_DEBUG)
  memset(record, PQFLOW_POISON_BYTE, record_size_bytes);
#else
  (void)record;
  (void)record_size_bytes;
#endif
}

/* ---- Null bits: bit i of byte i / 8, 1 = present ---- */

PQFLOW_INLINE int pqflow_bit_test(const uint8_t* bitmap, unsigned index) { return (bitmap[index / 8U] >> (index % 8U)) & 1; }

PQFLOW_INLINE void pqflow_bit_set(uint8_t* bitmap, unsigned index) {
  bitmap[index / 8U] = PQFLOW_STATIC_CAST(uint8_t, bitmap[index / 8U] | (1U << (index % 8U)));
}

PQFLOW_INLINE void pqflow_bit_clear(uint8_t* bitmap, unsigned index) {
  bitmap[index / 8U] = PQFLOW_STATIC_CAST(uint8_t, bitmap[index / 8U] & ~(1U << (index % 8U)));
}

/* ---- Counted text and bytes: cut to the room; answers the length to store before it ---- */

PQFLOW_INLINE uint8_t pqflow_store_counted_8(void* room, size_t capacity_bytes, const void* text, size_t length_bytes) {
  return PQFLOW_STATIC_CAST(uint8_t, pqflow_store_counted(room, capacity_bytes, text, length_bytes));
}

PQFLOW_INLINE uint16_t pqflow_store_counted_16(void* room, size_t capacity_bytes, const void* text, size_t length_bytes) {
  return PQFLOW_STATIC_CAST(uint16_t, pqflow_store_counted(room, capacity_bytes, text, length_bytes));
}

/* ---- Elements of lists and maps: cut to the room; answers the count to store. `elements` may be null where there are none ---- */

PQFLOW_INLINE size_t pqflow_store_elements(void* room, size_t element_size_bytes, size_t max_count, const void* elements, size_t count) {
  const size_t stored_count = count < max_count ? count : max_count;
  if (stored_count > 0) {
    memcpy(room, elements, stored_count * element_size_bytes);
  }
  return stored_count;
}

/* ---- Sentinels of floating-point fields: compared as bits, NaN as a class ---- */

PQFLOW_INLINE uint32_t pqflow_float_bits(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

PQFLOW_INLINE uint64_t pqflow_double_bits(double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

PQFLOW_INLINE float pqflow_float_from_bits(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

PQFLOW_INLINE double pqflow_double_from_bits(uint64_t bits) {
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

PQFLOW_INLINE int pqflow_float_is_nan(float value) { return (pqflow_float_bits(value) & 0x7fffffffU) > 0x7f800000U; }

PQFLOW_INLINE int pqflow_double_is_nan(double value) {
  return (pqflow_double_bits(value) & UINT64_C(0x7fffffffffffffff)) > UINT64_C(0x7ff0000000000000);
}

/* ---- Copies of a record, field by field: each keeps its own width. A compiler that joined neighbours would load, in one piece, bytes that
 * were stored in several a moment ago, which waits until these have reached the cache; the empty statement keeps it from joining. Both
 * pointers may have any alignment. ---- */

#define PQFLOW_MOVE(type, target, source, offset_bytes)                                                    \
  type pqflow_value;                                                                                       \
  memcpy(&pqflow_value, PQFLOW_STATIC_CAST(const uint8_t*, source) + (offset_bytes), sizeof pqflow_value); \
  __asm__("" : "+r"(pqflow_value));                                                                        \
  memcpy(PQFLOW_STATIC_CAST(uint8_t*, target) + (offset_bytes), &pqflow_value, sizeof pqflow_value)

PQFLOW_INLINE void pqflow_move_1(void* target, const void* source, size_t offset_bytes) {
  PQFLOW_MOVE(uint8_t, target, source, offset_bytes);
}
PQFLOW_INLINE void pqflow_move_2(void* target, const void* source, size_t offset_bytes) {
  PQFLOW_MOVE(uint16_t, target, source, offset_bytes);
}
PQFLOW_INLINE void pqflow_move_4(void* target, const void* source, size_t offset_bytes) {
  PQFLOW_MOVE(uint32_t, target, source, offset_bytes);
}
PQFLOW_INLINE void pqflow_move_8(void* target, const void* source, size_t offset_bytes) {
  PQFLOW_MOVE(uint64_t, target, source, offset_bytes);
}

/* ---- Opening ---- */

/* pqflow_sink_open with the constants of the caller's header; `registered` and `options` may be null. Blocks; allocates; owned as in
 * pqflow.h. */
PQFLOW_INLINE pqflow_status pqflow_record_sink_open(pqflow_sink** sink, const pqflow_descriptor* descriptor, uint64_t layout_fingerprint,
                                                    size_t record_size_bytes, const pqflow_record_layout* registered, const char* path,
                                                    const pqflow_options* options, pqflow_error* error) {
  pqflow_open_request request;
  memset(&request, 0, sizeof request);
  request.abi_version = PQFLOW_ABI_VERSION;
  request.struct_size_bytes = PQFLOW_STATIC_CAST(uint32_t, sizeof request);
  request.descriptor = descriptor;
  request.options = options;
  request.path = path;
  request.registered = registered;
  request.layout_fingerprint = layout_fingerprint;
  request.record_size_bytes = PQFLOW_STATIC_CAST(uint32_t, record_size_bytes);
  return pqflow_sink_open(sink, &request, error);
}

PQFLOW_INLINE pqflow_status pqflow_refuse_null_layout(pqflow_sink** sink, pqflow_error* error) {
  static const char message[] = "the registered layout is null";
  if (sink != PQFLOW_NULL) {
    *sink = PQFLOW_NULL;
  }
  if (error != PQFLOW_NULL) {
    error->status = PQFLOW_STATUS_INVALID_ARGUMENT;
    error->os_error = 0;
    memcpy(error->message, message, sizeof message);
  }
  return PQFLOW_STATUS_INVALID_ARGUMENT;
}

/* The same for a struct of the caller's own, described by register.h. PQFLOW_STATUS_INVALID_ARGUMENT for a null layout. */
PQFLOW_INLINE pqflow_status pqflow_registered_sink_open(pqflow_sink** sink, const pqflow_descriptor* descriptor,
                                                        uint64_t layout_fingerprint, const pqflow_record_layout* registered,
                                                        const char* path, const pqflow_options* options, pqflow_error* error) {
  if (registered == PQFLOW_NULL) {
    return pqflow_refuse_null_layout(sink, error);
  }
  return pqflow_record_sink_open(sink, descriptor, layout_fingerprint, registered->record_size_bytes, registered, path, options, error);
}

/* pqflow_sink_stats with the size of *stats filled in. Any thread; never blocks. */
PQFLOW_INLINE pqflow_status pqflow_record_sink_stats(pqflow_sink* sink, pqflow_stats* stats) {
  if (stats == PQFLOW_NULL) {
    return PQFLOW_STATUS_INVALID_ARGUMENT;
  }
  stats->struct_size_bytes = PQFLOW_STATIC_CAST(uint32_t, sizeof *stats);
  return pqflow_sink_stats(sink, stats);
}

PQFLOW_EXTERN_C_END

#endif
