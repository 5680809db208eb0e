// PAR1, row groups, footer: nothing is readable before finish().
#include <fcntl.h>

#include <cerrno>
#include <utility>

#include "io/os_error.hpp"
#include "io/output_file.hpp"
#include "io/piece_writer.hpp"
#include "io/reservation.hpp"
#include "io/writeback.hpp"

namespace pqflow::io {
namespace {

constexpr uint8_t kMagic[] = {'P', 'A', 'R', '1'};
constexpr unsigned kFileMode = 0640;
constexpr int kNoFile = -1;

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
  bool is_open() const noexcept override { return is_open_; }
  bool is_suspect() const noexcept override { return !sync_failure_.is_ok(); }
  const std::string& final_path() const noexcept override { return final_path_; }

 private:
  int create(const FileTarget& target);
  base::Result write_footer(Bytes footer);
  base::Result cut();
  base::Result sync();
  base::Result close();
  base::Result rename();
  int rename_to_free_name();
  base::Result write_at_end(std::span<const Bytes> pieces, const char* what);

  const base::SystemCalls& system_;
  PieceWriter writer_;
  Reservation reservation_;
  Writeback writeback_;
  FileTarget target_;
  std::string resolved_path_;     // target_.final_path, or with the suffix that was free at begin().
  std::string in_progress_path_;  // Of target_, or a free name beside it.
  std::string final_path_;
  base::Result sync_failure_;
  uint64_t offset_bytes_ = 0;
  uint64_t row_group_count_ = 0;
  int fd_ = kNoFile;
  bool is_open_ = false;
  Finished finished_ = Finished::kNothing;
};

// A file in progress of the same name is another live capture's, or what a killed process left: neither may be touched, so the next free
// name is taken.
int ClassicLayout::create(const FileTarget& target) {
  for (uint64_t number = 0; number <= kMaxSuffix; ++number) {
    in_progress_path_ = target.in_progress_path + (number == 0 ? "" : "." + std::to_string(number));
    do {
      fd_ = system_.open(system_.context, in_progress_path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, kFileMode);
    } while (fd_ < 0 && errno == EINTR);
    if (fd_ >= 0 || errno != EEXIST) {
      break;
    }
  }
  return fd_ >= 0 ? 0 : errno;
}

base::Result ClassicLayout::begin(const FileTarget& target) {
  if (is_open_) {
    return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, "a file is open already: " + in_progress_path_);
  }
  std::string resolved_path;
  if (base::Result result = resolve_target(system_, target, resolved_path); !result.is_ok()) {
    return result;
  }
  if (const int os_error = create(target); os_error != 0) {
    fd_ = kNoFile;
    return os_failure("cannot create " + in_progress_path_, os_error);
  }
  target_ = target;
  resolved_path_ = std::move(resolved_path);
  final_path_.clear();
  offset_bytes_ = 0;
  row_group_count_ = 0;
  sync_failure_ = base::Result::ok();
  finished_ = Finished::kNothing;
  is_open_ = true;
  writer_.forget();
  reservation_.begin(fd_, target.reserve_bytes);
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
  reservation_.cover(fd_, end_bytes);
  if (const int os_error = writer_.write(fd_, offset_bytes_, pieces); os_error != 0) {
    return os_failure(what + in_progress_path_, os_error);
  }
  offset_bytes_ = end_bytes;
  writeback_.reach(fd_, end_bytes);
  return base::Result::ok();
}

base::Result ClassicLayout::append_row_group(std::span<const Bytes> pieces) {
  if (!is_open_ || finished_ != Finished::kNothing) {
    return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, "a row group cannot be added to a file that is not open or has its footer");
  }
  base::Result result = write_at_end(pieces, "cannot write a row group to ");
  row_group_count_ += static_cast<uint64_t>(result.is_ok());
  return result;
}

base::Result ClassicLayout::write_footer(Bytes footer) {
  base::Result result = write_at_end({&footer, 1}, "cannot write the footer of ");
  finished_ = result.is_ok() ? Finished::kWritten : finished_;
  return result;
}

// A write that failed half way may have left bytes behind what counts, and a Parquet file ends with its footer; space that was reserved and
// not needed is given back.
base::Result ClassicLayout::cut() {
  if (writer_.reached_bytes() > offset_bytes_ || reservation_.is_beyond(offset_bytes_)) {
    int outcome = 0;
    do {
      outcome = system_.ftruncate(system_.context, fd_, static_cast<off_t>(offset_bytes_));
    } while (outcome != 0 && errno == EINTR);
    if (outcome != 0) {
      return os_failure("cannot cut " + in_progress_path_ + " to its size", errno);
    }
  }
  finished_ = Finished::kCut;
  return base::Result::ok();
}

// After a failure the system may have dropped the unwritten pages and would report success the next time (RUNTIME.md 5.5): never ask it
// again.
base::Result ClassicLayout::sync() {
  if (!sync_failure_.is_ok()) {
    return sync_failure_;
  }
  int outcome = 0;
  do {
    outcome = system_.fdatasync(system_.context, fd_);
  } while (outcome != 0 && errno == EINTR);
  if (outcome != 0) {
    sync_failure_ = os_failure("cannot sync " + in_progress_path_ + ", whose contents are suspect now and which keeps this name", errno);
    sync_failure_.status = PQFLOW_STATUS_IO_ERROR;
    return sync_failure_;
  }
  finished_ = Finished::kSynced;
  return base::Result::ok();
}

// The descriptor is gone whatever close() answers, and the bytes are synced: an error is reported once, a repeated finish() goes on.
base::Result ClassicLayout::close() {
  const int outcome = system_.close(system_.context, std::exchange(fd_, kNoFile));
  finished_ = Finished::kClosed;
  return outcome == 0 || errno == EINTR ? base::Result::ok() : os_failure("cannot close " + in_progress_path_, errno);
}

// A name that was free at open and is taken now gets a suffix: a capture is never lost.
int ClassicLayout::rename_to_free_name() {
  const bool is_replacing = target_.if_exists == PQFLOW_IF_EXISTS_REPLACE;
  for (uint64_t number = 0; number <= kMaxSuffix; ++number) {
    const std::string path = number == 0 ? resolved_path_ : suffixed_path(target_.final_path, number);
    if (system_.rename(system_.context, in_progress_path_.c_str(), path.c_str(), is_replacing) == 0) {
      final_path_ = path;
      return 0;
    }
    if (is_replacing || errno != EEXIST) {
      break;
    }
  }
  return errno;
}

base::Result ClassicLayout::rename() {
  if (const int os_error = rename_to_free_name(); os_error != 0) {
    return os_failure("cannot rename " + in_progress_path_ + " to " + resolved_path_, os_error);
  }
  is_open_ = false;
  return base::Result::ok();
}

base::Result ClassicLayout::finish(Bytes footer) {
  if (!is_open_) {
    return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, "no file is open");
  }
  base::Result result = base::Result::ok();
  if (finished_ == Finished::kNothing) {
    result = write_footer(footer);
  }
  if (result.is_ok() && finished_ == Finished::kWritten) {
    result = cut();
  }
  if (result.is_ok() && finished_ == Finished::kCut) {
    result = sync();
  }
  if (result.is_ok() && finished_ == Finished::kSynced) {
    result = close();
  }
  return result.is_ok() ? rename() : result;
}

void ClassicLayout::abandon() noexcept {
  if (fd_ != kNoFile) {
    system_.close(system_.context, std::exchange(fd_, kNoFile));
  }
  if (std::exchange(is_open_, false) && row_group_count_ == 0) {
    system_.unlink(system_.context, in_progress_path_.c_str());
  }
}

}  // namespace

std::unique_ptr<OutputFile> make_classic_layout(const base::SystemCalls& system) { return std::make_unique<ClassicLayout>(system); }

}  // namespace pqflow::io
