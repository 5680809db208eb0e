// pqflow_recover: translation only.
#include <pqflow/descriptor.h>
#include <pqflow/recover.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "c_api/translate.hpp"
#include "recover/recover.hpp"

namespace {

using pqflow::base::Result;
using pqflow::c_api::guarded;
using pqflow::recover::OrphanAction;
using pqflow::recover::OrphanReason;
using pqflow::recover::OrphanReport;
using pqflow::recover::OrphanState;
using pqflow::recover::RecoveryReport;

static_assert(static_cast<int>(OrphanState::kLive) == PQFLOW_ORPHAN_STATE_LIVE);
static_assert(static_cast<int>(OrphanState::kUncertain) == PQFLOW_ORPHAN_STATE_UNCERTAIN);
static_assert(static_cast<int>(OrphanState::kRecords) == PQFLOW_ORPHAN_STATE_UNFINISHED);
static_assert(static_cast<int>(OrphanState::kComplete) == PQFLOW_ORPHAN_STATE_COMPLETE);
static_assert(static_cast<int>(OrphanState::kEmpty) == PQFLOW_ORPHAN_STATE_EMPTY);
static_assert(static_cast<int>(OrphanState::kLeftover) == PQFLOW_ORPHAN_STATE_LEFTOVER);
static_assert(static_cast<int>(OrphanState::kUnreadable) == PQFLOW_ORPHAN_STATE_UNREADABLE);
static_assert(static_cast<int>(OrphanReason::kUnknown) == PQFLOW_ORPHAN_REASON_UNKNOWN);
static_assert(static_cast<int>(OrphanReason::kKilled) == PQFLOW_ORPHAN_REASON_KILLED);
static_assert(static_cast<int>(OrphanReason::kRestart) == PQFLOW_ORPHAN_REASON_RESTART);
static_assert(static_cast<int>(OrphanReason::kClosed) == PQFLOW_ORPHAN_REASON_CLOSED);
static_assert(static_cast<int>(OrphanAction::kNone) == PQFLOW_ORPHAN_ACTION_NONE);
static_assert(static_cast<int>(OrphanAction::kFinish) == PQFLOW_ORPHAN_ACTION_FINISH);
static_assert(static_cast<int>(OrphanAction::kName) == PQFLOW_ORPHAN_ACTION_NAME);
static_assert(static_cast<int>(OrphanAction::kRemove) == PQFLOW_ORPHAN_ACTION_REMOVE);

Result check_recover_options(const pqflow_recover_options* options) {
  if (options == nullptr) {
    return Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, "pqflow_recover needs options; start from pqflow_recover_options_default()");
  }
  if (options->abi_version != PQFLOW_ABI_VERSION || options->struct_size_bytes != sizeof(pqflow_recover_options)) {
    return Result::failure(PQFLOW_STATUS_ABI_MISMATCH,
                           "the options are of ABI version " + std::to_string(options->abi_version) + " and " +
                               std::to_string(options->struct_size_bytes) + " bytes, this library's of version " +
                               std::to_string(PQFLOW_ABI_VERSION) + " and " + std::to_string(sizeof(pqflow_recover_options)) +
                               " bytes; start from pqflow_recover_options_default() and compile against the headers of this library");
  }
  if (options->folder == nullptr || options->folder[0] == '\0') {
    return Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, "folder is null or empty; name the folder of the captures");
  }
  if (options->ring_dir == nullptr || options->ring_dir[0] == '\0') {
    return Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, "ring_dir is null or empty; the default is /dev/shm");
  }
  if (options->is_writing > 1 || options->reserved != 0) {
    return Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, "is_writing must be 0 or 1, and reserved 0");
  }
  if (options->manifest != nullptr && (options->manifest[0] == '\0' || options->is_writing == 0)) {
    return Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, options->manifest[0] == '\0'
                                                               ? "manifest is empty; null is none"
                                                               : "a manifest is written only where files are: it needs is_writing");
  }
  return Result::ok();
}

const char* text_or_null(const std::string& text) noexcept { return text.empty() ? nullptr : text.c_str(); }

pqflow_orphan describe_orphan(const OrphanReport& report) noexcept {
  pqflow_orphan orphan{};
  orphan.path = report.path.c_str();
  orphan.ring_path = text_or_null(report.ring_path);
  orphan.final_path = text_or_null(report.final_path);
  orphan.problem = text_or_null(report.problem);
  orphan.persisted_records = report.persisted_records;
  orphan.row_groups = report.row_groups;
  orphan.recovered_records = report.recovered_records;
  orphan.duplicate_records = report.duplicate_records;
  orphan.lost_records = report.lost_records;
  orphan.damaged_row_groups = report.damaged_row_groups;
  orphan.torn_journal_bytes = report.torn_journal_bytes;
  orphan.state = static_cast<pqflow_orphan_state>(report.state);
  orphan.action = static_cast<pqflow_orphan_action>(report.action);
  orphan.reason = static_cast<pqflow_orphan_reason>(report.reason);
  orphan.dropped_records = report.dropped_records.value_or(0);
  orphan.is_dropped_known = report.dropped_records ? 1 : 0;
  orphan.is_done = report.is_done ? 1 : 0;
  return orphan;
}

pqflow_recovery sum_up(const RecoveryReport& report) noexcept {
  pqflow_recovery sum{};
  for (const OrphanReport& orphan : report.orphans) {
    const bool is_live = orphan.state == OrphanState::kLive;
    sum.orphans += is_live ? 0U : 1U;
    sum.live_files += is_live ? 1U : 0U;
    sum.done += orphan.is_done ? 1U : 0U;
    sum.problems += orphan.problem.empty() ? 0U : 1U;
    sum.persisted_records += orphan.persisted_records;
    sum.recovered_records += orphan.recovered_records;
    sum.duplicate_records += orphan.duplicate_records;
    sum.lost_records += orphan.lost_records;
    sum.dropped_records += orphan.dropped_records.value_or(0);
  }
  return sum;
}

void tell(const RecoveryReport& report, const pqflow_recover_options& options, pqflow_recovery* recovery) {
  for (const OrphanReport& orphan : report.orphans) {
    const pqflow_orphan described = describe_orphan(orphan);
    if (options.callback != nullptr) {
      options.callback(options.context, &described);
    }
  }
  if (recovery != nullptr) {
    pqflow_recovery sum = sum_up(report);
    sum.struct_size_bytes = recovery->struct_size_bytes;
    std::memcpy(recovery, &sum, std::min<size_t>(recovery->struct_size_bytes, sizeof sum));
  }
}

}  // namespace

extern "C" {

pqflow_recover_options pqflow_recover_options_default(void) {
  pqflow_recover_options options{};
  options.abi_version = PQFLOW_ABI_VERSION;
  options.struct_size_bytes = sizeof options;
  options.ring_dir = pqflow::recover::kDefaultRingFolder;
  return options;
}

pqflow_status pqflow_recover(const pqflow_recover_options* options, pqflow_recovery* recovery, pqflow_error* error) {
  return guarded(error, [&] {
    if (auto result = check_recover_options(options); !result.is_ok()) {
      return result;
    }
    RecoveryReport report;
    const std::string manifest = options->manifest == nullptr ? "" : options->manifest;
    Result result = pqflow::recover::recover_folder({options->folder, options->is_writing == 1, options->ring_dir, manifest},
                                                    pqflow::base::real_system_calls(), pqflow::base::real_clock(), report);
    if (result.is_ok()) {
      tell(report, *options, recovery);
    }
    return result;
  });
}
}
