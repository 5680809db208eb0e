#include "sink/orphan_recovery.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "recover/recover.hpp"
#include "recover/recover_target.hpp"
#include "sink/caught_exception.hpp"
#include "sink/file_size_signal.hpp"
#include "sink/taken_path.hpp"

namespace pqflow::sink {

namespace {

// Of the first that stays. What cannot be read for other reasons than a failed call is an IO_ERROR too.
base::Result why_not_all(const std::vector<recover::OrphanReport>& orphans) {
  const auto is_left = [](const recover::OrphanReport& orphan) { return !orphan.is_done; };
  const auto first = std::ranges::find_if(orphans, is_left);
  if (first == orphans.end()) {
    return base::Result::ok();
  }
  const auto left_count = static_cast<size_t>(std::ranges::count_if(orphans, is_left));
  base::Result failure = first->failure;
  failure.status = failure.is_ok() ? PQFLOW_STATUS_IO_ERROR : failure.status;
  failure.message = std::to_string(left_count) + " of " + std::to_string(orphans.size()) +
                    " orphans of this path could not be recovered; the first is " + first->path + ": " + first->problem;
  return failure;
}

base::Result try_recover_target(const recover::TargetRequest& request, const base::SystemCalls& system, recover::TargetRecovery& recovery) {
  const FileSizeSignalBlocked blocked;
  try {
    return recover::recover_target(request, system, recovery);
  } catch (...) {
    return describe_exception("recovery at open");
  }
}

}  // namespace

base::Result recover_orphans(const OpenPlan& plan, const FileNames& names, const base::SystemCalls& system, const base::Clock& clock,
                             RecoveredOrphans& orphans) {
  recover::TargetRequest request;
  request.path_template = plan.path_template;
  request.values = {plan.schema.name, 0, clock.utc_ns(clock.context), names.host, names.process_id};
  request.schema_fingerprint = plan.schema.schema_fingerprint;
  request.ring_folder = plan.ring_dir.empty() ? recover::kDefaultRingFolder : plan.ring_dir;
  request.manifest_path = names.manifest_path;
  request.is_behind_finished = plan.options.if_exists != PQFLOW_IF_EXISTS_REPLACE;
  recover::TargetRecovery recovery;
  orphans.failure = try_recover_target(request, system, recovery);
  if (!recovery.taken_path.empty()) {
    return path_is_taken(plan.path_template, recovery.taken_path, names.process_id);
  }
  orphans.found = static_cast<uint32_t>(recovery.orphans.size());
  orphans.recovered = static_cast<uint32_t>(std::ranges::count_if(recovery.orphans, &recover::OrphanReport::is_done));
  orphans.next_sequence = recovery.next_sequence;
  orphans.failure = orphans.failure.is_ok() ? why_not_all(recovery.orphans) : std::move(orphans.failure);
  return base::Result::ok();
}

}  // namespace pqflow::sink
