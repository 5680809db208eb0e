// Why a file had to be recovered, as far as what its process left says so.
#pragma once

#include "base/process_identity.hpp"
#include "recover/report.hpp"

namespace pqflow::recover {

// Of a ring that nobody has. `is_left`: by a close.
OrphanReason reason_of_ring(const base::ProcessIdentity& owner, bool is_left);
// Of a journal without its ring, which would know of a close.
OrphanReason reason_of_journal(const base::ProcessIdentity& owner);
// "killed", "restart", "closed", "unknown".
const char* reason_word(OrphanReason reason) noexcept;

}  // namespace pqflow::recover
