// Disk space for a whole file before it is written.
#pragma once

#include <cstdint>

#include "base/system.hpp"

namespace pqflow::io {

// `os_error` 0: the file has the length asked for. Without `is_reserved` its blocks are taken as they are written, and a full disk may show
// in the middle of the file: the file system cannot reserve, or has not so much room.
struct Preallocation {
  int os_error;
  bool is_reserved;
};

// Of a new, empty file. Blocks.
Preallocation preallocate(const base::SystemCalls& system, int fd, uint64_t size_bytes);

}  // namespace pqflow::io
