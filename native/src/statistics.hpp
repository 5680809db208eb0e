// pqflow_stats as a JavaScript object. JavaScript thread only.
#pragma once

#include <napi.h>
#include <pqflow/pqflow.h>

namespace pqflow::node {

// Counters as numbers (exact up to 2^53), state and lastStatus as names.
Napi::Object write_stats(Napi::Env env, const pqflow_stats& stats);

}  // namespace pqflow::node
