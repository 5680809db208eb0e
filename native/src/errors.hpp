// Native failures as JavaScript errors. JavaScript thread only.
#pragma once

#include <napi.h>
#include <pqflow/pqflow.h>

#include <string>

namespace pqflow::node {

// An Error with `code`, the name of the status ("NO_SPACE"), and `osError`, errno or 0. The TypeScript side makes it a PqflowError.
Napi::Error make_error(Napi::Env env, const pqflow_error& error);

Napi::Error make_error(Napi::Env env, pqflow_status status, const std::string& message);

// "RING_FULL" for PQFLOW_STATUS_RING_FULL.
std::string status_name(pqflow_status status);

}  // namespace pqflow::node
