/* Inline primitives of the generated unpack kernels: constant-size copies and single-bit reads. Generated kernels use these and no
 * intrinsics of their own. */
#ifndef PQFLOW_KERNEL_H
#define PQFLOW_KERNEL_H

#include <string.h>

#include "platform.h"

/* Copies a value of constant width from a record to row `row_index` of a staging column. */
#define PQFLOW_UNPACK(values, row_index, width_bytes, record, offset_bytes) \
  memcpy((values) + (row_index)*PQFLOW_STATIC_CAST(size_t, width_bytes), (record) + (offset_bytes), (width_bytes))

/* 1 when the field is present. */
PQFLOW_INLINE uint8_t pqflow_unpack_present(const uint8_t* record, size_t byte_offset, unsigned bit_index, unsigned bit_when_present) {
  return PQFLOW_STATIC_CAST(uint8_t, (((PQFLOW_STATIC_CAST(unsigned, record[byte_offset]) >> bit_index) & 1U) == bit_when_present) ? 1 : 0);
}

#endif
