// What to do about a system call that failed (RUNTIME.md 5.5, ADR 0032).
#pragma once

#include <cerrno>

#include "base/result.hpp"

namespace pqflow::sink {

enum class Remedy {
  kRetry,     // The same again, later: space returns, a folder is put right.
  kNextFile,  // The place in this file is what fails: it ends with what it has, and what was to be written goes into the next one.
};

// Pure. A device that refuses one place, a limit on the size of a file, a file server that forgot the file: another file may go well. A
// full disk fails for all files, and so does memory that ran out: they are waited for. Names that cannot be had are no fault of the file.
inline Remedy remedy_for(const base::Result& failure) noexcept {
  const bool is_in_file =
      failure.call == PQFLOW_FILE_CALL_WRITE || failure.call == PQFLOW_FILE_CALL_TRUNCATE || failure.call == PQFLOW_FILE_CALL_COPY;
  switch (failure.os_error) {
    case ENOSPC:
    case EDQUOT:
    case EAGAIN:
    case ENOMEM:
    case ENOBUFS:
      return Remedy::kRetry;
    default:
      return is_in_file ? Remedy::kNextFile : Remedy::kRetry;
  }
}

}  // namespace pqflow::sink
