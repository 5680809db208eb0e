// A Parquet file from its first name on: of fixed length, data grows up, metadata grows down, nothing that a footer names is overwritten.
//
//   0      4                   data_end      metadata_start                  capacity - 8
//   PAR1 | row group | row group | ... unused | metadata | ... | metadata | length | PAR1
//
// Interim row groups grow down, too, below the room that is kept for metadata, and go with the cut:
//
//   PAR1 | row group | row group | ... unused | interim | interim | ... unused | metadata | ... | metadata | length | PAR1
//                    data_end                 interim_start       interim_end  metadata_start
//
// Four aligned bytes, the footer's length, say which part of the metadata counts: show() sets them in one write. finish() writes an
// ordinary footer at data_end and cuts the file behind it, or copies the file when somebody has it open: a mapped file that is cut kills
// its readers. A file that is distrusted is copied, too.
#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <utility>

#include "io/finished_copy.hpp"
#include "io/os_error.hpp"
#include "io/output_file.hpp"
#include "io/piece_writer.hpp"
#include "io/preallocation.hpp"
#include "io/progress_file.hpp"
#include "io/progress_name.hpp"
#include "io/unsynced_bytes.hpp"
#include "io/writeback.hpp"

namespace pqflow::io {
namespace {

constexpr std::array<uint8_t, 4> kMagic = {'P', 'A', 'R', '1'};
constexpr size_t kLengthBytes = 4;
constexpr uint64_t kTailBytes = kLengthBytes + kMagic.size();
constexpr uint64_t kPageBytes = 4096;

std::array<uint8_t, kLengthBytes> little_endian(uint64_t value) {
  return {static_cast<uint8_t>(value), static_cast<uint8_t>(value >> 8), static_cast<uint8_t>(value >> 16),
          static_cast<uint8_t>(value >> 24)};
}

// What finish() has done already, so that a repeated call goes on behind it.
enum class Finished { kNothing, kEnded, kSynced };

class LiveLayout final : public OutputFile {
 public:
  explicit LiveLayout(const base::SystemCalls& system) : system_(system), writer_(system), writeback_(system), copy_(system, writer_) {}
  ~LiveLayout() override { abandon(); }

  base::Result begin(const FileTarget& target) override;
  base::Result append_row_group(std::span<const Bytes> pieces) override;
  bool has_end() const noexcept override { return true; }
  bool has_room(uint64_t size_bytes) const noexcept override { return size_bytes <= data_limit_bytes() - data_end_bytes_; }
  uint64_t interim_place(uint64_t size_bytes, uint64_t kept_bytes, uint64_t metadata_bytes) const noexcept override;
  base::Result write_interim(std::span<const Bytes> pieces, uint64_t place_bytes) override;
  base::Result publish(Bytes metadata) override;
  base::Result show() override;
  base::Result complete(Bytes footer) override;
  base::Result finish(Bytes footer) override;
  void synced(uint64_t end_bytes) override { unsynced_.synced(end_bytes); }
  void distrust() noexcept override;
  void abandon() noexcept override;
  void discard() noexcept override;
  uint64_t offset_bytes() const noexcept override { return data_end_bytes_; }
  bool is_open() const noexcept override { return file_ != nullptr; }
  int fd() const noexcept override { return file_->fd(); }
  bool is_suspect() const noexcept override { return is_open() && file_->is_suspect() && !target_.keeps_unsynced; }
  bool is_preallocated() const noexcept override { return is_preallocated_; }
  const std::string& final_path() const noexcept override { return final_path_; }
  const std::string& progress_path() const noexcept override { return file_->path(); }

 private:
  base::Result start();
  base::Result write_first_footer();
  base::Result write_at(int fd, uint64_t offset_bytes, Bytes bytes, const char* what);
  base::Result cut_behind(Bytes footer);
  base::Result sync_end();
  base::Result end_with_copy(Bytes footer);
  uint64_t tail_start_bytes() const noexcept { return capacity_bytes_ - kTailBytes; }
  bool has_interims() const noexcept { return interim_start_bytes_ != 0; }
  uint64_t data_limit_bytes() const noexcept { return has_interims() ? interim_start_bytes_ : metadata_start_bytes_; }
  uint64_t metadata_limit_bytes() const noexcept { return has_interims() ? interim_end_bytes_ : data_end_bytes_; }

  const base::SystemCalls& system_;
  PieceWriter writer_;
  Writeback writeback_;
  FileTarget target_;
  std::string resolved_path_;  // target_.final_path, or with the suffix that was free at begin().
  std::string final_path_;
  std::unique_ptr<ProgressFile> file_;
  FinishedCopy copy_;  // With the ordinary footer, where the file itself cannot be cut, or is distrusted.
  UnsyncedBytes unsynced_;
  bool is_distrusted_ = false;
  base::Result folder_failure_;  // Of the sync behind the copy's taking the file's place.
  uint64_t capacity_bytes_ = 0;
  uint64_t data_end_bytes_ = 0;
  uint64_t metadata_start_bytes_ = 0;
  uint64_t interim_start_bytes_ = 0;  // 0: there are none.
  uint64_t interim_end_bytes_ = 0;
  uint64_t row_group_count_ = 0;
  bool is_preallocated_ = false;
  Finished finished_ = Finished::kNothing;
};

base::Result LiveLayout::write_at(int fd, uint64_t offset_bytes, Bytes bytes, const char* what) {
  const int os_error = writer_.write(fd, offset_bytes, {&bytes, 1});
  return os_error == 0 ? base::Result::ok() : os_failure(PQFLOW_FILE_CALL_WRITE, what + file_->path(), os_error);
}

// ---- Begin ----

base::Result LiveLayout::begin(const FileTarget& target) {
  if (is_open()) {
    return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, "a file is open already: " + file_->path());
  }
  std::string resolved_path;
  if (base::Result result = resolve_target(system_, target, resolved_path); !result.is_ok()) {
    return result;
  }
  auto file = std::make_unique<ProgressFile>(system_);
  if (base::Result result = file->create(target.in_progress_path + kStartingEnding.data()); !result.is_ok()) {
    return result;
  }
  file_ = std::move(file);
  target_ = target;
  resolved_path_ = std::move(resolved_path);
  final_path_.clear();
  capacity_bytes_ = (target.capacity_bytes + kPageBytes - 1) / kPageBytes * kPageBytes;
  row_group_count_ = 0;
  interim_start_bytes_ = 0;
  finished_ = Finished::kNothing;
  is_distrusted_ = false;
  folder_failure_ = base::Result::ok();
  unsynced_.begin(target.keeps_unsynced);
  writeback_.begin();
  base::Result result = start();
  target_.first_metadata = {};
  if (!result.is_ok()) {
    abandon();
  }
  return result;
}

base::Result LiveLayout::start() {
  if (system_.is_remote(system_.context, file_->fd()) == 1) {
    return os_failure(PQFLOW_FILE_CALL_LENGTHEN, "no live file on the remote file system of " + file_->path(), EOPNOTSUPP);
  }
  const Preallocation preallocation = preallocate(system_, file_->fd(), capacity_bytes_);
  is_preallocated_ = preallocation.is_reserved;
  if (preallocation.os_error == EINVAL || preallocation.os_error == EOPNOTSUPP) {
    return os_failure(PQFLOW_FILE_CALL_LENGTHEN, "no live file where a file cannot be lengthened: " + file_->path(), EOPNOTSUPP);
  }
  if (preallocation.os_error != 0) {
    return os_failure(PQFLOW_FILE_CALL_LENGTHEN, "cannot lengthen " + file_->path(), preallocation.os_error);
  }
  if (base::Result result = write_first_footer(); !result.is_ok()) {
    return result;
  }
  if (base::Result result = file_->take_name(target_.in_progress_path); !result.is_ok()) {
    return result;
  }
  return target_.keeps_unsynced ? file_->sync_folder() : base::Result::ok();
}

base::Result LiveLayout::write_first_footer() {
  const Bytes metadata = target_.first_metadata;
  const std::array<uint8_t, kLengthBytes> length = little_endian(metadata.size());
  const std::array<Bytes, 3> tail = {metadata, Bytes(length), Bytes(kMagic)};
  metadata_start_bytes_ = tail_start_bytes() - metadata.size();
  data_end_bytes_ = kMagic.size();
  if (const int os_error = writer_.write(file_->fd(), metadata_start_bytes_, tail); os_error != 0) {
    return os_failure(PQFLOW_FILE_CALL_WRITE, "cannot write the first footer of " + file_->path(), os_error);
  }
  const Bytes magic(kMagic);
  unsynced_.append({&magic, 1});
  return write_at(file_->fd(), 0, magic, "cannot write to ");
}

// ---- Growth ----

base::Result LiveLayout::append_row_group(std::span<const Bytes> pieces) {
  uint64_t size_bytes = 0;
  for (const Bytes& piece : pieces) {
    size_bytes += piece.size();
  }
  if (!is_open() || finished_ != Finished::kNothing || !has_room(size_bytes)) {
    return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, "a row group cannot be added to a file that is not open or has no room");
  }
  if (const int os_error = writer_.write(file_->fd(), data_end_bytes_, pieces); os_error != 0) {
    return os_failure(PQFLOW_FILE_CALL_WRITE, "cannot write a row group to " + file_->path(), os_error);
  }
  data_end_bytes_ += size_bytes;
  unsynced_.append(pieces);
  writeback_.reach(file_->fd(), data_end_bytes_);
  ++row_group_count_;
  return base::Result::ok();
}

uint64_t LiveLayout::interim_place(uint64_t size_bytes, uint64_t kept_bytes, uint64_t metadata_bytes) const noexcept {
  constexpr uint64_t kAlignmentBytes = 8;
  const uint64_t reserved_end_bytes = tail_start_bytes() - std::min(metadata_bytes, tail_start_bytes());
  const uint64_t end_bytes = has_interims() ? interim_start_bytes_ : std::min(reserved_end_bytes, metadata_start_bytes_);
  const uint64_t needed_bytes = data_end_bytes_ + kept_bytes + size_bytes + kAlignmentBytes;
  return needed_bytes > end_bytes ? 0 : (end_bytes - size_bytes) / kAlignmentBytes * kAlignmentBytes;
}

base::Result LiveLayout::write_interim(std::span<const Bytes> pieces, uint64_t place_bytes) {
  uint64_t size_bytes = 0;
  for (const Bytes& piece : pieces) {
    size_bytes += piece.size();
  }
  const bool has_place = place_bytes >= data_end_bytes_ && place_bytes + size_bytes <= data_limit_bytes();
  if (!is_open() || finished_ != Finished::kNothing || !has_place) {
    return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, "an interim row group cannot be put into a file that is not open, or there");
  }
  if (const int os_error = writer_.write(file_->fd(), place_bytes, pieces); os_error != 0) {
    return os_failure(PQFLOW_FILE_CALL_WRITE, "cannot write an interim row group to " + file_->path(), os_error);
  }
  interim_end_bytes_ = has_interims() ? interim_end_bytes_ : place_bytes + size_bytes;
  interim_start_bytes_ = place_bytes;
  return base::Result::ok();
}

base::Result LiveLayout::publish(Bytes metadata) {
  const bool has_room = metadata.size() <= metadata_start_bytes_ - metadata_limit_bytes();
  if (!is_open() || finished_ != Finished::kNothing || !has_room) {
    return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, "metadata cannot be added to a file that is not open or has no room");
  }
  const uint64_t start_bytes = metadata_start_bytes_ - metadata.size();
  if (base::Result result = write_at(file_->fd(), start_bytes, metadata, "cannot write metadata to "); !result.is_ok()) {
    return result;
  }
  metadata_start_bytes_ = start_bytes;
  return base::Result::ok();
}

// One write of four bytes that lie in one page: a reader sees the old ones or the new ones.
base::Result LiveLayout::show() {
  if (!is_open() || finished_ != Finished::kNothing) {
    return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, "no file is open");
  }
  const std::array<uint8_t, kLengthBytes> length = little_endian(tail_start_bytes() - metadata_start_bytes_);
  return write_at(file_->fd(), tail_start_bytes(), Bytes(length), "cannot write the footer's length to ");
}

// ---- Finish ----

// Until the cut a reader finds the metadata at the file's end; the cut makes the footer the file's end in one step.
base::Result LiveLayout::cut_behind(Bytes footer) {
  if (base::Result result = write_at(file_->fd(), data_end_bytes_, footer, "cannot write the footer of "); !result.is_ok()) {
    return result;
  }
  if (base::Result result = file_->sync(); !result.is_ok()) {
    return result;
  }
  if (system_.cut_unseen(system_.context, file_->fd(), static_cast<off_t>(data_end_bytes_ + footer.size())) == 0) {
    finished_ = Finished::kEnded;
  }
  return base::Result::ok();
}

base::Result LiveLayout::sync_end() {
  base::Result result = file_->sync();
  finished_ = result.is_ok() ? Finished::kSynced : finished_;
  return result;
}

// Of a distrusted file only what was synced is copied from the disk.
base::Result LiveLayout::end_with_copy(Bytes footer) {
  const uint64_t copied_bytes = is_distrusted_ ? unsynced_.begin_bytes() : data_end_bytes_;
  const Bytes kept = is_distrusted_ ? unsynced_.bytes() : Bytes();
  const CopySource source{*file_, copied_bytes, kept, footer};
  if (base::Result result = copy_.take_place_of(file_, source, target_.in_progress_path + kCopyEnding.data()); !result.is_ok()) {
    return result;
  }
  finished_ = Finished::kSynced;
  folder_failure_ = target_.keeps_unsynced ? file_->sync_folder() : base::Result::ok();
  return base::Result::ok();
}

void LiveLayout::distrust() noexcept {
  is_distrusted_ = target_.keeps_unsynced;
  finished_ = is_distrusted_ && finished_ == Finished::kEnded ? Finished::kNothing : finished_;
}

base::Result LiveLayout::complete(Bytes footer) {
  if (!is_open()) {
    return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, "no file is open");
  }
  base::Result result;
  if (finished_ == Finished::kNothing && !is_distrusted_ && !copy_.is_made() && has_room(footer.size())) {
    result = cut_behind(footer);
  }
  if (result.is_ok() && finished_ == Finished::kEnded) {
    result = sync_end();
  }
  if (result.is_ok() && finished_ == Finished::kNothing) {
    result = end_with_copy(footer);
  }
  return result;
}

base::Result LiveLayout::finish(Bytes footer) {
  if (base::Result result = complete(footer); !result.is_ok()) {
    return result;
  }
  if (base::Result result = file_->close(); !result.is_ok()) {
    return result;
  }
  if (base::Result result = file_->take_final_name(target_, resolved_path_, final_path_); !result.is_ok()) {
    return result;
  }
  base::Result result = folder_failure_.is_ok() ? file_->sync_folder() : folder_failure_;
  file_.reset();
  return result;
}

void LiveLayout::abandon() noexcept {
  copy_.discard();
  if (file_ != nullptr && row_group_count_ == 0 && !has_interims() && finished_ == Finished::kNothing) {
    file_->remove();
  }
  file_.reset();
}

void LiveLayout::discard() noexcept {
  interim_start_bytes_ = 0;
  abandon();
}

}  // namespace

std::unique_ptr<OutputFile> make_live_layout(const base::SystemCalls& system) { return std::make_unique<LiveLayout>(system); }

}  // namespace pqflow::io
