/* Halves (IEEE 754 binary16) as their bits, for fields of type float16. Pure; any thread; no hardware support is needed. */
#ifndef PQFLOW_FLOAT16_H
#define PQFLOW_FLOAT16_H

#include <string.h>

#include "platform.h"

PQFLOW_EXTERN_C_BEGIN

PQFLOW_INLINE int pqflow_float16_is_nan(uint16_t bits) { return (bits & 0x7fffU) > 0x7c00U; }

/* Drops `shift` bits (1 … 24) of `value` and rounds to the nearest, halves to the even one. */
PQFLOW_INLINE uint32_t pqflow_shift_half_even(uint32_t value, unsigned shift) {
  const uint32_t kept = value >> shift;
  const uint32_t half = UINT32_C(1) << (shift - 1U);
  const uint32_t rest = value & (2U * half - 1U);
  return rest > half || (rest == half && (kept & 1U) != 0U) ? kept + 1U : kept;
}

/* The half next to a float, halves between two to the one with an even fraction; from 65520 on infinity. A NaN is quiet and keeps the upper
 * bits of its payload. */
PQFLOW_INLINE uint16_t pqflow_float16_from_float(float value) {
  uint32_t bits;
  uint32_t half;
  memcpy(&bits, &value, sizeof bits);
  const uint32_t magnitude = bits & 0x7fffffffU;
  if (magnitude > 0x7f800000U) {
    half = 0x7e00U | ((magnitude >> 13U) & 0x3ffU);
  } else if (magnitude >= 0x47800000U) { /* 65536: beyond every half. */
    half = 0x7c00U;
  } else if (magnitude >= 0x38800000U) { /* 2^-14: a normal half. The exponent is rebiased from 127 to 15; a carry may reach infinity. */
    half = pqflow_shift_half_even(magnitude - 0x38000000U, 13U);
  } else if (magnitude >= 0x33000000U) { /* 2^-25: a subnormal half, of steps of 2^-24. */
    half = pqflow_shift_half_even((magnitude & 0x7fffffU) | 0x800000U, 126U - (magnitude >> 23U));
  } else {
    half = 0;
  }
  return PQFLOW_STATIC_CAST(uint16_t, ((bits >> 16U) & 0x8000U) | half);
}

/* Exact: every half is a float. */
PQFLOW_INLINE float pqflow_float16_to_float(uint16_t half) {
  const uint32_t sign = (half & 0x8000U) << 16U;
  uint32_t exponent = (half >> 10U) & 0x1fU;
  uint32_t fraction = half & 0x3ffU;
  uint32_t bits = sign;
  float value;
  if (exponent == 0x1fU) {
    bits |= 0x7f800000U | (fraction << 13U);
  } else if (exponent != 0U || fraction != 0U) {
    exponent += 112U;       /* 127 - 15 */
    if (exponent == 112U) { /* A subnormal half is a normal float: shifted until its leading one is the implicit bit. */
      exponent = 113U;
      while ((fraction & 0x400U) == 0U) {
        fraction <<= 1U;
        --exponent;
      }
    }
    bits |= (exponent << 23U) | ((fraction & 0x3ffU) << 13U);
  }
  memcpy(&value, &bits, sizeof value);
  return value;
}

PQFLOW_EXTERN_C_END

#endif
