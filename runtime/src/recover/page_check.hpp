// Whether the pages of a column chunk are what was written: after a power cut a trailer may be on the disk and its pages not.
#pragma once

#include <cstdint>

#include "recover/thrift_cursor.hpp"

namespace pqflow::recover {

// `chunk`: all of its bytes. Every page has its checksum, and that is right; their values are as many as the chunk's metadata says.
bool pages_are_right(Bytes chunk, uint64_t value_count);

}  // namespace pqflow::recover
