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

  static Result ok() { return {}; }
  static Result failure(pqflow_status status, std::string message, int os_error = 0) { return {status, os_error, std::move(message)}; }
  bool is_ok() const noexcept { return status == PQFLOW_STATUS_OK; }
};

}  // namespace pqflow::base
