// The clock of `source: clock`, for JavaScript: one call that leaves the time in memory both sides know.
#pragma once

#include <napi.h>

namespace pqflow::node {

// { memory: ArrayBuffer, read(): void }. read() stores the time of CLOCK_REALTIME in `memory`: nanoseconds since 1970-01-01 UTC as int64 at
// byte 0, and the same as whole seconds and the nanoseconds beyond them, two doubles at bytes 8 and 16. Nothing is allocated per call.
Napi::Object make_clock(Napi::Env env);

}  // namespace pqflow::node
