/* Fields with `source: clock`: generated code fills them when a record is published. The time is that of CLOCK_REALTIME in UTC, read
 * through the vDSO: no system call on Linux with a usual clock source (25 ns), one where the kernel offers no vDSO clock, so such
 * schemas stand outside the contract that logging makes no system call. The clock may step when it is set. Everything is inline and may be
 * called by any thread. */
#ifndef PQFLOW_CLOCK_H
#define PQFLOW_CLOCK_H

#include <time.h>

#include "platform.h"

PQFLOW_EXTERN_C_BEGIN

#define PQFLOW_NS_PER_MS INT64_C(1000000)
#define PQFLOW_NS_PER_US INT64_C(1000)
#define PQFLOW_NS_PER_DAY INT64_C(86400000000000)

/* Nanoseconds since 1970-01-01 UTC. timespec_get is the standard's name (C11, C++17) for the clock that POSIX calls CLOCK_REALTIME. */
PQFLOW_INLINE int64_t pqflow_clock_now_ns(void) {
  struct timespec now;
  (void)timespec_get(&now, TIME_UTC);
  return INT64_C(1000000000) * now.tv_sec + now.tv_nsec;
}

/* Define it before the first include of a generated header to take the time from elsewhere: a test's clock, or the time-stamp counter. An
 * expression of type int64_t, nanoseconds since 1970-01-01 UTC, not negative. */
#if !defined(PQFLOW_CLOCK_NOW_NS)
#define PQFLOW_CLOCK_NOW_NS() pqflow_clock_now_ns()
#endif

/* ---- The value of a field, by its type and unit; parts below the unit are cut off ---- */

PQFLOW_INLINE int64_t pqflow_clock_timestamp_ns(int64_t now_ns) { return now_ns; }
PQFLOW_INLINE int64_t pqflow_clock_timestamp_us(int64_t now_ns) { return now_ns / PQFLOW_NS_PER_US; }
PQFLOW_INLINE int64_t pqflow_clock_timestamp_ms(int64_t now_ns) { return now_ns / PQFLOW_NS_PER_MS; }
/* Since midnight UTC. */
PQFLOW_INLINE int64_t pqflow_clock_time_ns(int64_t now_ns) { return now_ns % PQFLOW_NS_PER_DAY; }
PQFLOW_INLINE int64_t pqflow_clock_time_us(int64_t now_ns) { return now_ns % PQFLOW_NS_PER_DAY / PQFLOW_NS_PER_US; }
PQFLOW_INLINE int32_t pqflow_clock_time_ms(int64_t now_ns) {
  return PQFLOW_STATIC_CAST(int32_t, now_ns % PQFLOW_NS_PER_DAY / PQFLOW_NS_PER_MS);
}
/* Days since 1970-01-01. */
PQFLOW_INLINE int32_t pqflow_clock_date(int64_t now_ns) { return PQFLOW_STATIC_CAST(int32_t, now_ns / PQFLOW_NS_PER_DAY); }

PQFLOW_EXTERN_C_END

#endif
