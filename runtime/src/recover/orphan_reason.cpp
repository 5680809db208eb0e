#include "recover/orphan_reason.hpp"

namespace pqflow::recover {

// The ring's lock is free: a process of this boot has ended, wherever its number counts, or is just making or removing the ring.
OrphanReason reason_of_ring(const base::ProcessIdentity& owner, bool is_left) {
  if (is_left) {
    return OrphanReason::kClosed;
  }
  const base::Boot boot = base::boot_of(owner);
  if (boot == base::Boot::kOther) {
    return OrphanReason::kRestart;
  }
  const bool has_ended = boot == base::Boot::kThis && base::liveness_of(owner) != base::Liveness::kRunning;
  return has_ended ? OrphanReason::kKilled : OrphanReason::kUnknown;
}

OrphanReason reason_of_journal(const base::ProcessIdentity& owner) {
  return base::boot_of(owner) == base::Boot::kOther ? OrphanReason::kRestart : OrphanReason::kUnknown;
}

const char* reason_word(OrphanReason reason) noexcept {
  switch (reason) {
    case OrphanReason::kKilled:
      return "killed";
    case OrphanReason::kRestart:
      return "restart";
    case OrphanReason::kClosed:
      return "closed";
    case OrphanReason::kUnknown:
      break;
  }
  return "unknown";
}

}  // namespace pqflow::recover
