/* Inline primitives of the generated unpack kernels, which turn records into columns. A kernel takes four records at a time and moves
 * neighbouring members together: a load of 16 bytes from each record, a transposition, a store of 16 bytes to each column. Generated
 * kernels use these and no intrinsics of their own; every primitive has a scalar form with the same result. RUNTIME.md section 2. */
#ifndef PQFLOW_KERNEL_H
#define PQFLOW_KERNEL_H

#include <string.h>

#include "platform.h"

#if defined(PQFLOW_KERNEL_SCALAR)
/* Asked for by who compiles the kernel. */
#elif defined(__SSE2__)
#include <emmintrin.h>
#define PQFLOW_KERNEL_SSE2 1
#elif defined(__aarch64__) && defined(__ARM_NEON)
#include <arm_neon.h>
#define PQFLOW_KERNEL_NEON 1
#endif

enum {
  PQFLOW_UNPACK_ROWS = 4,          /* Records of one turn. */
  PQFLOW_UNPACK_AHEAD_BYTES = 4096 /* How far records are fetched before they are needed. */
};

/* Copies a value of constant width from a record to row `row_index` of a staging column. */
#define PQFLOW_UNPACK(values, row_index, width_bytes, record, offset_bytes) \
  memcpy((values) + (row_index)*PQFLOW_STATIC_CAST(size_t, width_bytes), (record) + (offset_bytes), (width_bytes))

/* The same for the records of one turn. */
#define PQFLOW_UNPACK_EACH(values, row_index, width_bytes, record, slot_size_bytes, offset_bytes)              \
  do {                                                                                                         \
    for (size_t row = 0; row < PQFLOW_UNPACK_ROWS; ++row) {                                                    \
      PQFLOW_UNPACK(values, (row_index) + row, width_bytes, (record) + row * (slot_size_bytes), offset_bytes); \
    }                                                                                                          \
  } while (0)

/* 1 when the field is present. */
PQFLOW_INLINE uint8_t pqflow_unpack_present(const uint8_t* record, size_t byte_offset, unsigned bit_index, unsigned bit_when_present) {
  return PQFLOW_STATIC_CAST(uint8_t, (((PQFLOW_STATIC_CAST(unsigned, record[byte_offset]) >> bit_index) & 1U) == bit_when_present) ? 1 : 0);
}

/* For the records of one turn, where a set bit means present. */
#define PQFLOW_UNPACK_EACH_PRESENT(valid, row_index, record, slot_size_bytes, byte_offset, bit_index)                        \
  do {                                                                                                                       \
    for (size_t row = 0; row < PQFLOW_UNPACK_ROWS; ++row) {                                                                  \
      (valid)[(row_index) + row] = pqflow_unpack_present((record) + row * (slot_size_bytes), (byte_offset), (bit_index), 1); \
    }                                                                                                                        \
  } while (0)

/* Fetches the records of a later turn into the cache: those PQFLOW_UNPACK_AHEAD_BYTES on, if they lie before `end`. What lies behind it may
 * be under the producer's hands. */
PQFLOW_INLINE void pqflow_unpack_fetch(const uint8_t* record, const uint8_t* end, size_t slot_size_bytes) {
  const size_t turn_bytes = PQFLOW_UNPACK_ROWS * slot_size_bytes;
  if (PQFLOW_STATIC_CAST(size_t, end - record) >= PQFLOW_UNPACK_AHEAD_BYTES + turn_bytes) {
    for (size_t offset_bytes = 0; offset_bytes < turn_bytes; offset_bytes += 64U) {
      __builtin_prefetch(record + PQFLOW_UNPACK_AHEAD_BYTES + offset_bytes);
    }
  }
}

#if defined(PQFLOW_KERNEL_SSE2)

PQFLOW_INLINE __m128i pqflow_kernel_load(const uint8_t* bytes) {
  return _mm_loadu_si128(PQFLOW_STATIC_CAST(const __m128i*, PQFLOW_STATIC_CAST(const void*, bytes)));
}
PQFLOW_INLINE __m128i pqflow_kernel_load_8(const uint8_t* bytes) {
  return _mm_loadl_epi64(PQFLOW_STATIC_CAST(const __m128i*, PQFLOW_STATIC_CAST(const void*, bytes)));
}
/* Null stands for a column that is not wanted. */
PQFLOW_INLINE void pqflow_kernel_store(uint8_t* values, size_t offset_bytes, __m128i vector) {
  if (values != PQFLOW_NULL) {
    _mm_storeu_si128(PQFLOW_STATIC_CAST(__m128i*, PQFLOW_STATIC_CAST(void*, values + offset_bytes)), vector);
  }
}

#elif defined(PQFLOW_KERNEL_NEON)

/* Null stands for a column that is not wanted. */
PQFLOW_INLINE void pqflow_kernel_store(uint8_t* values, size_t offset_bytes, uint8x16_t vector) {
  if (values != PQFLOW_NULL) {
    vst1q_u8(values + offset_bytes, vector);
  }
}

#endif

/* Two neighbours of 8 bytes, from the four records at `first`, which are `slot_size_bytes` apart, to four rows of two columns; a null
 * column's values are left out. Reads 16 bytes of each record. */
PQFLOW_INLINE void pqflow_unpack_2x8(uint8_t* left, uint8_t* right, const uint8_t* first, size_t slot_size_bytes) {
#if defined(PQFLOW_KERNEL_SSE2)
  const __m128i row_0 = pqflow_kernel_load(first);
  const __m128i row_1 = pqflow_kernel_load(first + slot_size_bytes);
  const __m128i row_2 = pqflow_kernel_load(first + 2 * slot_size_bytes);
  const __m128i row_3 = pqflow_kernel_load(first + 3 * slot_size_bytes);
  pqflow_kernel_store(left, 0, _mm_unpacklo_epi64(row_0, row_1));
  pqflow_kernel_store(left, 16, _mm_unpacklo_epi64(row_2, row_3));
  pqflow_kernel_store(right, 0, _mm_unpackhi_epi64(row_0, row_1));
  pqflow_kernel_store(right, 16, _mm_unpackhi_epi64(row_2, row_3));
#elif defined(PQFLOW_KERNEL_NEON)
  const uint64x2_t row_0 = vreinterpretq_u64_u8(vld1q_u8(first));
  const uint64x2_t row_1 = vreinterpretq_u64_u8(vld1q_u8(first + slot_size_bytes));
  const uint64x2_t row_2 = vreinterpretq_u64_u8(vld1q_u8(first + 2 * slot_size_bytes));
  const uint64x2_t row_3 = vreinterpretq_u64_u8(vld1q_u8(first + 3 * slot_size_bytes));
  pqflow_kernel_store(left, 0, vreinterpretq_u8_u64(vzip1q_u64(row_0, row_1)));
  pqflow_kernel_store(left, 16, vreinterpretq_u8_u64(vzip1q_u64(row_2, row_3)));
  pqflow_kernel_store(right, 0, vreinterpretq_u8_u64(vzip2q_u64(row_0, row_1)));
  pqflow_kernel_store(right, 16, vreinterpretq_u8_u64(vzip2q_u64(row_2, row_3)));
#else
  for (size_t row = 0; row < PQFLOW_UNPACK_ROWS; ++row) {
    if (left != PQFLOW_NULL) {
      memcpy(left + row * 8, first + row * slot_size_bytes, 8);
    }
    if (right != PQFLOW_NULL) {
      memcpy(right + row * 8, first + row * slot_size_bytes + 8, 8);
    }
  }
#endif
}

/* One member of 8 bytes without a neighbour; reads these 8 bytes alone. */
PQFLOW_INLINE void pqflow_unpack_1x8(uint8_t* values, const uint8_t* first, size_t slot_size_bytes) {
#if defined(PQFLOW_KERNEL_SSE2)
  pqflow_kernel_store(values, 0, _mm_unpacklo_epi64(pqflow_kernel_load_8(first), pqflow_kernel_load_8(first + slot_size_bytes)));
  pqflow_kernel_store(
      values, 16, _mm_unpacklo_epi64(pqflow_kernel_load_8(first + 2 * slot_size_bytes), pqflow_kernel_load_8(first + 3 * slot_size_bytes)));
#elif defined(PQFLOW_KERNEL_NEON)
  pqflow_kernel_store(values, 0, vcombine_u8(vld1_u8(first), vld1_u8(first + slot_size_bytes)));
  pqflow_kernel_store(values, 16, vcombine_u8(vld1_u8(first + 2 * slot_size_bytes), vld1_u8(first + 3 * slot_size_bytes)));
#else
  pqflow_unpack_2x8(values, PQFLOW_NULL, first, slot_size_bytes);
#endif
}

/* Four neighbours of 4 bytes, likewise; null for those that are no column. Reads 16 bytes of each record. */
PQFLOW_INLINE void pqflow_unpack_4x4(uint8_t* a, uint8_t* b, uint8_t* c, uint8_t* d, const uint8_t* first, size_t slot_size_bytes) {
#if defined(PQFLOW_KERNEL_SSE2)
  const __m128i row_0 = pqflow_kernel_load(first);
  const __m128i row_1 = pqflow_kernel_load(first + slot_size_bytes);
  const __m128i row_2 = pqflow_kernel_load(first + 2 * slot_size_bytes);
  const __m128i row_3 = pqflow_kernel_load(first + 3 * slot_size_bytes);
  const __m128i ab_01 = _mm_unpacklo_epi32(row_0, row_1);
  const __m128i ab_23 = _mm_unpacklo_epi32(row_2, row_3);
  const __m128i cd_01 = _mm_unpackhi_epi32(row_0, row_1);
  const __m128i cd_23 = _mm_unpackhi_epi32(row_2, row_3);
  pqflow_kernel_store(a, 0, _mm_unpacklo_epi64(ab_01, ab_23));
  pqflow_kernel_store(b, 0, _mm_unpackhi_epi64(ab_01, ab_23));
  pqflow_kernel_store(c, 0, _mm_unpacklo_epi64(cd_01, cd_23));
  pqflow_kernel_store(d, 0, _mm_unpackhi_epi64(cd_01, cd_23));
#elif defined(PQFLOW_KERNEL_NEON)
  const uint32x4_t row_0 = vreinterpretq_u32_u8(vld1q_u8(first));
  const uint32x4_t row_1 = vreinterpretq_u32_u8(vld1q_u8(first + slot_size_bytes));
  const uint32x4_t row_2 = vreinterpretq_u32_u8(vld1q_u8(first + 2 * slot_size_bytes));
  const uint32x4_t row_3 = vreinterpretq_u32_u8(vld1q_u8(first + 3 * slot_size_bytes));
  const uint64x2_t ab_01 = vreinterpretq_u64_u32(vzip1q_u32(row_0, row_1));
  const uint64x2_t ab_23 = vreinterpretq_u64_u32(vzip1q_u32(row_2, row_3));
  const uint64x2_t cd_01 = vreinterpretq_u64_u32(vzip2q_u32(row_0, row_1));
  const uint64x2_t cd_23 = vreinterpretq_u64_u32(vzip2q_u32(row_2, row_3));
  pqflow_kernel_store(a, 0, vreinterpretq_u8_u64(vzip1q_u64(ab_01, ab_23)));
  pqflow_kernel_store(b, 0, vreinterpretq_u8_u64(vzip2q_u64(ab_01, ab_23)));
  pqflow_kernel_store(c, 0, vreinterpretq_u8_u64(vzip1q_u64(cd_01, cd_23)));
  pqflow_kernel_store(d, 0, vreinterpretq_u8_u64(vzip2q_u64(cd_01, cd_23)));
#else
  uint8_t* const columns[4] = {a, b, c, d};
  for (size_t row = 0; row < PQFLOW_UNPACK_ROWS; ++row) {
    for (size_t column = 0; column < 4; ++column) {
      if (columns[column] != PQFLOW_NULL) {
        memcpy(columns[column] + row * 4, first + row * slot_size_bytes + column * 4, 4);
      }
    }
  }
#endif
}

#endif
