#include "recover/recovery.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "recover/footer_reader.hpp"
#include "recover/interim_rows.hpp"
#include "recover/judgement.hpp"
#include "recover/line_note.hpp"
#include "recover/recovery_metadata.hpp"

namespace pqflow::recover {

namespace {

std::optional<std::string> schema_name(const UnfinishedFile& file, const AddedRowGroups& added) {
  FoundFooter of_added;
  const bool is_of_added = !file.fields && !added.row_groups.empty() && read_file_metadata(added.row_groups[0].file_metadata, of_added);
  return file.fields ? schema_name_of(*file.fields) : is_of_added ? schema_name_of(of_added.fields) : std::nullopt;
}

// Complete, under its name in progress.
io::ManifestEntry describe_file(const UnfinishedFile& file, const AddedRowGroups& added, const std::string& progress_path,
                                uint64_t utc_ns) {
  std::error_code unknown;
  io::ManifestEntry entry;
  entry.schema = schema_name(file, added);
  entry.rows = file.record_count() + added.record_count;
  entry.bytes = std::filesystem::file_size(progress_path, unknown);
  entry.row_groups = file.found.row_groups.size() + added.row_groups.size();
  entry.ended_at_utc_ns = utc_ns;
  entry.end = "recovered";
  entry.is_synced = true;
  return entry;
}

void tell_failure(base::Result failure, OrphanReport& report) {
  report.problem = failure.message;
  report.failure = std::move(failure);
}

}  // namespace

std::string final_path_of(const std::string& progress_path, const io::ProgressName& name) {
  return progress_path.substr(0, progress_path.rfind('/') + 1) + name.final_name;
}

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

bool Recovery::is_of_other_schema(const UnfinishedFile& file, const FoundRing* ring) const {
  const auto is_other = [&](uint64_t fingerprint) { return settings_.schema_fingerprint && *settings_.schema_fingerprint != fingerprint; };
  return (!file.found.row_groups.empty() && is_other(file.found.row_groups.front().schema_fingerprint)) ||
         (ring != nullptr && is_other(ring->ring.identity.schema_fingerprint));
}

void Recovery::leave_other_schema(OrphanReport& report) {
  report.action = OrphanAction::kNone;
  report.problem = "it holds records of another schema; pqflow recover finishes it";
}

// It has what the interim row groups have, and better so: one row group of many records.
RingShare Recovery::share_with(const FoundRing& ring, Orphan& orphan) {
  RingShare share = share_of(ring.ring, orphan.file);
  if (orphan.file.interims.empty()) {
    return share;
  }
  const uint64_t interim_record_count = orphan.file.interim_record_count();
  std::vector<FoundRowGroup> interims = std::exchange(orphan.file.interims, {});
  RingShare whole = share_of(ring.ring, orphan.file);
  if (whole.record_count - share.record_count != interim_record_count) {
    orphan.file.interims = std::move(interims);
    return share;
  }
  orphan.report.persisted_records = orphan.file.record_count();
  orphan.report.row_groups = orphan.file.found.row_groups.size();
  return whole;
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
  orphan.share = share_with(ring, orphan);
  orphan.report.ring_path = ring.path;
  orphan.report.recovered_records = orphan.share.record_count;
  orphan.report.duplicate_records = orphan.share.duplicate_count;
  orphan.report.torn_journal_bytes = ring.torn_journal_bytes;
  orphan.report.reason = ring.reason;
  take_refused(ring, orphan);
  if (orphan.share.record_count != 0) {
    orphan.report.state = OrphanState::kRecords;
    orphan.report.action = OrphanAction::kFinish;
  }
}

// A file in progress that is not there any more was finished, and tells what was sealed for it.
void Recovery::take_refused(const FoundRing& ring, Orphan& orphan) {
  if (ring.is_journal) {
    return;
  }
  uint64_t dropped_records = 0;
  for (const ring::OrphanGaps& gaps : ring.ring.gaps) {
    orphan.refused.push_back(orphan.source != nullptr ? gaps.untold : gaps.unsealed);
    dropped_records += orphan.refused.back().dropped_records;
  }
  orphan.report.dropped_records = dropped_records;
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
  if (!orphan.file.interims.empty()) {
    if (auto result = add_interims(*orphan.source, orphan.file, added); !result.is_ok()) {
      return result;
    }
  }
  if (orphan.share.record_count != 0) {
    const size_t row_group_count = orphan.file.found.row_groups.size();
    if (auto result = encode_share(orphan.ring->ring, orphan.share, orphan.file.data_end_bytes(), row_group_count, added);
        !result.is_ok()) {
      return result;
    }
  }
  const std::vector<parquet::KeyValue> recovered =
      recovery_metadata({orphan.file, added, orphan.refused, orphan.report.reason, settings_.utc_ns});
  FileFinisher finisher(system_, progress_path, orphan.source, orphan.file, added);
  if (auto result = finisher.complete(recovered); !result.is_ok()) {
    return result;
  }
  if (auto result = remove_ring(orphan); !result.is_ok()) {
    return result;
  }
  return name_file(orphan, added, progress_path, finisher);
}

base::Result Recovery::name_file(Orphan& orphan, const AddedRowGroups& added, const std::string& progress_path, FileFinisher& finisher) {
  if (settings_.manifest.path.empty()) {
    return finisher.take_final_name(orphan.report.final_path);
  }
  io::ManifestEntry entry = describe_file(orphan.file, added, progress_path, settings_.utc_ns);
  entry.begun_at_utc_ns = orphan.begun_at_utc_ns;
  if (orphan.ring != nullptr && orphan.ring->ring.identity.owner.pid > 0) {
    entry.process_id = static_cast<uint64_t>(orphan.ring->ring.identity.owner.pid);
  }
  LineNote note(system_, progress_path);
  const auto take_note = [&](const std::string& name) {
    entry.path = name;
    if (settings_.manifest.complete) {
      settings_.manifest.complete(entry);
    }
    return note.write(name, io::manifest_line(entry));
  };
  if (auto result = finisher.take_final_name(orphan.report.final_path, take_note); !result.is_ok()) {
    return result;
  }
  return note.settle(settings_.manifest.path);
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

base::Result Recovery::judge_contents(const Candidate& candidate, FoundRing* ring, Orphan& orphan) {
  if (candidate.name.is_line) {
    return recover_note(orphan);
  }
  if (candidate.name.is_aside) {
    return judge_aside(*orphan.source, orphan.report);
  }
  if (auto result = read_unfinished_file(*orphan.source, orphan.file); !result.is_ok()) {
    return result;
  }
  judge_file(orphan.file, orphan.report);
  if (is_of_other_schema(orphan.file, ring)) {
    leave_other_schema(orphan.report);
  } else if (ring != nullptr && (orphan.report.state != OrphanState::kUnreadable || is_torn_by_power_cut(*ring, orphan))) {
    take_ring(*ring, orphan);
  }
  return base::Result::ok();
}

// Of a recovery that was killed. Its file, if it is named, is complete; if not, it gets a new one.
base::Result Recovery::recover_note(Orphan& orphan) {
  std::optional<FoundNote> note;
  if (auto result = read_note(*orphan.source, note); !result.is_ok()) {
    return result;
  }
  if (!note) {
    orphan.report.problem = "nothing says that it is a file of pqflow";
    return base::Result::ok();
  }
  orphan.report.state = OrphanState::kLeftover;
  orphan.report.action = OrphanAction::kRemove;
  const bool is_due = settings_.is_writing && !settings_.manifest.path.empty() && is_file_named(orphan.report.path, *note);
  return is_due ? append_once(system_, settings_.manifest.path, note->line) : base::Result::ok();
}

base::Result Recovery::recover_file(const Candidate& candidate, Orphan& orphan) {
  const SourceFile& source = *orphan.source;
  orphan.begun_at_utc_ns = candidate.name.begun_at_utc_ns;
  FoundRing* const ring = candidate.name.is_aside ? nullptr : ring_of(candidate.path);
  if (source.ownership() != Ownership::kNobody || (ring != nullptr && ring->source == nullptr)) {
    judge_owned(ring != nullptr && ring->source == nullptr ? Ownership::kWriter : source.ownership(), orphan.report);
    return base::Result::ok();
  }
  if (auto result = judge_contents(candidate, ring, orphan); !result.is_ok()) {
    return result;
  }
  if (orphan.report.action == OrphanAction::kFinish || orphan.report.action == OrphanAction::kName) {
    orphan.report.final_path = final_path_of(candidate.path, candidate.name);
  }
  return settings_.is_writing ? act(orphan, orphan.report.path) : base::Result::ok();
}

OrphanReport Recovery::recover(const Candidate& candidate, const SourceFile& source) {
  Orphan orphan;
  orphan.source = &source;
  orphan.report.path = candidate.path;
  orphan.report.progress_path = candidate.path;
  if (base::Result result = recover_file(candidate, orphan); !result.is_ok()) {
    tell_failure(std::move(result), orphan.report);
  }
  return std::move(orphan.report);
}

std::optional<OrphanReport> Recovery::recover(const Candidate& candidate) {
  SourceFile source;
  if (base::Result result = source.open(candidate.path, settings_.is_writing); !result.is_ok()) {
    OrphanReport report;
    report.path = candidate.path;
    report.progress_path = candidate.path;
    tell_failure(std::move(result), report);
    return report;
  }
  return source.ownership() == Ownership::kGone ? std::nullopt : std::optional(recover(candidate, source));
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
    return settings_.is_writing ? act(orphan, ring.path) : base::Result::ok();
  }
  const std::optional<io::ProgressName> name =
      io::parse_progress_name(std::filesystem::path(ring.file_path).filename().string(), settings_.utc_ns);
  if (!name) {
    orphan.report.problem = "the name of its file in progress is none: " + ring.file_path;
    return base::Result::ok();
  }
  if (is_of_other_schema(orphan.file, &ring)) {
    leave_other_schema(orphan.report);
    return base::Result::ok();
  }
  orphan.report.state = OrphanState::kEmpty;
  orphan.report.action = OrphanAction::kRemove;
  take_ring(ring, orphan);
  orphan.begun_at_utc_ns = name->begun_at_utc_ns;
  if (orphan.report.action == OrphanAction::kFinish) {
    orphan.report.final_path = final_path_of(ring.file_path, *name);
  }
  return settings_.is_writing ? act(orphan, ring.file_path) : base::Result::ok();
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
    orphan.report.progress_path = ring.file_path;
    if (base::Result result = recover_ring(ring, orphan); !result.is_ok()) {
      tell_failure(std::move(result), orphan.report);
    }
    reports.push_back(std::move(orphan.report));
  }
}

}  // namespace pqflow::recover
