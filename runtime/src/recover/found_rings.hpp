// Rings that killed processes left, and the files they belong to.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "recover/report.hpp"
#include "recover/source_file.hpp"
#include "ring/orphan_ring.hpp"

namespace pqflow::recover {

// A segment of a journal.
struct JournalFile {
  std::string path;
  std::unique_ptr<SourceFile> source;  // Has its lock.
};

struct FoundRing {
  std::string path;
  ring::OrphanRing ring;
  std::string file_path;               // Of the file in progress: the folder that was asked for, and the way from there.
  std::unique_ptr<SourceFile> source;  // Has the ring's lock. Null: the ring is live, or another recovery has it.
  std::string problem;                 // Not empty: it cannot be read, and whose it is is not known.
  OrphanReason reason = OrphanReason::kUnknown;
  bool is_used = false;
  bool is_journal = false;            // That stands in for a ring: of refused records it knows nothing.
  bool has_journal = false;           // Power may have been cut: its file may have less than the ring was told.
  std::vector<JournalFile> journals;  // Go with the ring: what they had besides is among its lanes.
  uint64_t torn_journal_bytes = 0;    // Behind the last block of each that can be believed.
  bool is_leftover = false;           // Was made to become a journal: it has nothing.
};

// `path` as a walk through `folder` names it; empty where it is not in or below it. The file, and folders of it, need not be there any
// more.
std::string path_below(const std::string& folder, const std::filesystem::path& path);

struct RingSearch {
  std::string ring_folder;
  std::string folder;     // Of the files in progress, or above it.
  bool is_alone = false;  // As in SourceFile.
  // Of the path of a file in progress, where only some are wanted: others' rings and journals are not locked, those that do not say whose
  // they are are left out, and journals are looked for in `folder` alone.
  std::function<bool(const std::string& file_path)> is_wanted{};
};

// Those in `ring_folder` whose file in progress is in `folder` or below it, and those that cannot be read though nobody has them. In the
// order of their names. None where there is no such folder. Blocks, allocates what the rings hold.
std::vector<FoundRing> find_rings(const RingSearch& search);

}  // namespace pqflow::recover
