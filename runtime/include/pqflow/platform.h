/* What differs between C and C++ and between compilers, in one place. Everything else in pqflow's public headers is the same text in C11
 * and C++11. */
#ifndef PQFLOW_PLATFORM_H
#define PQFLOW_PLATFORM_H

#include <stddef.h>
#include <stdint.h>

#if defined(__cplusplus)
#define PQFLOW_EXTERN_C_BEGIN extern "C" {
#define PQFLOW_EXTERN_C_END }
#define PQFLOW_STATIC_CAST(type, value) static_cast<type>(value)
#define PQFLOW_STATIC_ASSERT(condition, message) static_assert(condition, message)
#define PQFLOW_NULL nullptr
#define PQFLOW_RESTRICT __restrict
#else
#define PQFLOW_EXTERN_C_BEGIN
#define PQFLOW_EXTERN_C_END
#define PQFLOW_STATIC_CAST(type, value) ((type)(value))
#define PQFLOW_STATIC_ASSERT(condition, message) _Static_assert(condition, message)
#define PQFLOW_NULL NULL
#define PQFLOW_RESTRICT restrict
#endif

#if !defined(__GNUC__)
#error "pqflow needs gcc or clang"
#endif
#if !defined(__BYTE_ORDER__) || __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "pqflow stores records as they lie in memory and supports little-endian machines only"
#endif

#define PQFLOW_API __attribute__((visibility("default")))
#define PQFLOW_INLINE static inline __attribute__((always_inline))
#define PQFLOW_COLD __attribute__((cold, noinline))
#define PQFLOW_UNLIKELY(condition) __builtin_expect(!!(condition), 0)

/* Every word that two threads share is reached through these four macros and no other way, so that a model checker can redefine them. */
#if !defined(PQFLOW_ATOMIC_LOAD_RELAXED)
#define PQFLOW_ATOMIC_LOAD_RELAXED(pointer) __atomic_load_n((pointer), __ATOMIC_RELAXED)
#define PQFLOW_ATOMIC_LOAD_ACQUIRE(pointer) __atomic_load_n((pointer), __ATOMIC_ACQUIRE)
#define PQFLOW_ATOMIC_STORE_RELAXED(pointer, value) __atomic_store_n((pointer), (value), __ATOMIC_RELAXED)
#define PQFLOW_ATOMIC_STORE_RELEASE(pointer, value) __atomic_store_n((pointer), (value), __ATOMIC_RELEASE)
#endif

#endif
