// PAR1, row groups, footer: nothing is readable before finish().
#include <array>
#include <cerrno>
#include <memory>
#include <utility>

#include "io/finished_copy.hpp"
#include "io/os_error.hpp"
#include "io/output_file.hpp"
#include "io/piece_writer.hpp"
#include "io/progress_file.hpp"
#include "io/progress_name.hpp"
#include "io/reservation.hpp"
#include "io/unsynced_bytes.hpp"
#include "io/writeback.hpp"

namespace pqflow::io {
namespace {

constexpr std::array<uint8_t, 4> kMagic = {'P', 'A', 'R', '1'};

// What finish() has done already, so that a repeated call goes on behind it.
enum class Finished { kNothing, kWritten, kCut, kSynced, kClosed };

class ClassicLayout final : public OutputFile {
 public:
  explicit ClassicLayout(const base::SystemCalls& system)
      : system_(system), writer_(system), reservation_(system), writeback_(system), copy_(system, writer_) {}
  ~ClassicLayout() override { abandon(); }

  base::Result begin(const FileTarget& target) override;
  base::Result append_row_group(std::span<const Bytes> pieces) override;
  bool has_end() const noexcept override { return max_bytes_ != UINT64_MAX; }
  bool has_room(uint64_t size_bytes) const noexcept override {
    return offset_bytes_ <= max_bytes_ && size_bytes <= max_bytes_ - offset_bytes_;
  }
  base::Result publish(Bytes) override { return base::Result::ok(); }
  base::Result show() override { return base::Result::ok(); }
  base::Result complete(Bytes footer) override;
  base::Result finish(Bytes footer) override;
  void synced(uint64_t end_bytes) override { unsynced_.synced(end_bytes); }
  void distrust() noexcept override { is_distrusted_ = target_.keeps_unsynced; }
  void abandon() noexcept override;
  uint64_t offset_bytes() const noexcept override { return offset_bytes_; }
  bool is_open() const noexcept override { return file_ != nullptr; }
  int fd() const noexcept override { return file_->fd(); }
  bool is_suspect() const noexcept override { return is_open() && file_->is_suspect() && !target_.keeps_unsynced; }
  const std::string& final_path() const noexcept override { return final_path_; }
  const std::string& progress_path() const noexcept override { return file_->path(); }

 private:
  base::Result write_at_end(std::span<const Bytes> pieces, const char* what);
  base::Result write_footer(Bytes footer);
  base::Result cut();
  base::Result end_in_place(Bytes footer);
  base::Result end_with_copy(Bytes footer);
  // Behind a step that went well there is no need to come back to it.
  base::Result done(base::Result result, Finished step);

  const base::SystemCalls& system_;
  PieceWriter writer_;
  Reservation reservation_;
  Writeback writeback_;
  FileTarget target_;
  std::string resolved_path_;  // target_.final_path, or with the suffix that was free at begin().
  std::string final_path_;
  std::unique_ptr<ProgressFile> file_;
  FinishedCopy copy_;  // Of a distrusted file.
  UnsyncedBytes unsynced_;
  bool is_distrusted_ = false;
  base::Result folder_failure_;  // Of the sync behind the copy's taking the file's place.
  uint64_t offset_bytes_ = 0;
  uint64_t max_bytes_ = UINT64_MAX;
  uint64_t row_group_count_ = 0;
  Finished finished_ = Finished::kNothing;
};

base::Result ClassicLayout::begin(const FileTarget& target) {
  if (is_open()) {
    return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, "a file is open already: " + file_->path());
  }
  std::string resolved_path;
  if (base::Result result = resolve_target(system_, target, resolved_path); !result.is_ok()) {
    return result;
  }
  auto file = std::make_unique<ProgressFile>(system_);
  if (base::Result result = file->create(target.in_progress_path); !result.is_ok()) {
    return result;
  }
  file_ = std::move(file);
  target_ = target;
  resolved_path_ = std::move(resolved_path);
  final_path_.clear();
  offset_bytes_ = 0;
  row_group_count_ = 0;
  finished_ = Finished::kNothing;
  is_distrusted_ = false;
  folder_failure_ = base::Result::ok();
  unsynced_.begin(target.keeps_unsynced);
  max_bytes_ = system_.max_file_bytes(system_.context, file_->fd());
  writer_.forget();
  reservation_.begin(file_->fd(), target.reserve_bytes);
  writeback_.begin();
  const Bytes magic(kMagic);
  unsynced_.append({&magic, 1});
  base::Result result = write_at_end({&magic, 1}, "cannot write ");
  if (result.is_ok() && target.keeps_unsynced) {
    result = file_->sync_folder();
  }
  if (!result.is_ok()) {
    abandon();
  }
  return result;
}

base::Result ClassicLayout::write_at_end(std::span<const Bytes> pieces, const char* what) {
  uint64_t end_bytes = offset_bytes_;
  for (const Bytes& piece : pieces) {
    end_bytes += piece.size();
  }
  reservation_.cover(file_->fd(), end_bytes);
  if (const int os_error = writer_.write(file_->fd(), offset_bytes_, pieces); os_error != 0) {
    return os_failure(PQFLOW_FILE_CALL_WRITE, what + file_->path(), os_error);
  }
  offset_bytes_ = end_bytes;
  writeback_.reach(file_->fd(), end_bytes);
  return base::Result::ok();
}

base::Result ClassicLayout::append_row_group(std::span<const Bytes> pieces) {
  if (!is_open() || finished_ != Finished::kNothing) {
    return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, "a row group cannot be added to a file that is not open or has its footer");
  }
  base::Result result = write_at_end(pieces, "cannot write a row group to ");
  if (result.is_ok()) {
    unsynced_.append(pieces);
    ++row_group_count_;
  }
  return result;
}

// ---- Finish ----

base::Result ClassicLayout::done(base::Result result, Finished step) {
  finished_ = result.is_ok() ? step : finished_;
  return result;
}

base::Result ClassicLayout::write_footer(Bytes footer) { return write_at_end({&footer, 1}, "cannot write the footer of "); }

// A write that failed half way may have left bytes behind what counts, and a Parquet file ends with its footer; space that was reserved and
// not needed is given back.
base::Result ClassicLayout::cut() {
  if (writer_.reached_bytes() <= offset_bytes_ && !reservation_.is_beyond(offset_bytes_)) {
    return base::Result::ok();
  }
  int outcome = 0;
  do {
    outcome = system_.ftruncate(system_.context, file_->fd(), static_cast<off_t>(offset_bytes_));
  } while (outcome != 0 && errno == EINTR);
  return outcome == 0 ? base::Result::ok() : os_failure(PQFLOW_FILE_CALL_TRUNCATE, "cannot cut " + file_->path() + " to its size", errno);
}

base::Result ClassicLayout::end_in_place(Bytes footer) {
  base::Result result;
  if (finished_ == Finished::kNothing) {
    result = done(write_footer(footer), Finished::kWritten);
  }
  if (result.is_ok() && finished_ == Finished::kWritten) {
    result = done(cut(), Finished::kCut);
  }
  if (result.is_ok() && finished_ == Finished::kCut) {
    result = done(file_->sync(), Finished::kSynced);
  }
  return result;
}

base::Result ClassicLayout::end_with_copy(Bytes footer) {
  const CopySource source{*file_, unsynced_.begin_bytes(), unsynced_.bytes(), footer};
  if (base::Result result = copy_.take_place_of(file_, source, target_.in_progress_path + kCopyEnding.data()); !result.is_ok()) {
    return result;
  }
  finished_ = Finished::kSynced;
  folder_failure_ = file_->sync_folder();
  return base::Result::ok();
}

base::Result ClassicLayout::complete(Bytes footer) {
  if (!is_open()) {
    return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, "no file is open");
  }
  if (finished_ == Finished::kSynced || finished_ == Finished::kClosed) {
    return base::Result::ok();
  }
  return is_distrusted_ ? end_with_copy(footer) : end_in_place(footer);
}

base::Result ClassicLayout::finish(Bytes footer) {
  if (base::Result result = complete(footer); !result.is_ok()) {
    return result;
  }
  if (finished_ == Finished::kSynced) {
    finished_ = Finished::kClosed;  // Whatever is answered: the bytes are synced, and an error is reported once.
    if (base::Result result = file_->close(); !result.is_ok()) {
      return result;
    }
  }
  if (base::Result result = file_->take_final_name(target_, resolved_path_, final_path_); !result.is_ok()) {
    return result;
  }
  base::Result result = folder_failure_.is_ok() ? file_->sync_folder() : folder_failure_;
  file_.reset();
  return result;
}

void ClassicLayout::abandon() noexcept {
  copy_.discard();
  if (file_ != nullptr && row_group_count_ == 0) {
    file_->remove();
  }
  file_.reset();
}

}  // namespace

std::unique_ptr<OutputFile> make_classic_layout(const base::SystemCalls& system) { return std::make_unique<ClassicLayout>(system); }

}  // namespace pqflow::io
