#include "recover/recover.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "io/os_error.hpp"
#include "io/progress_name.hpp"
#include "recover/finish_file.hpp"
#include "recover/found_journals.hpp"
#include "recover/found_rings.hpp"
#include "recover/judgement.hpp"
#include "recover/recovery_metadata.hpp"
#include "recover/ring_rows.hpp"
#include "recover/unfinished_file.hpp"

namespace pqflow::recover {

namespace {

struct Candidate {
  std::string path;
  io::ProgressName name;
};

std::string beside(const std::string& path, const std::string& file_name) { return path.substr(0, path.rfind('/') + 1) + file_name; }

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

// What one orphan consists of.
struct Orphan {
  const SourceFile* source = nullptr;  // Null: the file is not there.
  UnfinishedFile file;
  FoundRing* ring = nullptr;
  RingShare share;
  OrphanReport report;
};

class Recovery {
 public:
  Recovery(const RecoveryRequest& request, const base::SystemCalls& system, uint64_t utc_ns)
      : request_(request), system_(system), utc_ns_(utc_ns), rings_(find_rings(request.ring_folder, request.folder, request.is_writing)) {
    add_journals(request.folder, request.is_writing, rings_);
  }

  // Nothing: what was listed has been finished since.
  std::optional<OrphanReport> recover(const Candidate& candidate);
  // Rings that no file was there for. Once, after the files.
  void recover_rings(std::vector<OrphanReport>& reports);

 private:
  base::Result recover_file(const Candidate& candidate, const SourceFile& source, Orphan& orphan);
  base::Result recover_ring(FoundRing& ring, Orphan& orphan);
  FoundRing* ring_of(const std::string& path);
  static bool is_torn_by_power_cut(const FoundRing& ring, Orphan& orphan);
  void take_ring(FoundRing& ring, Orphan& orphan);
  base::Result act(Orphan& orphan, const std::string& progress_path);
  base::Result finish(Orphan& orphan, const std::string& progress_path);
  base::Result remove_ring(Orphan& orphan);

  const RecoveryRequest& request_;
  const base::SystemCalls& system_;
  const uint64_t utc_ns_;
  std::vector<FoundRing> rings_;
};

// ---- Looking ----

FoundRing* Recovery::ring_of(const std::string& path) {
  const auto ring = std::ranges::find(rings_, path, &FoundRing::file_path);
  return ring == rings_.end() ? nullptr : &*ring;
}

// Without a whole row group, and known to be pqflow's by its journal, which has what counted as durable: as good as empty.
bool Recovery::is_torn_by_power_cut(const FoundRing& ring, Orphan& orphan) {
  if (!ring.has_journal || !ring.problem.empty() || !orphan.file.found.row_groups.empty()) {
    return false;
  }
  orphan.report.state = OrphanState::kEmpty;
  orphan.report.action = OrphanAction::kRemove;
  orphan.report.problem.clear();
  return true;
}

// Its records become row groups of the file, if they are of the same columns; else the ring stays for a file of its own.
void Recovery::take_ring(FoundRing& ring, Orphan& orphan) {
  const auto& row_groups = orphan.file.found.row_groups;
  const ring::RingIdentity& identity = ring.ring.identity;
  const bool is_same_schema = row_groups.empty() || (row_groups.front().schema_fingerprint == identity.schema_fingerprint &&
                                                     row_groups.front().layout_fingerprint == identity.layout_fingerprint);
  if (!is_same_schema) {
    return;
  }
  ring.is_used = true;
  orphan.ring = &ring;
  orphan.share = share_of(ring.ring, orphan.file);
  orphan.report.ring_path = ring.path;
  orphan.report.recovered_records = orphan.share.record_count;
  orphan.report.duplicate_records = orphan.share.duplicate_count;
  orphan.report.torn_journal_bytes = ring.torn_journal_bytes;
  if (orphan.share.record_count != 0) {
    orphan.report.state = OrphanState::kRecords;
    orphan.report.action = OrphanAction::kFinish;
  }
}

// ---- Doing ----

base::Result Recovery::remove_ring(Orphan& orphan) {
  if (orphan.ring == nullptr) {
    return base::Result::ok();
  }
  base::Result result = remove_file(system_, orphan.ring->path);
  for (const JournalFile& journal : orphan.ring->journals) {
    result = result.is_ok() ? remove_file(system_, journal.path) : std::move(result);
  }
  return result;
}

// The ring goes when a complete file has all it has, and before that file can be taken for somebody else's.
base::Result Recovery::finish(Orphan& orphan, const std::string& progress_path) {
  AddedRowGroups added;
  if (orphan.share.record_count != 0) {
    const size_t row_group_count = orphan.file.found.row_groups.size();
    if (auto result = encode_share(orphan.ring->ring, orphan.share, orphan.file.data_end_bytes(), row_group_count, added);
        !result.is_ok()) {
      return result;
    }
  }
  const parquet::KeyValue recovered = recovery_metadata(orphan.file, added, utc_ns_);
  FileFinisher finisher(system_, progress_path, orphan.source, orphan.file, added);
  if (auto result = finisher.complete({&recovered, 1}); !result.is_ok()) {
    return result;
  }
  if (auto result = remove_ring(orphan); !result.is_ok()) {
    return result;
  }
  return finisher.take_final_name(orphan.report.final_path);
}

base::Result Recovery::act(Orphan& orphan, const std::string& progress_path) {
  base::Result result;
  if (orphan.report.action == OrphanAction::kFinish || orphan.report.action == OrphanAction::kName) {
    result = finish(orphan, progress_path);
  } else if (orphan.report.action == OrphanAction::kRemove) {
    result = orphan.source != nullptr ? remove_file(system_, progress_path) : base::Result::ok();
    if (result.is_ok()) {
      result = remove_ring(orphan);
    }
  }
  orphan.report.is_done = result.is_ok() && orphan.report.action != OrphanAction::kNone;
  return result;
}

// ---- One by one ----

base::Result Recovery::recover_file(const Candidate& candidate, const SourceFile& source, Orphan& orphan) {
  FoundRing* const ring = candidate.name.is_aside ? nullptr : ring_of(candidate.path);
  if (source.ownership() != Ownership::kNobody || (ring != nullptr && ring->source == nullptr)) {
    judge_owned(ring != nullptr && ring->source == nullptr ? Ownership::kWriter : source.ownership(), orphan.report);
    return base::Result::ok();
  }
  if (candidate.name.is_aside) {
    if (auto result = judge_aside(source, orphan.report); !result.is_ok()) {
      return result;
    }
  } else {
    if (auto result = read_unfinished_file(source, orphan.file); !result.is_ok()) {
      return result;
    }
    judge_file(orphan.file, orphan.report);
    if (ring != nullptr && (orphan.report.state != OrphanState::kUnreadable || is_torn_by_power_cut(*ring, orphan))) {
      take_ring(*ring, orphan);
    }
  }
  if (orphan.report.action == OrphanAction::kFinish || orphan.report.action == OrphanAction::kName) {
    orphan.report.final_path = beside(candidate.path, candidate.name.final_name);
  }
  return request_.is_writing ? act(orphan, orphan.report.path) : base::Result::ok();
}

std::optional<OrphanReport> Recovery::recover(const Candidate& candidate) {
  SourceFile source;
  base::Result result = source.open(candidate.path, request_.is_writing);
  if (result.is_ok() && source.ownership() == Ownership::kGone) {
    return std::nullopt;
  }
  Orphan orphan;
  orphan.source = &source;
  orphan.report.path = candidate.path;
  if (result.is_ok()) {
    result = recover_file(candidate, source, orphan);
  }
  if (!result.is_ok()) {
    orphan.report.problem = std::move(result.message);
  }
  return std::move(orphan.report);
}

base::Result Recovery::recover_ring(FoundRing& ring, Orphan& orphan) {
  if (ring.source == nullptr) {
    judge_owned(Ownership::kWriter, orphan.report);
    return base::Result::ok();
  }
  if (!ring.problem.empty()) {
    orphan.report.problem = ring.problem;
    return base::Result::ok();
  }
  if (ring.is_leftover) {
    orphan.ring = &ring;
    orphan.report.state = OrphanState::kLeftover;
    orphan.report.action = OrphanAction::kRemove;
    return request_.is_writing ? act(orphan, ring.path) : base::Result::ok();
  }
  const std::optional<io::ProgressName> name = io::parse_progress_name(std::filesystem::path(ring.file_path).filename().string(), utc_ns_);
  if (!name) {
    orphan.report.problem = "the name of its file in progress is none: " + ring.file_path;
    return base::Result::ok();
  }
  orphan.report.state = OrphanState::kEmpty;
  orphan.report.action = OrphanAction::kRemove;
  take_ring(ring, orphan);
  if (orphan.report.action == OrphanAction::kFinish) {
    orphan.report.final_path = beside(ring.file_path, name->final_name);
  }
  return request_.is_writing ? act(orphan, ring.file_path) : base::Result::ok();
}

void Recovery::recover_rings(std::vector<OrphanReport>& reports) {
  for (FoundRing& ring : rings_) {
    const bool has_file =
        std::ranges::any_of(reports, [&](const OrphanReport& report) { return !report.is_done && report.path == ring.file_path; });
    if (ring.is_used || has_file) {
      continue;
    }
    Orphan orphan;
    orphan.report.path = ring.path;
    if (base::Result result = recover_ring(ring, orphan); !result.is_ok()) {
      orphan.report.problem = std::move(result.message);
    }
    reports.push_back(std::move(orphan.report));
  }
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
  Recovery recovery(request, system, utc_ns);
  for (const Candidate& candidate : candidates) {
    if (std::optional<OrphanReport> orphan = recovery.recover(candidate)) {
      report.orphans.push_back(std::move(*orphan));
    }
  }
  recovery.recover_rings(report.orphans);
  return base::Result::ok();
}

}  // namespace pqflow::recover
