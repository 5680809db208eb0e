// The outcome of an operation inside the runtime: a status, the errno behind it, and a message for a person.
#pragma once

#include <pqflow/status.h>

#include <string>
#include <utility>

namespace pqflow::base {

struct [[nodiscard]] Result {
  pqflow_status status = PQFLOW_STATUS_OK;
  int os_error = 0;
  std::string message;
  pqflow_file_call call = PQFLOW_FILE_CALL_NONE;  // What failed with os_error.

  static Result ok() { return {}; }
  static Result failure(pqflow_status status, std::string message, int os_error = 0, pqflow_file_call call = PQFLOW_FILE_CALL_NONE) {
    return {status, os_error, std::move(message), call};
  }
  static Result invalid_argument(std::string message) { return failure(PQFLOW_STATUS_INVALID_ARGUMENT, std::move(message)); }
  bool is_ok() const noexcept { return status == PQFLOW_STATUS_OK; }
};

}  // namespace pqflow::base
