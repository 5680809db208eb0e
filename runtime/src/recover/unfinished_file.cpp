#include "recover/unfinished_file.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "recover/footer_reader.hpp"

namespace pqflow::recover {

namespace {

// Live footers name fewer row groups than there are, or are linked; a finished one names all.
bool ends_file(const FoundFooter& footer, const UnfinishedFile& file) {
  return !footer.is_linked && footer.row_group_count != 0 && footer.row_group_count == file.found.row_groups.size() &&
         footer.row_count == file.record_count() && file.found.damaged_row_groups == 0;
}

// Other programs may call their files so too, and take no locks.
base::Result judge_empty(const SourceFile& source, const std::optional<FoundFooter>& footer, UnfinishedFile& file) {
  constexpr std::string_view kFileMagic = "PAR1";
  std::vector<uint8_t> bytes;
  if (auto result = source.read(0, std::min<uint64_t>(source.size_bytes(), kFileMagic.size()), bytes); !result.is_ok()) {
    return result;
  }
  const bool is_begun = source.size_bytes() <= kFileMagic.size() && std::equal(bytes.begin(), bytes.end(), kFileMagic.begin());
  const bool has_our_footer = footer && footer->row_group_count == 0 && footer->fields.created_by.starts_with("pqflow ");
  file.is_disposable = file.found.row_groups.empty() && file.found.damaged_row_groups == 0 && (is_begun || has_our_footer);
  return base::Result::ok();
}

bool overlap(const parquet::LaneRange& one, const parquet::LaneRange& other) noexcept {
  return one.lane_index == other.lane_index && one.first_sequence < other.first_sequence + other.record_count &&
         other.first_sequence < one.first_sequence + one.record_count;
}

// A row group takes the place of whole interim ones, and so does a newer interim one.
void choose_interims(UnfinishedFile& file) {
  std::vector<parquet::LaneRange> held;
  for (const FoundRowGroup& group : file.found.row_groups) {
    held.insert(held.end(), group.lanes.begin(), group.lanes.end());
  }
  for (FoundRowGroup& interim : file.found.interims) {
    const bool is_held = std::ranges::any_of(interim.lanes, [&](const parquet::LaneRange& range) {
      return std::ranges::any_of(held, [&](const parquet::LaneRange& other) { return overlap(range, other); });
    });
    if (!is_held) {
      held.insert(held.end(), interim.lanes.begin(), interim.lanes.end());
      file.interims.push_back(std::move(interim));
    }
  }
  file.found.interims.clear();
  std::ranges::reverse(file.interims);
}

void take_fields(std::optional<FoundFooter> footer, UnfinishedFile& file) {
  FoundFooter first;
  if (read_file_metadata(file.found.file_metadata, first)) {
    file.fields = std::move(first.fields);
  } else if (footer) {
    file.fields = std::move(footer->fields);
  }
}

}  // namespace

uint64_t UnfinishedFile::data_end_bytes() const noexcept {
  constexpr uint64_t kDataBeginBytes = 4;
  return found.row_groups.empty() ? kDataBeginBytes : found.row_groups.back().end_bytes;
}

uint64_t UnfinishedFile::record_count() const noexcept {
  uint64_t count = 0;
  for (const FoundRowGroup& group : found.row_groups) {
    count += group.entry.row_count;
  }
  return count;
}

uint64_t UnfinishedFile::interim_record_count() const noexcept {
  uint64_t count = 0;
  for (const FoundRowGroup& interim : interims) {
    count += interim.entry.row_count;
  }
  return count;
}

std::vector<parquet::LaneRange> UnfinishedFile::lanes() const {
  std::vector<parquet::LaneRange> lanes;
  for (const FoundRowGroup& group : found.row_groups) {
    add_lanes(group.lanes, lanes);
  }
  return lanes;
}

void add_lanes(const std::vector<parquet::LaneRange>& further, std::vector<parquet::LaneRange>& lanes) {
  for (const parquet::LaneRange& range : further) {
    const auto lane = std::ranges::lower_bound(lanes, range.lane_index, {}, &parquet::LaneRange::lane_index);
    if (lane == lanes.end() || lane->lane_index != range.lane_index) {
      lanes.insert(lane, range);
    } else {
      lane->first_sequence = std::min(lane->first_sequence, range.first_sequence);
      lane->record_count += range.record_count;
    }
  }
}

base::Result read_unfinished_file(const SourceFile& source, UnfinishedFile& file) {
  UnfinishedFile read;
  std::optional<FoundFooter> footer;
  if (auto result = read_footer(source, footer); !result.is_ok()) {
    return result;
  }
  if (auto result = scan_row_groups(source, read.found); !result.is_ok()) {
    return result;
  }
  if (auto result = judge_empty(source, footer, read); !result.is_ok()) {
    return result;
  }
  read.is_complete = footer && ends_file(*footer, read);
  take_fields(std::move(footer), read);
  choose_interims(read);
  for (size_t index = 0; index < read.found.row_groups.size(); ++index) {
    set_ordinal(read.found.row_groups[index], index);
  }
  file = std::move(read);
  return base::Result::ok();
}

}  // namespace pqflow::recover
