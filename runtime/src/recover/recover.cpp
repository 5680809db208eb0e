#include "recover/recover.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "io/line_file.hpp"
#include "io/os_error.hpp"
#include "io/progress_name.hpp"
#include "recover/found_journals.hpp"
#include "recover/recovery.hpp"

namespace pqflow::recover {

namespace {

// In the folder and those below it; links to folders are not followed.
base::Result list_candidates(const std::string& folder, uint64_t utc_ns, std::vector<Candidate>& candidates) {
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator entry(folder, error);
       !error && entry != std::filesystem::recursive_directory_iterator(); entry.increment(error)) {
    if (std::optional<io::ProgressName> name = io::parse_progress_name(entry->path().filename().string(), utc_ns)) {
      candidates.push_back({entry->path().string(), std::move(*name)});
    }
  }
  std::ranges::sort(candidates, {}, &Candidate::path);
  return error ? io::os_failure(PQFLOW_FILE_CALL_LOOK_UP, "cannot list folder " + folder + " and those below it", error.value())
               : base::Result::ok();
}

}  // namespace

base::Result recover_folder(const RecoveryRequest& asked, const base::SystemCalls& system, const base::Clock& clock,
                            RecoveryReport& report) {
  RecoveryRequest request = asked;
  while (request.folder.size() > 1 && request.folder.ends_with('/')) {
    request.folder.pop_back();
  }
  const uint64_t utc_ns = clock.utc_ns(clock.context);
  std::vector<Candidate> candidates;
  if (auto result = list_candidates(request.folder, utc_ns, candidates); !result.is_ok()) {
    return result;
  }
  const bool has_manifest = request.is_writing && !request.manifest_path.empty();
  if (auto result = has_manifest ? io::LineFile(system, request.manifest_path).append({}) : base::Result::ok(); !result.is_ok()) {
    return result;
  }
  const RingSearch search{request.ring_folder, request.folder, request.is_writing};
  std::vector<FoundRing> rings = find_rings(search);
  add_journals(search, rings);
  RecoverySettings settings{request.is_writing, utc_ns};
  settings.manifest.path = request.manifest_path;
  Recovery recovery(settings, system, std::move(rings));
  for (const Candidate& candidate : candidates) {
    if (std::optional<OrphanReport> orphan = recovery.recover(candidate)) {
      report.orphans.push_back(std::move(*orphan));
    }
  }
  recovery.recover_rings(report.orphans);
  return base::Result::ok();
}

}  // namespace pqflow::recover
