#include "recover/recover_target.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "io/os_error.hpp"
#include "io/progress_name.hpp"
#include "io/target_pattern.hpp"
#include "recover/found_journals.hpp"
#include "recover/recover.hpp"
#include "recover/recovery.hpp"

namespace pqflow::recover {

namespace {

// Who only asks for a lock has it for some microseconds.
constexpr int kLockTries = 5;
constexpr std::chrono::milliseconds kLockWait(1);

struct TargetFile {
  Candidate candidate;
  std::unique_ptr<SourceFile> source;  // Null: it cannot be opened.
  base::Result failure;
};

bool is_missing(const std::string& path) {
  std::error_code unknown;
  return std::filesystem::symlink_status(path, unknown).type() == std::filesystem::file_type::not_found;
}

class TargetOrphans {
 public:
  TargetOrphans(const TargetRequest& request, const base::SystemCalls& system)
      : request_(request), system_(system), pattern_(request.path_template, request.values) {}

  base::Result list() { return list_folder(pattern_.folder(), 0); }
  void lock_files();
  // Of the names that the sink itself would give; empty: none.
  std::string taken_path() const;
  void recover(TargetRecovery& recovery);

 private:
  base::Result list_folder(const std::string& folder, size_t level);
  void note_file(const std::string& folder, const std::string& name);
  void note_finished(const std::string& path);
  static void lock_file(TargetFile& file);
  static bool is_taken(const TargetFile& file) { return file.source != nullptr && file.source->ownership() == Ownership::kWriter; }
  bool is_own_name(const Candidate& candidate) const;
  bool is_wanted(const std::string& progress_path) const;
  std::vector<FoundRing> find_rings_of_files() const;
  void recover_files(Recovery& recovery, std::vector<OrphanReport>& reports) const;
  uint64_t sequence_behind(const OrphanReport& orphan) const;
  void complete_entry(io::ManifestEntry& entry) const;

  const TargetRequest& request_;
  const base::SystemCalls& system_;
  const io::TargetPattern pattern_;
  std::vector<TargetFile> files_;  // In the order of their names.
  uint64_t behind_finished_ = 0;
};

// ---- Looking ----

void TargetOrphans::note_file(const std::string& folder, const std::string& name) {
  std::optional<io::ProgressName> progress = io::parse_progress_name(name, request_.values.begun_at_utc_ns);
  if (!progress) {
    note_finished(folder + name);
  } else if (pattern_.names_file(progress->final_name)) {
    files_.push_back({{folder + name, std::move(*progress)}, nullptr, {}});
  }
}

// Of other dates and processes none is in the way.
void TargetOrphans::note_finished(const std::string& path) {
  const std::optional<uint64_t> sequence = request_.is_behind_finished ? pattern_.sequence_of(path) : std::nullopt;
  if (!sequence) {
    return;
  }
  io::PathValues values = request_.values;
  values.sequence = *sequence;
  io::ExpandedPath own;
  if (io::expand_path(request_.path_template, values, own).is_ok() && path.ends_with(own.path)) {
    behind_finished_ = std::max(behind_finished_, *sequence + 1);
  }
}

// Links to folders are not followed.
base::Result TargetOrphans::list_folder(const std::string& folder, size_t level) {
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error); !error && entry != std::filesystem::directory_iterator();
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (level == pattern_.depth()) {
      note_file(folder, name);
      continue;
    }
    std::error_code unknown;
    if (pattern_.names_folder(level, name) && entry->symlink_status(unknown).type() == std::filesystem::file_type::directory) {
      if (auto result = list_folder(folder + name + "/", level + 1); !result.is_ok()) {
        return result;
      }
    }
  }
  std::ranges::sort(files_, {}, [](const TargetFile& file) { return file.candidate.path; });
  const bool is_failure = error && error.value() != ENOENT;
  return is_failure
             ? io::os_failure(PQFLOW_FILE_CALL_LOOK_UP, "cannot list folder " + folder + " for what killed captures left", error.value())
             : base::Result::ok();
}

// ---- Locks ----

void TargetOrphans::lock_file(TargetFile& file) {
  file.source = std::make_unique<SourceFile>();
  file.failure = file.source->open(file.candidate.path, true);
  if (!file.failure.is_ok()) {
    file.source.reset();
  }
}

void TargetOrphans::lock_files() {
  std::ranges::for_each(files_, lock_file);
  const auto is_not_ours = [](const TargetFile& file) { return file.source != nullptr && file.source->ownership() != Ownership::kNobody; };
  for (int attempt = 1; attempt < kLockTries && std::ranges::any_of(files_, is_not_ours); ++attempt) {
    std::this_thread::sleep_for(kLockWait);
    for (TargetFile& file : files_) {
      if (is_not_ours(file)) {
        lock_file(file);
      }
    }
  }
  std::erase_if(files_, [this](const TargetFile& file) {
    const bool is_gone = file.source != nullptr && file.source->ownership() == Ownership::kGone;
    if (is_gone) {
      note_finished(final_path_of(file.candidate.path, file.candidate.name));
    }
    return is_gone;
  });
}

bool TargetOrphans::is_own_name(const Candidate& candidate) const {
  io::ExpandedPath own;
  if (!io::expand_path(request_.path_template, request_.values, own).is_ok()) {
    return false;
  }
  std::string own_folder = own.path.substr(0, own.path.rfind('/') + 1);
  if (!own_folder.starts_with(pattern_.folder())) {
    own_folder.insert(0, pattern_.folder());  // "./"
  }
  return final_path_of(candidate.path, {}) == own_folder &&
         io::has_name(request_.path_template, request_.values, candidate.name.final_name);
}

std::string TargetOrphans::taken_path() const {
  const auto file = std::ranges::find_if(files_, [&](const TargetFile& one) { return is_taken(one) && is_own_name(one.candidate); });
  return file == files_.end() ? "" : file->candidate.path;
}

// ---- Rings ----

// Whoever has the file has what belongs to it; where there is none, whoever comes first.
bool TargetOrphans::is_wanted(const std::string& progress_path) const {
  const size_t name_start = progress_path.rfind('/') + 1;
  const auto name = io::parse_progress_name(progress_path.substr(name_start), request_.values.begun_at_utc_ns);
  if (!name || !pattern_.sequence_of(progress_path.substr(0, name_start) + name->final_name)) {
    return false;
  }
  const auto file = std::ranges::find_if(files_, [&](const TargetFile& one) { return one.candidate.path == progress_path; });
  return file != files_.end() ? file->source != nullptr && file->source->ownership() == Ownership::kNobody : is_missing(progress_path);
}

std::vector<FoundRing> TargetOrphans::find_rings_of_files() const {
  const RingSearch search{request_.ring_folder, pattern_.folder(), true, [this](const std::string& path) { return is_wanted(path); }};
  std::vector<FoundRing> rings = find_rings(search);
  add_journals(search, rings);
  return rings;
}

// ---- Doing ----

// What was made beside a file stays as long as that does; its line may have gone with it.
void TargetOrphans::recover_files(Recovery& recovery, std::vector<OrphanReport>& reports) const {
  for (const TargetFile& file : files_) {
    const auto is_beside = [&](const OrphanReport& report) {
      return !report.is_done && file.candidate.path.starts_with(report.path + ".");
    };
    const bool is_staying = file.candidate.name.is_aside && std::ranges::any_of(reports, is_beside);
    const bool is_gone = file.candidate.name.is_line && is_missing(file.candidate.path);
    if (is_staying || is_gone) {
      continue;
    }
    if (file.source != nullptr) {
      reports.push_back(recovery.recover(file.candidate, *file.source));
    } else {
      OrphanReport& report = reports.emplace_back();
      report.path = report.progress_path = file.candidate.path;
      report.problem = file.failure.message;
      report.failure = file.failure;
    }
  }
}

// A number that no file has is given again.
uint64_t TargetOrphans::sequence_behind(const OrphanReport& orphan) const {
  const size_t name_start = orphan.progress_path.rfind('/') + 1;
  const auto name = io::parse_progress_name(orphan.progress_path.substr(name_start), request_.values.begun_at_utc_ns);
  const std::string final_path = name ? final_path_of(orphan.progress_path, *name) : "";
  const uint64_t sequence = pattern_.sequence_of(final_path).value_or(0);
  std::error_code unknown;
  const bool is_free = orphan.is_done && orphan.action == OrphanAction::kRemove && !std::filesystem::exists(final_path, unknown);
  return is_free ? sequence : sequence + 1;
}

// The path as the sink's own lines have theirs.
void TargetOrphans::complete_entry(io::ManifestEntry& entry) const {
  entry.file_sequence = pattern_.sequence_of(entry.path);
  if (entry.path.starts_with("./") && !request_.path_template.starts_with("./")) {
    entry.path.erase(0, 2);
  }
}

void TargetOrphans::recover(TargetRecovery& recovery) {
  recovery.next_sequence = behind_finished_;
  for (const TargetFile& file : files_) {  // Should memory not suffice for more.
    recovery.next_sequence =
        std::max(recovery.next_sequence, pattern_.sequence_of(final_path_of(file.candidate.path, file.candidate.name)).value_or(0) + 1);
  }
  RecoverySettings settings{true, request_.values.begun_at_utc_ns, request_.schema_fingerprint};
  settings.manifest = {request_.manifest_path, [this](io::ManifestEntry& entry) { complete_entry(entry); }};
  Recovery work(settings, system_, find_rings_of_files());
  recover_files(work, recovery.orphans);
  work.recover_rings(recovery.orphans);
  std::erase_if(recovery.orphans, [](const OrphanReport& orphan) { return orphan.state == OrphanState::kLive; });
  recovery.next_sequence = behind_finished_;
  for (const OrphanReport& orphan : recovery.orphans) {
    recovery.next_sequence = std::max(recovery.next_sequence, sequence_behind(orphan));
  }
}

}  // namespace

base::Result recover_target(const TargetRequest& request, const base::SystemCalls& system, TargetRecovery& recovery) {
  io::ExpandedPath first;
  if (!io::expand_path(request.path_template, request.values, first).is_ok()) {
    return base::Result::ok();  // What is wrong with it, the first file's name will tell.
  }
  TargetOrphans orphans(request, system);
  if (auto result = orphans.list(); !result.is_ok()) {
    return result;
  }
  orphans.lock_files();
  recovery.taken_path = orphans.taken_path();
  if (recovery.taken_path.empty()) {
    orphans.recover(recovery);
  }
  return base::Result::ok();
}

}  // namespace pqflow::recover
