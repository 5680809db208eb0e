// A failed system call on a ring's file as a Result.
#pragma once

#include <string>
#include <system_error>

#include "base/result.hpp"

namespace pqflow::ring {

// IO_ERROR: `what` ("cannot lock the ring /dev/shm/x") failed with errno `os_error`.
inline base::Result ring_failure(const std::string& what, int os_error) {
  return base::Result::failure(PQFLOW_STATUS_IO_ERROR,
                               what + ": " + std::generic_category().message(os_error) + " (errno " + std::to_string(os_error) + ")",
                               os_error);
}

}  // namespace pqflow::ring
