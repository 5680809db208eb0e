// A failed system call as a Result.
#pragma once

#include <string>

#include "base/result.hpp"

namespace pqflow::io {

// `what` failed with errno `os_error` ("cannot write /data/x.parquet"). ENOSPC, EDQUOT and EFBIG are PQFLOW_STATUS_NO_SPACE, all others
// PQFLOW_STATUS_IO_ERROR. The message ends with what can be done where that is known.
base::Result os_failure(pqflow_file_call call, const std::string& what, int os_error);

}  // namespace pqflow::io
