#include "recover/found_journals.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "recover/journal_reader.hpp"
#include "recover/orphan_reason.hpp"

namespace pqflow::recover {

namespace {

struct FoundSegment {
  std::string path;
  std::unique_ptr<SourceFile> source;
  ReadSegment read;
  std::string problem;
};

// By what is before the number in their names: the segments of a capture, in their order.
using JournalPaths = std::map<std::string, std::vector<std::string>>;

// False: somebody has it.
bool take_segment(const std::string& path, bool is_alone, std::vector<FoundSegment>& segments) {
  FoundSegment segment;
  segment.path = path;
  segment.source = std::make_unique<SourceFile>();
  base::Result result = segment.source->open(path, is_alone);
  if (!result.is_ok() || segment.source->ownership() == Ownership::kGone) {
    return true;  // The first: another user's.
  }
  if (segment.source->ownership() != Ownership::kNobody) {
    return false;
  }
  result = read_segment(*segment.source, segment.read);
  segment.problem = result.message;
  segments.push_back(std::move(segment));
  return true;
}

FoundRing leftover(const std::string& path, bool is_alone) {
  FoundRing found;
  found.path = path;
  found.is_leftover = true;
  auto source = std::make_unique<SourceFile>();
  if (source->open(path, is_alone).is_ok() && source->ownership() == Ownership::kNobody) {
    found.source = std::move(source);
  }
  return found;
}

void note_journal(const std::filesystem::path& path, const RingSearch& search, JournalPaths& journals, std::vector<FoundRing>& rings) {
  const std::string starting = std::string(journal::kJournalNameEnding) + journal::kJournalStartingEnding;
  const std::string name = path.filename().string();
  if (!name.starts_with(journal::kJournalNameBeginning)) {
    return;
  }
  if (name.ends_with(journal::kJournalNameEnding)) {
    const std::string text = path.string();
    const size_t name_end = text.size() - std::string_view(journal::kJournalNameEnding).size();
    journals[text.substr(0, text.rfind('.', name_end - 1))].push_back(text);
  } else if (name.ends_with(starting) && !search.is_wanted) {
    rings.push_back(leftover(path.string(), search.is_alone));
  }
}

template <typename Iterator>
void walk(const RingSearch& search, JournalPaths& journals, std::vector<FoundRing>& rings) {
  std::error_code error;
  for (Iterator entry(search.folder, error); !error && entry != Iterator(); entry.increment(error)) {
    note_journal(entry->path(), search, journals, rings);
  }
}

JournalPaths list_journals(const RingSearch& search, std::vector<FoundRing>& rings) {
  JournalPaths journals;
  if (search.is_wanted) {
    walk<std::filesystem::directory_iterator>(search, journals, rings);
  } else {
    walk<std::filesystem::recursive_directory_iterator>(search, journals, rings);
  }
  for (auto& [stem, paths] : journals) {
    std::ranges::sort(paths);
  }
  return journals;
}

// Empty: not known, or elsewhere. Asks for no lock.
std::string file_of_journal(const std::vector<std::string>& paths, const std::string& folder) {
  for (auto path = paths.rbegin(); path != paths.rend(); ++path) {
    SourceFile source;
    ReadSegment segment;
    if (source.open_unlocked(*path).is_ok() && source.fd() >= 0 && read_segment(source, segment).is_ok() && segment.mark) {
      return path_below(folder, segment.mark->file_in_progress);
    }
  }
  return "";
}

// ---- Records ----

uint64_t first_needed_of(const JournalMark& mark, uint32_t lane_index) noexcept {
  return lane_index < mark.first_needed.size() ? mark.first_needed[lane_index] : 0;
}

// Behind `end`, which no part of the lane before it reaches beyond.
void add_block(const JournalBlock& block, uint64_t first_needed, const journal::SegmentHead& head, std::vector<ring::OrphanLane>& lanes) {
  const auto before = std::find_if(lanes.rbegin(), lanes.rend(), [&](const auto& lane) { return lane.lane_index == block.lane_index; });
  const uint64_t held_end = before == lanes.rend() ? 0 : before->first_index + before->record_count;
  const uint64_t first = std::max({block.first_sequence, first_needed, held_end});
  const uint64_t end = block.first_sequence + block.record_count;
  if (first >= end) {
    return;
  }
  const bool is_apart = before == lanes.rend() || held_end != first;
  ring::OrphanLane& lane = is_apart ? lanes.emplace_back() : *before;
  lane.lane_index = block.lane_index;
  lane.first_index = is_apart ? first : lane.first_index;
  for (uint64_t sequence = first; sequence < end; ++sequence) {
    const uint8_t* const slot = block.first_slot + (sequence - block.first_sequence) * head.slot_size_bytes;
    lane.records.insert(lane.records.end(), slot, slot + head.record_size_bytes);
  }
  lane.record_count += end - first;
}

FoundRing ring_of_journal(std::vector<FoundSegment>& segments, const std::string& folder) {
  FoundRing found;
  found.is_journal = found.has_journal = true;
  found.path = segments.front().path;
  JournalMark mark;
  for (FoundSegment& segment : segments) {
    found.problem = segment.problem.empty() ? found.problem : segment.problem;
    mark = segment.read.mark.value_or(std::move(mark));
  }
  found.file_path = path_below(folder, mark.file_in_progress);
  const ReadSegment& last = segments.back().read;
  found.reason = reason_of_journal(last.head.owner);
  found.ring.identity.owner = last.head.owner;
  found.ring.identity.layout_fingerprint = last.head.layout_fingerprint;
  found.ring.identity.schema_fingerprint = last.head.schema_fingerprint;
  found.ring.identity.geometry.record_size_bytes = last.head.record_size_bytes;
  found.ring.file_in_progress = mark.file_in_progress;
  found.ring.descriptor = last.descriptor;
  for (FoundSegment& segment : segments) {
    for (const JournalBlock& block : segment.read.blocks) {
      add_block(block, first_needed_of(mark, block.lane_index), segment.read.head, found.ring.lanes);
    }
    found.torn_journal_bytes += segment.read.torn_bytes;
    segment.read = {};
    found.journals.push_back({segment.path, std::move(segment.source)});
  }
  return found;
}

// ---- With a ring ----

// What of `lane` lies before or behind the ring's records of it.
void add_outside(const ring::OrphanLane& lane, const ring::OrphanLane& in_ring, uint32_t record_size_bytes,
                 std::vector<ring::OrphanLane>& lanes) {
  const uint64_t end = lane.first_index + lane.record_count;
  const auto add = [&](uint64_t first, uint64_t stop) {
    if (first < stop) {
      const auto begin = lane.records.begin() + static_cast<std::ptrdiff_t>((first - lane.first_index) * record_size_bytes);
      lanes.push_back(
          {lane.lane_index, first, {begin, begin + static_cast<std::ptrdiff_t>((stop - first) * record_size_bytes)}, stop - first});
    }
  };
  add(lane.first_index, std::min(end, in_ring.first_index));
  add(std::max(lane.first_index, in_ring.first_index + in_ring.record_count), end);
}

void add_to_ring(FoundRing journal, FoundRing& ring) {
  std::vector<ring::OrphanLane> lanes = ring.ring.lanes;
  for (ring::OrphanLane& lane : journal.ring.lanes) {
    const auto in_ring = std::ranges::find(ring.ring.lanes, lane.lane_index, &ring::OrphanLane::lane_index);
    if (in_ring == ring.ring.lanes.end() || in_ring->record_count == 0) {
      lanes.push_back(std::move(lane));
    } else {
      add_outside(lane, *in_ring, journal.ring.identity.geometry.record_size_bytes, lanes);
    }
  }
  std::ranges::sort(lanes, [](const auto& one, const auto& other) {
    return std::pair(one.lane_index, one.first_index) < std::pair(other.lane_index, other.first_index);
  });
  ring.ring.lanes = std::move(lanes);
  ring.has_journal = true;
  ring.journals = std::move(journal.journals);
  ring.torn_journal_bytes = journal.torn_journal_bytes;
}

bool belong_together(const FoundRing& ring, const FoundRing& journal) {
  return ring.problem.empty() && ring.source != nullptr && !ring.is_leftover && ring.file_path == journal.file_path &&
         ring.ring.identity.schema_fingerprint == journal.ring.identity.schema_fingerprint &&
         ring.ring.identity.layout_fingerprint == journal.ring.identity.layout_fingerprint;
}

// Then the file is not free either.
void add_taken_journal(const std::string& path, const std::string& file_path, std::vector<FoundRing>& rings) {
  const auto ring = std::ranges::find(rings, file_path, &FoundRing::file_path);
  if (ring != rings.end()) {
    ring->source.reset();
    return;
  }
  FoundRing& taken = rings.emplace_back();
  taken.path = path;
  taken.file_path = file_path;
  taken.has_journal = true;
}

void add_free_journal(std::vector<FoundSegment>& segments, const std::string& folder, std::vector<FoundRing>& rings) {
  FoundRing journal = ring_of_journal(segments, folder);
  if (journal.problem.empty() && journal.file_path.empty()) {
    return;  // Of files elsewhere.
  }
  const auto ring = std::ranges::find_if(rings, [&](const FoundRing& found) { return belong_together(found, journal); });
  if (ring != rings.end() && journal.problem.empty()) {
    add_to_ring(std::move(journal), *ring);
    return;
  }
  journal.source = std::exchange(journal.journals.front().source, nullptr);
  journal.journals.erase(journal.journals.begin());
  rings.push_back(std::move(journal));
}

void add_journal(const std::vector<std::string>& paths, const RingSearch& search, std::vector<FoundRing>& rings) {
  const std::string wanted_file = search.is_wanted ? file_of_journal(paths, search.folder) : "";
  if (search.is_wanted && (wanted_file.empty() || !search.is_wanted(wanted_file))) {
    return;
  }
  std::vector<FoundSegment> segments;
  for (const std::string& path : paths) {
    if (!take_segment(path, search.is_alone, segments)) {
      if (search.is_wanted) {
        add_taken_journal(paths.front(), wanted_file, rings);
      }
      return;  // Else its file in progress is live too, and says so.
    }
  }
  if (!segments.empty()) {
    add_free_journal(segments, search.folder, rings);
  }
}

}  // namespace

void add_journals(const RingSearch& search, std::vector<FoundRing>& rings) {
  for (const auto& [stem, paths] : list_journals(search, rings)) {
    add_journal(paths, search, rings);
  }
}

}  // namespace pqflow::recover
