#include "sink/capture_file.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "io/path_template.hpp"
#include "io/progress_name.hpp"
#include "io/target_files.hpp"
#include "sink/taken_path.hpp"

namespace pqflow::sink {

namespace {

// Enough that asking for more is rare, little enough that nobody misses it until the file is finished.
constexpr uint64_t kReserveBytes = uint64_t{64} << 20;
// What a footer says of the capture, as JSON: a thousand gaps, each two numbers, and the lanes.
constexpr uint64_t kCaptureMetadataBytes = uint64_t{128} << 10;
constexpr size_t kWaitingRowGroupsBytes = size_t{64} << 10;
// Of a file with interim row groups, whose metadata has all publications: readers take 15 MB and more, and fetch it as a whole.
constexpr uint64_t kInterimMetadataBytes = uint64_t{8} << 20;

uint64_t reserve_bytes(uint64_t rotate_bytes) { return rotate_bytes == 0 ? kReserveBytes : std::min(rotate_bytes, kReserveBytes); }

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
      folders_(system),
      metadata_(schema, float_order, target_.footer_cap_bytes),
      live_footer_(metadata_.fields(), is_live_ ? kWaitingRowGroupsBytes : 0),
      capacity_(target_.rotate_bytes),
      sequence_(target_.first_sequence) {
  footer_.reserve(target_.footer_cap_bytes);
}

size_t CaptureFile::memory_bytes() const noexcept { return metadata_.memory_bytes() + live_footer_.memory_bytes() + footer_.capacity(); }

// ---- Begin ----

base::Result CaptureFile::begin() {
  const bool is_first = !has_begun_;
  begun_at_utc_ns_ = clock_.utc_ns(clock_.context);
  if (auto result = begin_named(begun_at_utc_ns_); !result.is_ok() || !is_first) {
    return result;
  }
  base::Result result = check_alone();
  if (!result.is_ok()) {
    file_->abandon();
  }
  return result;
}

// Another sink would count from the same number on. Asked when the own file is there: of two that begin at once one goes on at most.
base::Result CaptureFile::check_alone() {
  const io::TargetFiles files = io::find_target_files(target_.path_template, path_values(), begun_at_utc_ns_, file_->progress_path());
  orphans_beside_ = files.left.size();
  return files.written.empty() ? base::Result::ok() : path_is_taken(target_.path_template, files.written.front(), target_.process_id);
}

io::PathValues CaptureFile::path_values() const noexcept {
  return {schema_.name, sequence_, begun_at_utc_ns_, target_.host, target_.process_id};
}

// `now_utc_ns` makes the name in progress a new one; the final name is that of the moment at which the file began.
base::Result CaptureFile::begin_named(uint64_t now_utc_ns) {
  io::ExpandedPath expanded;
  if (auto result = io::expand_path(target_.path_template, path_values(), expanded); !result.is_ok()) {
    return result;
  }
  if (auto result = folders_.make(expanded.path, expanded.made_folders_start); !result.is_ok()) {
    return result;
  }
  io::FileTarget target;
  target.final_path = std::move(expanded.path);
  target.in_progress_path = is_live_ ? io::live_progress_path(target.final_path, now_utc_ns) : io::classic_progress_path(target.final_path);
  const bool takes_suffix = has_begun_ && target_.if_exists == PQFLOW_IF_EXISTS_FAIL;
  target.if_exists = takes_suffix ? PQFLOW_IF_EXISTS_SUFFIX : target_.if_exists;
  target.reserve_bytes = reserve_bytes(target_.rotate_bytes);
  target.keeps_unsynced = target_.is_synced;
  return begin_file(target);
}

// Where the target cannot have live files, or the first one may not be as long as the shortest of them, this and all later ones are
// classic.
base::Result CaptureFile::begin_file(const io::FileTarget& target) {
  base::Result result = is_live_ ? begin_live_file(target) : file_->begin(target);
  const bool is_impossible = result.os_error == EOPNOTSUPP || (result.os_error == EFBIG && !has_begun_);
  if (is_live_ && !result.is_ok() && is_impossible) {
    is_live_ = false;
    file_ = io::make_classic_layout(system_);
    result = file_->begin(target);
  }
  if (!result.is_ok()) {
    return result;
  }
  has_begun_ = true;
  is_distrusted_ = false;
  bytes_written_ += file_->offset_bytes();
  return target_.ring != nullptr || on_begun_ ? tell_begun() : result;
}

// Before anything is in the file that is not in the ring too. Whoever looks for it may be in another folder.
base::Result CaptureFile::tell_begun() {
  std::error_code error;
  const std::string path = std::filesystem::absolute(file_->progress_path(), error).string();
  if (error || path.size() > ring::kRingPathCapacityBytes) {
    file_->abandon();
    return base::Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT,
                                 "the ring cannot name the file: its path, from the root on, is unknown or longer than " +
                                     std::to_string(ring::kRingPathCapacityBytes) + " bytes; choose a shorter one");
  }
  if (target_.ring != nullptr) {
    ring::store_file_in_progress(*target_.ring, path);
  }
  base::Result result = on_begun_ ? on_begun_(path) : base::Result::ok();
  if (!result.is_ok()) {
    file_->abandon();
  }
  return result;
}

base::Result CaptureFile::begin_live_file(io::FileTarget target) {
  live_footer_.begin(footer_);
  first_metadata_bytes_ = footer_.size();
  largest_row_group_bytes_ = 0;
  has_interims_ = false;
  capacity_.hold(4 * first_metadata_bytes_);
  target.first_metadata = footer_;
  base::Result result;
  do {
    target.capacity_bytes = capacity_.bytes();
    result = file_->begin(target);
  } while (result.os_error == EFBIG && capacity_.shrink());
  bytes_written_ += result.is_ok() ? first_metadata_bytes_ : 0;
  return result;
}

// The file has no row group: another one takes its place, with the same name.
base::Result CaptureFile::begin_longer_file(uint64_t row_group_bytes) {
  file_->discard();
  capacity_.hold(2 * row_group_bytes);
  return begin_named(clock_.utc_ns(clock_.context));
}

// ---- Growth ----

uint64_t CaptureFile::encode_trailer_of(const parquet::EncodedRowGroup& group, std::span<const parquet::LaneRange> lanes) {
  trailer_.clear();
  metadata_.encode_trailer(group, file_->offset_bytes(), lanes, trailer_);
  return bytes_of(group) + trailer_.size();
}

// The trailer holds the RowGroup, and a head is no longer than the first metadata and a count of rows.
uint64_t CaptureFile::live_bytes_of(uint64_t row_group_bytes) const noexcept {
  return row_group_bytes + live_footer_.unwritten_bytes() + publication_bytes();
}

bool CaptureFile::takes(const parquet::EncodedRowGroup& group, std::span<const parquet::LaneRange> lanes) {
  if (!file_->has_end() || !has_row_groups()) {
    return true;
  }
  const uint64_t size_bytes = encode_trailer_of(group, lanes);
  return file_->has_room(is_live_ ? live_bytes_of(size_bytes) : classic_bytes_of(size_bytes));
}

// The footer too, which has as much of the row group as its trailer.
uint64_t CaptureFile::classic_bytes_of(uint64_t row_group_bytes) const noexcept {
  return row_group_bytes + metadata_.footer_bytes() + trailer_.size() + kCaptureMetadataBytes;
}

// Before a row group comes that does not fit: the next one may be somewhat larger than all so far, and the footer needs room behind it.
bool CaptureFile::is_live_file_full() const noexcept {
  const uint64_t next_bytes = largest_row_group_bytes_ + largest_row_group_bytes_ / 4;
  return live_footer_.row_group_count() == parquet::LiveFooter::kMaxRowGroups ||
         live_footer_.size_bytes() + 2 * publication_bytes() > metadata_cap_bytes() ||
         !file_->has_room(live_bytes_of(next_bytes) + metadata_.footer_bytes() + trailer_.size());
}

uint64_t CaptureFile::metadata_cap_bytes() const noexcept {
  const uint64_t cap_bytes = std::max(capacity_.bytes() / 32, 16 * first_metadata_bytes_);
  return has_interims_ ? std::max(cap_bytes, std::min(capacity_.bytes() / 8, kInterimMetadataBytes)) : cap_bytes;
}

base::Result CaptureFile::append_interim(const parquet::EncodedRowGroup& group, std::span<const parquet::LaneRange> lanes,
                                         size_t replaced_count, uint64_t kept_bytes, bool& is_taken) {
  is_taken = false;
  const uint64_t pages_bytes = bytes_of(group);
  const size_t interim_count = live_footer_.interim_count() - replaced_count;
  metadata_.encode_interim(group, capacity_.bytes(), interim_count, lanes, trailer_);  // As long as it may be: with the largest offsets.
  has_interims_ = true;
  const uint64_t place_bytes = file_->interim_place(pages_bytes + trailer_.size(), kept_bytes, metadata_cap_bytes());
  if (place_bytes == 0 || live_footer_.size_bytes() + 3 * publication_bytes() > metadata_cap_bytes()) {
    return base::Result::ok();
  }
  metadata_.encode_interim(group, place_bytes, interim_count, lanes, trailer_);
  pieces_.assign(group.pieces.begin(), group.pieces.end());
  pieces_.emplace_back(trailer_);
  if (auto result = file_->write_interim(pieces_, place_bytes); !result.is_ok()) {
    return result;
  }
  live_footer_.drop_interims(replaced_count);
  live_footer_.add_interim(metadata_.encoded_row_group(), group.row_count);
  bytes_written_ += pages_bytes + trailer_.size();
  is_taken = true;
  return base::Result::ok();
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
    live_footer_.drop_interims(live_footer_.interim_count());
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
  sealed_bytes_ = file_->offset_bytes() + footer_.size();
}

void CaptureFile::distrust() noexcept {
  file_->distrust();
  is_distrusted_ = true;
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
  finished_row_groups_ = metadata_.row_group_count();
  metadata_.clear();
  ++sequence_;
  ++files_finished_;
  is_distrusted_ = false;
  return result;
}

pqflow_finished_file CaptureFile::finished_file() const noexcept {
  pqflow_finished_file file{};
  file.path = file_->final_path().c_str();
  file.file_sequence = sequence_ - 1;
  file.bytes = sealed_bytes_;
  file.row_groups = finished_row_groups_;
  file.begun_at_utc_ns = begun_at_utc_ns_;
  file.ended_at_utc_ns = clock_.utc_ns(clock_.context);
  return file;
}

const std::string& CaptureFile::progress_path() const noexcept {
  static const std::string kNone;
  return file_->is_open() ? file_->progress_path() : kNone;
}

void CaptureFile::set_aside() noexcept {
  file_->abandon();
  is_distrusted_ = false;
  metadata_.clear();
  ++sequence_;
}

}  // namespace pqflow::sink
