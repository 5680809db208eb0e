// What a disk may hold after a power cut, told from the calls that were made: of contents, whatever was synced, and of the rest any part,
// in any order; of names, those of the last sync of the folder, and of the changes since then the first few.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "live/recording_system.hpp"

namespace pqflow::test {

// Which of the unsynced writes of a file reach the disk.
enum class Survivors { kNone, kAll, kAllButLast, kOnlyLast, kLastTorn, kEveryOther, kAllButFirst, kSomeAtRandom };
constexpr Survivors kSurvivors[] = {Survivors::kNone,     Survivors::kAll,        Survivors::kAllButLast,  Survivors::kOnlyLast,
                                    Survivors::kLastTorn, Survivors::kEveryOther, Survivors::kAllButFirst, Survivors::kSomeAtRandom};

class PowerCutDisk {
 public:
  void apply(const RecordedCall& call);

  // Changes of names since the folder's last sync.
  size_t unsynced_names() const { return name_changes_.size(); }
  // Final names after the first `name_changes` of them, with the files they name.
  std::map<std::string, size_t> final_names(size_t name_changes) const;
  // All names, likewise.
  std::map<std::string, size_t> names(size_t name_changes) const;
  // Of a file that names() tells.
  std::vector<uint8_t> contents(size_t file, Survivors survivors, uint32_t seed) const;
  bool is_synced(size_t file) const { return files_[file].unsynced.empty(); }

 private:
  // One write, or one length.
  struct Change {
    uint64_t offset_bytes = 0;
    std::vector<uint8_t> bytes;
    bool sets_length = false;
    uint64_t length_bytes = 0;
  };
  struct File {
    std::vector<uint8_t> synced;
    std::vector<Change> unsynced;
    std::vector<uint8_t> cached;  // As the running system sees it.
  };
  struct NameChange {
    Action action;
    std::string path;
    std::string other_path;
    size_t file;
  };
  using Names = std::map<std::string, size_t>;

  static void change(std::vector<uint8_t>& contents, const Change& change, size_t byte_count = SIZE_MAX);
  static void change(Names& names, const NameChange& change);
  void change_file(size_t file, Change change);
  void change_names(NameChange change);

  std::vector<File> files_;
  Names names_;         // As the running system sees them.
  Names synced_names_;  // As the folder's last sync left them.
  std::vector<NameChange> name_changes_;
};

}  // namespace pqflow::test
