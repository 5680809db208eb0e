// Who has the lock of a file, as far as the system tells.
#pragma once

#include <cstdint>
#include <string>

namespace pqflow::io {

enum class LockState : uint8_t {
  kFree,     // Nobody has it: the process that wrote the file has ended.
  kTaken,    // A writer has it, or who recovers the file.
  kUnknown,  // No permission, or no locks on this file system.
  kGone,     // There is no such file (any more).
};

// Takes the lock for a moment, shared, so that others may ask too. Follows no link; does not wait. A writer that has created the file and
// not locked it yet takes another name for it (ProgressFile).
LockState ask_lock(const std::string& path) noexcept;

// The process that took the file's lock, as this one numbers processes; 0 where that cannot be told: it is in another container, on
// another machine, or this is no Linux. Reads /proc/locks; for messages.
uint64_t lock_owner(const std::string& path);

}  // namespace pqflow::io
