#include "sink/capture_file.hpp"

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <utility>

namespace pqflow::sink {

namespace {

// Enough that asking for more is rare, little enough that nobody misses it until the file is finished.
constexpr uint64_t kReserveBytes = uint64_t{64} << 20;
constexpr size_t kWaitingRowGroupsBytes = size_t{64} << 10;

uint64_t reserve_bytes(uint64_t rotate_bytes) { return rotate_bytes == 0 ? kReserveBytes : std::min(rotate_bytes, kReserveBytes); }

// Hidden, in the same folder, so that the final rename stays within one file system.
std::string in_progress_path(const std::string& final_path, std::string_view mark) {
  const size_t slash = final_path.rfind('/');
  const size_t name = slash == std::string::npos ? 0 : slash + 1;
  return final_path.substr(0, name).append(".").append(final_path.substr(name)).append(mark).append(".inprogress");
}

// Readers that keep what they know of a file by its name take another one of the same name and size for it: a file that is read while it is
// in progress has a name that was never used before. Microseconds since 1970 in base 36, ten digits until the year 2085.
std::string mark_of(uint64_t utc_ns) {
  constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuvwxyz";
  std::string mark;
  for (uint64_t rest = utc_ns / 1000; rest != 0 || mark.empty(); rest /= kDigits.size()) {
    mark.insert(mark.begin(), kDigits[rest % kDigits.size()]);
  }
  return "." + mark;
}

uint64_t bytes_of(const parquet::EncodedRowGroup& group) {
  uint64_t size_bytes = 0;
  for (const auto& piece : group.pieces) {
    size_bytes += piece.size();
  }
  return size_bytes;
}

}  // namespace

CaptureFile::CaptureFile(const columns::RecordSchema& schema, pqflow_float_order float_order, CaptureTarget target,
                         const base::SystemCalls& system, const base::Clock& clock)
    : schema_(schema),
      target_(std::move(target)),
      clock_(clock),
      system_(system),
      is_live_(target_.layout == PQFLOW_FILE_LAYOUT_LIVE),
      file_(is_live_ ? io::make_live_layout(system) : io::make_classic_layout(system)),
      metadata_(schema, float_order, target_.footer_cap_bytes),
      live_footer_(metadata_.fields(), is_live_ ? kWaitingRowGroupsBytes : 0),
      capacity_(target_.rotate_bytes) {
  footer_.reserve(target_.footer_cap_bytes);
}

size_t CaptureFile::memory_bytes() const noexcept { return metadata_.memory_bytes() + live_footer_.memory_bytes() + footer_.capacity(); }

// ---- Begin ----

base::Result CaptureFile::begin() {
  io::FileTarget target;
  const uint64_t utc_ns = clock_.utc_ns(clock_.context);
  const io::PathValues values{schema_.name, sequence_, utc_ns};
  if (auto result = io::expand_path(target_.path_template, values, target.final_path); !result.is_ok()) {
    return result;
  }
  target.in_progress_path = in_progress_path(target.final_path, is_live_ ? mark_of(utc_ns) : "");
  const bool is_later_file = sequence_ != 0 && target_.if_exists == PQFLOW_IF_EXISTS_FAIL;
  target.if_exists = is_later_file ? PQFLOW_IF_EXISTS_SUFFIX : target_.if_exists;
  target.reserve_bytes = reserve_bytes(target_.rotate_bytes);
  return begin_file(target);
}

// Where the target cannot have live files, this and all later ones are classic.
base::Result CaptureFile::begin_file(const io::FileTarget& target) {
  base::Result result = is_live_ ? begin_live_file(target) : file_->begin(target);
  if (is_live_ && !result.is_ok() && result.os_error == EOPNOTSUPP) {
    is_live_ = false;
    file_ = io::make_classic_layout(system_);
    result = file_->begin(target);
  }
  if (result.is_ok()) {
    bytes_written_ += file_->offset_bytes();
  }
  return result;
}

base::Result CaptureFile::begin_live_file(io::FileTarget target) {
  live_footer_.begin(footer_);
  first_metadata_bytes_ = footer_.size();
  largest_row_group_bytes_ = 0;
  capacity_.hold(4 * first_metadata_bytes_);
  target.capacity_bytes = capacity_.bytes();
  target.first_metadata = footer_;
  base::Result result = file_->begin(target);
  bytes_written_ += result.is_ok() ? first_metadata_bytes_ : 0;
  return result;
}

// The file has no row group: another one takes its place, with the same sequence number.
base::Result CaptureFile::begin_longer_file(uint64_t row_group_bytes) {
  file_->abandon();
  capacity_.hold(2 * row_group_bytes);
  return begin();
}

// ---- Growth ----

uint64_t CaptureFile::encode_trailer_of(const parquet::EncodedRowGroup& group, std::span<const parquet::LaneRange> lanes) {
  trailer_.clear();
  metadata_.encode_trailer(group, file_->offset_bytes(), lanes, trailer_);
  return bytes_of(group) + trailer_.size();
}

// The trailer holds the RowGroup, and a head is no longer than the first metadata and a count of rows.
uint64_t CaptureFile::live_bytes_of(uint64_t row_group_bytes) const noexcept {
  return row_group_bytes + live_footer_.unwritten_bytes() + trailer_.size() + first_metadata_bytes_ + 64;
}

bool CaptureFile::takes(const parquet::EncodedRowGroup& group, std::span<const parquet::LaneRange> lanes) {
  return !is_live_ || !has_row_groups() || file_->has_room(live_bytes_of(encode_trailer_of(group, lanes)));
}

// Before a row group comes that does not fit: the next one may be somewhat larger than all so far, and the footer needs room behind it.
bool CaptureFile::is_live_file_full() const noexcept {
  const uint64_t metadata_cap_bytes = std::max(capacity_.bytes() / 32, 16 * first_metadata_bytes_);
  const uint64_t next_bytes = largest_row_group_bytes_ + largest_row_group_bytes_ / 4;
  return live_footer_.row_group_count() == parquet::LiveFooter::kMaxRowGroups || live_footer_.size_bytes() >= metadata_cap_bytes ||
         !file_->has_room(live_bytes_of(next_bytes) + metadata_.footer_bytes() + trailer_.size());
}

base::Result CaptureFile::append(const parquet::EncodedRowGroup& group, std::span<const parquet::LaneRange> lanes) {
  uint64_t size_bytes = encode_trailer_of(group, lanes);
  if (is_live_ && !has_row_groups() && !file_->has_room(live_bytes_of(size_bytes))) {
    if (auto result = begin_longer_file(size_bytes); !result.is_ok()) {
      return result;
    }
    size_bytes = encode_trailer_of(group, lanes);
  }
  const uint64_t offset_bytes = file_->offset_bytes();
  pieces_.assign(group.pieces.begin(), group.pieces.end());
  pieces_.emplace_back(trailer_);
  if (auto result = file_->append_row_group(pieces_); !result.is_ok()) {
    return result;
  }
  metadata_.add(group, offset_bytes);
  if (is_live_) {
    live_footer_.add(metadata_.last_row_group(), group.row_count);
    largest_row_group_bytes_ = std::max(largest_row_group_bytes_, size_bytes);
  }
  bytes_written_ += size_bytes;
  return base::Result::ok();
}

base::Result CaptureFile::write_footers() {
  live_footer_.encode(footer_);
  if (auto result = file_->publish(footer_); !result.is_ok()) {
    return result;
  }
  bytes_written_ += footer_.size();
  live_footer_.written();
  return base::Result::ok();
}

// ---- End ----

void CaptureFile::seal(std::span<const parquet::KeyValue> capture) {
  footer_.clear();
  metadata_.encode_footer(capture, file_->offset_bytes(), footer_);
}

base::Result CaptureFile::finish() {
  const bool is_filled = is_live_ && has_row_groups() && is_live_file_full();
  base::Result result = file_->finish(footer_);
  if (file_->is_open()) {
    return result;
  }
  bytes_written_ += footer_.size();
  if (is_filled) {
    capacity_.file_filled();
  }
  metadata_.clear();
  ++sequence_;
  ++files_finished_;
  return result;
}

void CaptureFile::set_aside() noexcept {
  file_->abandon();
  metadata_.clear();
  ++sequence_;
}

}  // namespace pqflow::sink
