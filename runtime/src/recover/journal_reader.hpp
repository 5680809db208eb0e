// A segment of a journal that a writer left, read with suspicion.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "journal/journal_format.hpp"
#include "recover/source_file.hpp"

namespace pqflow::recover {

// Consecutive records of one lane, as they lie in the segment.
struct JournalBlock {
  uint32_t lane_index = 0;
  uint64_t first_sequence = 0;
  uint64_t record_count = 0;
  const uint8_t* first_slot = nullptr;  // In ReadSegment::contents.
};

struct JournalMark {
  std::vector<uint64_t> first_needed;  // Of each lane, 0 for those that came later: records before are in finished files.
  std::string file_in_progress;
};

struct ReadSegment {
  journal::SegmentHead head;
  std::vector<uint8_t> contents;
  std::vector<uint8_t> descriptor;
  std::vector<JournalBlock> blocks;  // In their order.
  std::optional<JournalMark> mark;   // The last one.
  uint64_t torn_bytes = 0;           // Behind the last block that can be believed.
};

// Blocks, allocates the whole segment. IO_ERROR where it cannot be read, INVALID_ARGUMENT, with what is wrong, where its head cannot be
// believed.
base::Result read_segment(const SourceFile& file, ReadSegment& segment);

}  // namespace pqflow::recover
