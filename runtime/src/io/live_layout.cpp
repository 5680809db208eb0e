// A Parquet file from its first name on: of fixed length, data grows up, metadata grows down, nothing that a footer names is overwritten.
//
//   0      4                   data_end      metadata_start                  capacity - 8
//   PAR1 | row group | row group | ... unused | metadata | ... | metadata | length | PAR1
//
// Four aligned bytes, the footer's length, say which part of the metadata counts: show() sets them in one write. finish() writes an
// ordinary footer at data_end and cuts the file behind it, or copies the file when somebody has it open: a mapped file that is cut kills
// its readers.
#include <array>
#include <cerrno>
#include <memory>
#include <utility>

#include "io/os_error.hpp"
#include "io/output_file.hpp"
#include "io/piece_writer.hpp"
#include "io/preallocation.hpp"
#include "io/progress_file.hpp"
#include "io/writeback.hpp"

namespace pqflow::io {
namespace {

constexpr std::array<uint8_t, 4> kMagic = {'P', 'A', 'R', '1'};
constexpr size_t kLengthBytes = 4;
constexpr uint64_t kTailBytes = kLengthBytes + kMagic.size();
constexpr uint64_t kPageBytes = 4096;
// A file that is no Parquet file yet has another name.
constexpr const char* kStartingEnding = ".starting";
constexpr const char* kCopyEnding = ".copy";

std::array<uint8_t, kLengthBytes> little_endian(uint64_t value) {
  return {static_cast<uint8_t>(value), static_cast<uint8_t>(value >> 8), static_cast<uint8_t>(value >> 16),
          static_cast<uint8_t>(value >> 24)};
}

std::string folder_of(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

// What finish() has done already, so that a repeated call goes on behind it.
enum class Finished { kNothing, kEnded, kSynced, kNamed };

class LiveLayout final : public OutputFile {
 public:
  explicit LiveLayout(const base::SystemCalls& system) : system_(system), writer_(system), writeback_(system) {}
  ~LiveLayout() override { abandon(); }

  base::Result begin(const FileTarget& target) override;
  base::Result append_row_group(std::span<const Bytes> pieces) override;
  bool has_room(uint64_t size_bytes) const noexcept override { return size_bytes <= metadata_start_bytes_ - data_end_bytes_; }
  base::Result publish(Bytes metadata) override;
  base::Result show() override;
  base::Result finish(Bytes footer) override;
  void abandon() noexcept override;
  uint64_t offset_bytes() const noexcept override { return data_end_bytes_; }
  bool is_open() const noexcept override { return file_ != nullptr; }
  bool is_suspect() const noexcept override { return is_open() && file_->is_suspect(); }
  bool is_preallocated() const noexcept override { return is_preallocated_; }
  const std::string& final_path() const noexcept override { return final_path_; }

 private:
  base::Result start();
  base::Result write_first_footer();
  base::Result write_at(int fd, uint64_t offset_bytes, Bytes bytes, const char* what);
  base::Result end_with(Bytes footer);
  base::Result cut_behind(Bytes footer, bool& is_cut);
  base::Result copy_with(Bytes footer);
  base::Result fill_copy(Bytes footer);
  base::Result copy_data(ProgressFile& copy);
  base::Result sync_end();
  base::Result take_final_name();
  base::Result sync_folder();
  base::Result finish_steps(Bytes footer);
  uint64_t tail_start_bytes() const noexcept { return capacity_bytes_ - kTailBytes; }
  ProgressFile& finished_file() noexcept { return copy_ != nullptr ? *copy_ : *file_; }

  const base::SystemCalls& system_;
  PieceWriter writer_;
  Writeback writeback_;
  FileTarget target_;
  std::string resolved_path_;  // target_.final_path, or with the suffix that was free at begin().
  std::string final_path_;
  std::unique_ptr<ProgressFile> file_;
  std::unique_ptr<ProgressFile> copy_;  // With the ordinary footer, where the file itself cannot be cut.
  uint64_t capacity_bytes_ = 0;
  uint64_t data_end_bytes_ = 0;
  uint64_t metadata_start_bytes_ = 0;
  uint64_t row_group_count_ = 0;
  bool is_preallocated_ = false;
  Finished finished_ = Finished::kNothing;
};

base::Result LiveLayout::write_at(int fd, uint64_t offset_bytes, Bytes bytes, const char* what) {
  const int os_error = writer_.write(fd, offset_bytes, {&bytes, 1});
  return os_error == 0 ? base::Result::ok() : os_failure(what + file_->path(), os_error);
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
  if (base::Result result = file->create(target.in_progress_path + kStartingEnding); !result.is_ok()) {
    return result;
  }
  file_ = std::move(file);
  target_ = target;
  resolved_path_ = std::move(resolved_path);
  final_path_.clear();
  capacity_bytes_ = (target.capacity_bytes + kPageBytes - 1) / kPageBytes * kPageBytes;
  row_group_count_ = 0;
  finished_ = Finished::kNothing;
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
    return os_failure("no live file on the remote file system of " + file_->path(), EOPNOTSUPP);
  }
  const Preallocation preallocation = preallocate(system_, file_->fd(), capacity_bytes_);
  is_preallocated_ = preallocation.is_reserved;
  if (preallocation.os_error == EINVAL || preallocation.os_error == EOPNOTSUPP) {
    return os_failure("no live file where a file cannot be lengthened: " + file_->path(), EOPNOTSUPP);
  }
  if (preallocation.os_error != 0) {
    return os_failure("cannot lengthen " + file_->path(), preallocation.os_error);
  }
  if (base::Result result = write_first_footer(); !result.is_ok()) {
    return result;
  }
  return file_->take_name(target_.in_progress_path);
}

base::Result LiveLayout::write_first_footer() {
  const Bytes metadata = target_.first_metadata;
  const std::array<uint8_t, kLengthBytes> length = little_endian(metadata.size());
  const std::array<Bytes, 3> tail = {metadata, Bytes(length), Bytes(kMagic)};
  metadata_start_bytes_ = tail_start_bytes() - metadata.size();
  data_end_bytes_ = kMagic.size();
  if (const int os_error = writer_.write(file_->fd(), metadata_start_bytes_, tail); os_error != 0) {
    return os_failure("cannot write the first footer of " + file_->path(), os_error);
  }
  return write_at(file_->fd(), 0, Bytes(kMagic), "cannot write to ");
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
    return os_failure("cannot write a row group to " + file_->path(), os_error);
  }
  data_end_bytes_ += size_bytes;
  writeback_.reach(file_->fd(), data_end_bytes_);
  ++row_group_count_;
  return base::Result::ok();
}

base::Result LiveLayout::publish(Bytes metadata) {
  if (!is_open() || finished_ != Finished::kNothing || !has_room(metadata.size())) {
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
base::Result LiveLayout::cut_behind(Bytes footer, bool& is_cut) {
  if (base::Result result = write_at(file_->fd(), data_end_bytes_, footer, "cannot write the footer of "); !result.is_ok()) {
    return result;
  }
  if (base::Result result = file_->sync(); !result.is_ok()) {
    return result;
  }
  is_cut = system_.cut_unseen(system_.context, file_->fd(), static_cast<off_t>(data_end_bytes_ + footer.size())) == 0;
  return base::Result::ok();
}

base::Result LiveLayout::copy_data(ProgressFile& copy) {
  uint64_t offset_bytes = 0;
  while (offset_bytes < data_end_bytes_) {
    const ssize_t copied = system_.copy_range(system_.context, file_->fd(), copy.fd(), static_cast<off_t>(offset_bytes),
                                              static_cast<size_t>(data_end_bytes_ - offset_bytes));
    if (copied < 0 && errno == EINTR) {
      continue;
    }
    if (copied <= 0) {
      return os_failure("cannot copy " + file_->path() + " to " + copy.path(), copied < 0 ? errno : EIO);
    }
    offset_bytes += static_cast<uint64_t>(copied);
  }
  return base::Result::ok();
}

base::Result LiveLayout::fill_copy(Bytes footer) {
  if (base::Result result = copy_data(*copy_); !result.is_ok()) {
    return result;
  }
  return write_at(copy_->fd(), data_end_bytes_, footer, "cannot write the footer of a copy of ");
}

base::Result LiveLayout::copy_with(Bytes footer) {
  auto copy = std::make_unique<ProgressFile>(system_);
  if (base::Result result = copy->create(target_.in_progress_path + kCopyEnding); !result.is_ok()) {
    return result;
  }
  copy_ = std::move(copy);
  base::Result result = fill_copy(footer);
  if (!result.is_ok()) {
    std::exchange(copy_, nullptr)->remove();
  }
  return result;
}

base::Result LiveLayout::end_with(Bytes footer) {
  bool is_cut = false;
  if (has_room(footer.size())) {
    if (base::Result result = cut_behind(footer, is_cut); !result.is_ok()) {
      return result;
    }
  }
  if (!is_cut) {
    if (base::Result result = copy_with(footer); !result.is_ok()) {
      return result;
    }
  }
  finished_ = Finished::kEnded;
  return base::Result::ok();
}

// A copy that cannot be synced is thrown away: the file itself is as good as it was.
base::Result LiveLayout::sync_end() {
  base::Result result = finished_file().sync();
  if (result.is_ok()) {
    finished_ = Finished::kSynced;
  } else if (copy_ != nullptr) {
    std::exchange(copy_, nullptr)->remove();
    finished_ = Finished::kNothing;
  }
  return result;
}

base::Result LiveLayout::take_final_name() {
  if (base::Result result = finished_file().close(); !result.is_ok()) {
    return result;
  }
  if (base::Result result = finished_file().take_final_name(target_, resolved_path_, final_path_); !result.is_ok()) {
    return result;
  }
  finished_ = Finished::kNamed;
  if (copy_ != nullptr) {
    file_->remove();
  }
  return base::Result::ok();
}

base::Result LiveLayout::sync_folder() {
  const std::string folder = folder_of(final_path_);
  const int outcome = system_.sync_directory(system_.context, folder.c_str());
  return outcome == 0 ? base::Result::ok() : os_failure("cannot sync folder " + folder, errno);
}

base::Result LiveLayout::finish_steps(Bytes footer) {
  base::Result result = finished_ == Finished::kNothing ? end_with(footer) : base::Result::ok();
  if (result.is_ok() && finished_ == Finished::kEnded) {
    result = sync_end();
  }
  if (result.is_ok() && finished_ == Finished::kSynced) {
    result = take_final_name();
  }
  return result;
}

base::Result LiveLayout::finish(Bytes footer) {
  if (!is_open()) {
    return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, "no file is open");
  }
  if (base::Result result = finish_steps(footer); !result.is_ok()) {
    return result;
  }
  copy_.reset();
  file_.reset();
  return sync_folder();
}

void LiveLayout::abandon() noexcept {
  if (copy_ != nullptr && finished_ < Finished::kNamed) {
    copy_->remove();
  }
  copy_.reset();
  if (file_ != nullptr && row_group_count_ == 0 && finished_ == Finished::kNothing) {
    file_->remove();
  }
  file_.reset();
}

}  // namespace

std::unique_ptr<OutputFile> make_live_layout(const base::SystemCalls& system) { return std::make_unique<LiveLayout>(system); }

}  // namespace pqflow::io
