// One file of a journal, as its writer sees it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/system.hpp"
#include "io/piece_writer.hpp"
#include "io/progress_file.hpp"
#include "io/reservation.hpp"
#include "journal/journal_format.hpp"

namespace pqflow::journal {

// What all segments of a capture have in common.
struct JournalIdentity {
  std::string folder;  // With a slash at its end, or empty for the working folder.
  std::string stem;    // .pqflow-PID-NUMBER
  uint64_t capture_id = 0;
  base::ProcessIdentity owner;
  uint64_t layout_fingerprint = 0;
  uint64_t schema_fingerprint = 0;
  uint32_t slot_size_bytes = 0;
  uint32_t record_size_bytes = 0;
  std::vector<uint8_t> descriptor;
  uint64_t full_bytes = uint64_t{128} << 20;  // Asked for at once; a segment that has it is full.
};

// Another one with each call, of the calling process. Reads /proc; allocates.
JournalIdentity make_journal_identity();

// Consecutive slots of one lane.
struct JournaledSpan {
  uint32_t lane_index = 0;
  uint64_t first_sequence = 0;
  std::span<const uint8_t> slots;
};

// Writer thread; blocks. The file is locked as long as this lives, and stays where it is unless it is removed.
class JournalSegment {
 public:
  // `writer` is shared by all segments.
  JournalSegment(const base::SystemCalls& system, io::PieceWriter& writer) : file_(system), writer_(writer), reservation_(system) {}

  // Creates the file, under another name, and writes its head. Fails without leaving a file.
  base::Result create(const JournalIdentity& identity, uint64_t number);
  // Gives it its name when what was written is on the disk, and syncs the folder.
  base::Result take_name();
  // Behind a failure the segment takes nothing more.
  base::Result append(const JournaledSpan& span);
  base::Result append_mark(std::span<const uint64_t> first_needed, const std::string& file_in_progress);
  base::Result sync() { return file_.sync(); }
  void remove() noexcept { file_.remove(); }

  int fd() const noexcept { return file_.fd(); }
  bool is_full() const noexcept { return size_bytes_ >= full_bytes_; }

 private:
  base::Result write(std::span<const std::span<const uint8_t>> pieces);
  base::Result append_block(BlockHead head, std::span<const uint8_t> payload);

  io::ProgressFile file_;
  io::PieceWriter& writer_;
  io::Reservation reservation_;
  std::string path_;
  uint64_t capture_id_ = 0;
  uint64_t number_ = 0;
  uint32_t slot_size_bytes_ = 0;
  uint64_t full_bytes_ = 0;
  uint64_t size_bytes_ = 0;
  std::vector<uint8_t> mark_;
};

}  // namespace pqflow::journal
