// What a recovery found and did.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace pqflow::recover {

enum class OrphanState : uint8_t {
  kLive,        // Its writer is at work, or another recovery.
  kUncertain,   // Whether its writer is at work cannot be told: its file system has no locks.
  kRecords,     // Holds records, and no footer names them all.
  kComplete,    // Finished but for its name.
  kEmpty,       // Holds no record.
  kLeftover,    // Was made beside a file that has all it has.
  kUnreadable,  // Cannot be read, or nothing says what its columns are.
};

enum class OrphanAction : uint8_t {
  kNone,
  kFinish,  // A footer, and its final name.
  kName,    // Its final name.
  kRemove,
};

enum class OrphanReason : uint8_t {
  kUnknown,  // Nothing that is there says it.
  kKilled,   // Its process ended, since the machine was started, without closing the capture.
  kRestart,  // The machine was started again since, or it was another machine's.
  kClosed,   // The capture was closed, and could not write everything.
};

struct OrphanReport {
  std::string path;       // Of a ring whose file is not there: the ring's.
  std::string ring_path;  // Empty: none belongs to it.
  OrphanState state = OrphanState::kUnreadable;
  OrphanAction action = OrphanAction::kNone;
  OrphanReason reason = OrphanReason::kUnknown;
  bool is_done = false;                       // The action; else it is what would be done, or what failed.
  std::string final_path;                     // Given, or wanted: a suffix comes where it is taken.
  uint64_t persisted_records = 0;             // Found in the file.
  uint64_t row_groups = 0;                    // Likewise.
  uint64_t recovered_records = 0;             // Of the ring its process left, in no row group.
  uint64_t duplicate_records = 0;             // Of the ring, in a row group too.
  uint64_t lost_records = 0;                  // Of row groups whose pages are damaged.
  uint64_t damaged_row_groups = 0;            // Likewise.
  std::optional<uint64_t> dropped_records{};  // Refused, told by no other file; nothing: no ring says it.
  uint64_t torn_journal_bytes = 0;            // Behind the last record of its journal that can be believed: no sync had reached them.
  std::string problem;                        // Why nothing was done, or what failed.
  base::Result failure;                       // Which call failed; OK where none did.
  std::string progress_path;                  // Of the file in progress, there or not; empty: not known.
};

struct RecoveryReport {
  std::vector<OrphanReport> orphans;  // In the order of their names.
};

}  // namespace pqflow::recover
