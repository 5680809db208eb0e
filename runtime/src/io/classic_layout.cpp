// PAR1, row groups, footer: nothing is readable before finish().
#include <array>
#include <cerrno>
#include <memory>
#include <utility>

#include "io/os_error.hpp"
#include "io/output_file.hpp"
#include "io/piece_writer.hpp"
#include "io/progress_file.hpp"
#include "io/reservation.hpp"
#include "io/writeback.hpp"

namespace pqflow::io {
namespace {

constexpr std::array<uint8_t, 4> kMagic = {'P', 'A', 'R', '1'};

// What finish() has done already, so that a repeated call goes on behind it.
enum class Finished { kNothing, kWritten, kCut, kSynced, kClosed };

class ClassicLayout final : public OutputFile {
 public:
  explicit ClassicLayout(const base::SystemCalls& system) : system_(system), writer_(system), reservation_(system), writeback_(system) {}
  ~ClassicLayout() override { abandon(); }

  base::Result begin(const FileTarget& target) override;
  base::Result append_row_group(std::span<const Bytes> pieces) override;
  bool has_room(uint64_t) const noexcept override { return true; }
  base::Result publish(Bytes) override { return base::Result::ok(); }
  base::Result show() override { return base::Result::ok(); }
  base::Result finish(Bytes footer) override;
  void abandon() noexcept override;
  uint64_t offset_bytes() const noexcept override { return offset_bytes_; }
  bool is_open() const noexcept override { return file_ != nullptr; }
  bool is_suspect() const noexcept override { return is_open() && file_->is_suspect(); }
  const std::string& final_path() const noexcept override { return final_path_; }

 private:
  base::Result write_at_end(std::span<const Bytes> pieces, const char* what);
  base::Result write_footer(Bytes footer);
  base::Result cut();
  base::Result finish_steps(Bytes footer);
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
  uint64_t offset_bytes_ = 0;
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
  writer_.forget();
  reservation_.begin(file_->fd(), target.reserve_bytes);
  writeback_.begin();
  const Bytes magic(kMagic);
  base::Result result = write_at_end({&magic, 1}, "cannot write ");
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
    return os_failure(what + file_->path(), os_error);
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
  row_group_count_ += static_cast<uint64_t>(result.is_ok());
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
  return outcome == 0 ? base::Result::ok() : os_failure("cannot cut " + file_->path() + " to its size", errno);
}

base::Result ClassicLayout::finish_steps(Bytes footer) {
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
  if (result.is_ok() && finished_ == Finished::kSynced) {
    result = file_->close();
    finished_ = Finished::kClosed;  // Whatever was answered: the bytes are synced, and an error is reported once.
  }
  return result.is_ok() ? file_->take_final_name(target_, resolved_path_, final_path_) : result;
}

base::Result ClassicLayout::finish(Bytes footer) {
  if (!is_open()) {
    return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, "no file is open");
  }
  base::Result result = finish_steps(footer);
  if (result.is_ok()) {
    file_.reset();
  }
  return result;
}

void ClassicLayout::abandon() noexcept {
  if (file_ != nullptr && row_group_count_ == 0) {
    file_->remove();
  }
  file_.reset();
}

}  // namespace

std::unique_ptr<OutputFile> make_classic_layout(const base::SystemCalls& system) { return std::make_unique<ClassicLayout>(system); }

}  // namespace pqflow::io
