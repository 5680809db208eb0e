// What was left, one after the other: looked at, judged, and brought in order.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/system.hpp"
#include "io/manifest_line.hpp"
#include "io/progress_name.hpp"
#include "recover/finish_file.hpp"
#include "recover/found_rings.hpp"
#include "recover/report.hpp"
#include "recover/ring_rows.hpp"
#include "recover/source_file.hpp"
#include "recover/unfinished_file.hpp"

namespace pqflow::recover {

// A file under a name in progress.
struct Candidate {
  std::string path;
  io::ProgressName name;
};

// The name that file gets.
std::string final_path_of(const std::string& progress_path, const io::ProgressName& name);

// A capture's manifest, which gets a line for each file that is finished.
struct RecoveryManifest {
  std::string path;                                    // Empty: none.
  std::function<void(io::ManifestEntry&)> complete{};  // Says what only the caller knows. Empty: nothing.
};

struct RecoverySettings {
  bool is_writing = false;
  uint64_t utc_ns = 0;                           // Now.
  std::optional<uint64_t> schema_fingerprint{};  // What holds records of another schema is left alone.
  RecoveryManifest manifest{};
};

// One thread; blocks.
class Recovery {
 public:
  // `rings`: with the journals, all that may belong to the files.
  Recovery(const RecoverySettings& settings, const base::SystemCalls& system, std::vector<FoundRing> rings)
      : settings_(settings), system_(system), rings_(std::move(rings)) {}

  // Nothing: what was listed has been finished since.
  std::optional<OrphanReport> recover(const Candidate& candidate);
  // `source`: the file, open, and not gone.
  OrphanReport recover(const Candidate& candidate, const SourceFile& source);
  // Rings that no file was there for. Once, after the files.
  void recover_rings(std::vector<OrphanReport>& reports);

 private:
  // What one orphan consists of.
  struct Orphan {
    const SourceFile* source = nullptr;  // Null: the file is not there.
    UnfinishedFile file;
    FoundRing* ring = nullptr;
    RingShare share;
    std::vector<ring::RefusedRecords> refused;  // By each lane of the ring.
    std::optional<uint64_t> begun_at_utc_ns;    // The file's, as its name in progress says.
    OrphanReport report;
  };

  base::Result recover_file(const Candidate& candidate, Orphan& orphan);
  base::Result judge_contents(const Candidate& candidate, FoundRing* ring, Orphan& orphan);
  base::Result recover_ring(FoundRing& ring, Orphan& orphan);
  FoundRing* ring_of(const std::string& path);
  bool is_of_other_schema(const UnfinishedFile& file, const FoundRing* ring) const;
  static bool is_torn_by_power_cut(const FoundRing& ring, Orphan& orphan);
  static void leave_other_schema(OrphanReport& report);
  static RingShare share_with(const FoundRing& ring, Orphan& orphan);
  static void take_ring(FoundRing& ring, Orphan& orphan);
  static void take_refused(const FoundRing& ring, Orphan& orphan);
  base::Result act(Orphan& orphan, const std::string& progress_path);
  base::Result finish(Orphan& orphan, const std::string& progress_path);
  base::Result remove_ring(Orphan& orphan);
  base::Result name_file(Orphan& orphan, const AddedRowGroups& added, const std::string& progress_path, FileFinisher& finisher);
  base::Result recover_note(Orphan& orphan);

  const RecoverySettings settings_;
  const base::SystemCalls& system_;
  std::vector<FoundRing> rings_;
};

}  // namespace pqflow::recover
