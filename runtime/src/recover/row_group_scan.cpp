#include "recover/row_group_scan.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "recover/page_check.hpp"

namespace pqflow::recover {

namespace {

constexpr uint64_t kWindowBytes = uint64_t{1} << 20;

class Scan {
 public:
  Scan(const SourceFile& file, ScannedRowGroups& scanned) : file_(file), scanned_(scanned) {}

  base::Result run();

 private:
  base::Result find_magic(bool& is_found);
  base::Result look_at_trailer();
  base::Result check_pages(const FoundRowGroup& group, bool& is_right);
  void settle_suspects();

  const SourceFile& file_;
  ScannedRowGroups& scanned_;
  uint64_t position_ = 0;        // Of what comes next.
  uint64_t data_end_bytes_ = 0;  // Of the last right row group.
  std::vector<FoundRowGroup> suspects_;
  std::vector<uint8_t> window_;
  std::vector<uint8_t> bytes_;
};

// Moves on to the next trailer's first four bytes.
base::Result Scan::find_magic(bool& is_found) {
  const std::string_view magic(reinterpret_cast<const char*>(parquet::kTrailerMagic.data()), parquet::kTrailerMagic.size());
  is_found = false;
  while (position_ + magic.size() <= file_.size_bytes()) {
    const uint64_t window_bytes = std::min(kWindowBytes, file_.size_bytes() - position_);
    if (auto result = file_.read(position_, window_bytes, window_); !result.is_ok()) {
      return result;
    }
    const size_t place = std::string_view(reinterpret_cast<const char*>(window_.data()), window_.size()).find(magic);
    if (place != std::string_view::npos) {
      position_ += place;
      is_found = true;
      return base::Result::ok();
    }
    position_ += window_bytes - (magic.size() - 1);
  }
  return base::Result::ok();
}

base::Result Scan::check_pages(const FoundRowGroup& group, bool& is_right) {
  is_right = true;
  for (size_t index = 0; index < group.chunks.size() && is_right; ++index) {
    const ChunkPlace& chunk = group.chunks[index];
    if (auto result = file_.read(chunk.offset_bytes, chunk.size_bytes, bytes_); !result.is_ok()) {
      return result;
    }
    is_right = pages_are_right(bytes_, chunk.value_count);
  }
  return base::Result::ok();
}

// At position_; moves on behind it, or by a byte where nothing is.
base::Result Scan::look_at_trailer() {
  const uint64_t offset_bytes = position_++;
  const uint64_t left_bytes = file_.size_bytes() - offset_bytes;
  if (auto result = file_.read(offset_bytes, std::min<uint64_t>(parquet::kTrailerHeaderBytes, left_bytes), bytes_); !result.is_ok()) {
    return result;
  }
  const uint64_t record_bytes = trailer_record_bytes(bytes_);
  if (record_bytes == 0 || record_bytes > left_bytes) {
    return base::Result::ok();
  }
  if (auto result = file_.read(offset_bytes, record_bytes, bytes_); !result.is_ok()) {
    return result;
  }
  FoundRowGroup group;
  if (!read_trailer(bytes_, offset_bytes, group) || group.begin_bytes < data_end_bytes_) {
    return base::Result::ok();
  }
  bool is_right = false;
  if (auto result = check_pages(group, is_right); !result.is_ok()) {
    return result;
  }
  if (!group.file_metadata.empty() && (is_right || scanned_.file_metadata.empty())) {
    scanned_.file_metadata = group.file_metadata;
  }
  if (!is_right) {
    if (!group.is_interim) {
      suspects_.push_back(std::move(group));
    }
    return base::Result::ok();
  }
  position_ = data_end_bytes_ = group.end_bytes;
  (group.is_interim ? scanned_.interims : scanned_.row_groups).push_back(std::move(group));
  return base::Result::ok();
}

// One that lies within a right row group is a value of it.
void Scan::settle_suspects() {
  for (const FoundRowGroup& suspect : suspects_) {
    const bool is_value = std::ranges::any_of(scanned_.row_groups, [&](const FoundRowGroup& group) {
      return suspect.end_bytes > group.begin_bytes && suspect.begin_bytes < group.end_bytes;
    });
    scanned_.damaged_row_groups += is_value ? 0U : 1U;
    scanned_.damaged_records += is_value ? 0U : suspect.entry.row_count;
  }
}

base::Result Scan::run() {
  bool is_found = false;
  do {
    if (auto result = find_magic(is_found); !result.is_ok()) {
      return result;
    }
    if (auto result = is_found ? look_at_trailer() : base::Result::ok(); !result.is_ok()) {
      return result;
    }
  } while (is_found);
  settle_suspects();
  return base::Result::ok();
}

}  // namespace

base::Result scan_row_groups(const SourceFile& file, ScannedRowGroups& scanned) { return Scan(file, scanned).run(); }

}  // namespace pqflow::recover
