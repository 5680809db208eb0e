// From the runtime's results and exceptions to status and error of the C API. No exception leaves a C function.
#pragma once

#include <pqflow/status.h>

#include <exception>
#include <new>
#include <string>

#include "base/result.hpp"

namespace pqflow::c_api {

// Fills *error (may be null) where the result is a failure; a message that does not fit is cut between characters.
pqflow_status translate(const base::Result& result, pqflow_error* error) noexcept;

// Runs `body`, which returns a Result.
template <typename Body>
pqflow_status guarded(pqflow_error* error, const Body& body) noexcept {
  try {
    return translate(body(), error);
  } catch (const std::bad_alloc&) {
    return translate({PQFLOW_STATUS_OUT_OF_MEMORY, 0, {}}, error);
  } catch (const std::exception& exception) {
    try {
      return translate({PQFLOW_STATUS_INTERNAL_ERROR, 0, exception.what()}, error);
    } catch (...) {
      return translate({PQFLOW_STATUS_INTERNAL_ERROR, 0, {}}, error);
    }
  } catch (...) {
    return translate({PQFLOW_STATUS_INTERNAL_ERROR, 0, {}}, error);
  }
}

}  // namespace pqflow::c_api
