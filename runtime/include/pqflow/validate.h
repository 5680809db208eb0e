/* Checks that the generated <schema>_validate functions are made of. Pure; any thread; never block or allocate. */
#ifndef PQFLOW_VALIDATE_H
#define PQFLOW_VALIDATE_H

#include <string.h>

#include "status.h"

PQFLOW_EXTERN_C_BEGIN

/* Before the first check: no field is bad yet. `field` may be null. */
PQFLOW_INLINE void pqflow_no_invalid_field(const char** field) {
  if (field != PQFLOW_NULL) {
    *field = PQFLOW_NULL;
  }
}

/* Names the field in *field (which may be null) and answers PQFLOW_STATUS_INVALID_VALUE. */
PQFLOW_INLINE pqflow_status pqflow_invalid_field(const char** field, const char* name) {
  if (field != PQFLOW_NULL) {
    *field = name;
  }
  return PQFLOW_STATUS_INVALID_VALUE;
}

PQFLOW_INLINE int pqflow_in_signed_range(int64_t value, int64_t min, int64_t max) { return value >= min && value <= max; }

PQFLOW_INLINE int pqflow_in_unsigned_range(uint64_t value, uint64_t min, uint64_t max) { return value >= min && value <= max; }

PQFLOW_INLINE int pqflow_has_only_bits(uint64_t set, uint64_t known_bits) { return (set & ~known_bits) == 0; }

/* Bytes of the longest prefix of char[capacity_bytes] that does not end in pad: what is written of a padded text. */
PQFLOW_INLINE size_t pqflow_padded_length_bytes(const char* member, size_t capacity_bytes, char pad) {
  size_t length_bytes = capacity_bytes;
  while (length_bytes > 0 && member[length_bytes - 1] == pad) {
    --length_bytes;
  }
  return length_bytes;
}

/* Compares big-endian two's complement numbers of the same width: negative, 0 or positive. */
PQFLOW_INLINE int pqflow_compare_signed_bytes(const uint8_t* left, const uint8_t* right, size_t width_bytes) {
  const int left_sign = left[0] ^ 0x80;
  const int right_sign = right[0] ^ 0x80;
  return left_sign != right_sign ? left_sign - right_sign : memcmp(left, right, width_bytes);
}

PQFLOW_INLINE int pqflow_signed_bytes_less(const uint8_t* left, const uint8_t* right, size_t width_bytes) {
  return pqflow_compare_signed_bytes(left, right, width_bytes) < 0;
}

/* Length of the well-formed UTF-8 sequence at the start of `text` (Unicode 15, table 3-7), 0 when there is none. `length_bytes` is at
 * least 1. */
PQFLOW_INLINE size_t pqflow_utf8_sequence_bytes(const uint8_t* text, size_t length_bytes) {
  const unsigned lead = text[0];
  const size_t size_bytes = lead < 0x80U ? 1U : lead < 0xc2U ? 0U : lead < 0xe0U ? 2U : lead < 0xf0U ? 3U : lead < 0xf5U ? 4U : 0U;
  const unsigned second_min = lead == 0xe0U ? 0xa0U : lead == 0xf0U ? 0x90U : 0x80U;
  const unsigned second_max = lead == 0xedU ? 0x9fU : lead == 0xf4U ? 0x8fU : 0xbfU;
  if (size_bytes > length_bytes || (size_bytes > 1 && (text[1] < second_min || text[1] > second_max))) {
    return 0;
  }
  for (size_t index = 2; index < size_bytes; ++index) {
    if ((text[index] & 0xc0U) != 0x80U) {
      return 0;
    }
  }
  return size_bytes;
}

PQFLOW_INLINE int pqflow_utf8_is_valid(const void* text, size_t length_bytes) {
  const uint8_t* const bytes = PQFLOW_STATIC_CAST(const uint8_t*, text);
  size_t position = 0;
  while (position < length_bytes) {
    const size_t size_bytes = pqflow_utf8_sequence_bytes(bytes + position, length_bytes - position);
    if (size_bytes == 0) {
      return 0;
    }
    position += size_bytes;
  }
  return 1;
}

/* What is written of a padded text is UTF-8. */
PQFLOW_INLINE int pqflow_padded_text_is_valid(const char* member, size_t capacity_bytes, char pad) {
  return pqflow_utf8_is_valid(member, pqflow_padded_length_bytes(member, capacity_bytes, pad));
}

PQFLOW_INLINE int pqflow_ascii_is_valid(const void* text, size_t length_bytes) {
  const uint8_t* const bytes = PQFLOW_STATIC_CAST(const uint8_t*, text);
  unsigned seen = 0;
  for (size_t index = 0; index < length_bytes; ++index) {
    seen |= bytes[index];
  }
  return seen < 0x80U;
}

/* What is written of a padded text is ASCII. */
PQFLOW_INLINE int pqflow_padded_ascii_is_valid(const char* member, size_t capacity_bytes, char pad) {
  return pqflow_ascii_is_valid(member, pqflow_padded_length_bytes(member, capacity_bytes, pad));
}

/* The frame of a BSON document (bsonspec.org): its own length as int32, least significant byte first, and a zero byte at its end. The
 * elements are not looked at. */
PQFLOW_INLINE int pqflow_bson_is_framed(const uint8_t* document, size_t length_bytes) {
  uint32_t declared_bytes = 0;
  if (length_bytes < 5) {
    return 0;
  }
  for (unsigned index = 0; index < 4; ++index) {
    declared_bytes |= PQFLOW_STATIC_CAST(uint32_t, document[index]) << (8U * index);
  }
  return declared_bytes == length_bytes && document[length_bytes - 1] == 0;
}

PQFLOW_EXTERN_C_END

#endif
