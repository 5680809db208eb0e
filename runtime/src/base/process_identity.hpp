// Who a process is, so that one that runs can be told from one that ended, also after its number was given to another.
#pragma once

#include <array>
#include <cstdint>

namespace pqflow::base {

// Plain data, stored in ring files and journals. Linux; elsewhere start time, namespace and boot are 0 and empty, and nobody is known to
// have ended.
struct ProcessIdentity {
  int64_t pid = 0;
  uint64_t start_time_ticks = 0;   // Since boot: field 22 of /proc/PID/stat.
  uint64_t pid_namespace = 0;      // Numbers mean something within one namespace only: containers have their own.
  std::array<char, 40> boot_id{};  // NUL-terminated; another one after each boot.

  bool operator==(const ProcessIdentity&) const = default;
};

enum class Liveness { kRunning, kEnded, kUnknown };
enum class Boot { kThis, kOther, kUnknown };

// Reads /proc; allocates.
ProcessIdentity current_process();

// kUnknown: of another namespace on this boot, or this system does not tell.
Liveness liveness_of(const ProcessIdentity& process);
// kOther: before this machine was started the last time, or on another machine.
Boot boot_of(const ProcessIdentity& process);

}  // namespace pqflow::base
