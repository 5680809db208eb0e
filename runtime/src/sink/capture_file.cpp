#include "sink/capture_file.hpp"

#include <algorithm>
#include <utility>

namespace pqflow::sink {

namespace {

// Enough that asking for more is rare, little enough that nobody misses it until the file is finished.
constexpr uint64_t kReserveBytes = uint64_t{64} << 20;

uint64_t reserve_bytes(uint64_t rotate_bytes) { return rotate_bytes == 0 ? kReserveBytes : std::min(rotate_bytes, kReserveBytes); }

// Hidden, in the same folder, so that the final rename stays within one file system.
std::string in_progress_path(const std::string& final_path) {
  const size_t slash = final_path.rfind('/');
  const size_t name = slash == std::string::npos ? 0 : slash + 1;
  return final_path.substr(0, name) + "." + final_path.substr(name) + ".inprogress";
}

}  // namespace

CaptureFile::CaptureFile(const columns::RecordSchema& schema, pqflow_float_order float_order, CaptureTarget target,
                         const base::SystemCalls& system, const base::Clock& clock)
    : schema_(schema),
      target_(std::move(target)),
      clock_(clock),
      file_(io::make_classic_layout(system)),
      metadata_(schema, float_order, target_.footer_cap_bytes) {
  footer_.reserve(target_.footer_cap_bytes);
}

size_t CaptureFile::memory_bytes() const noexcept { return metadata_.memory_bytes() + footer_.capacity(); }

base::Result CaptureFile::begin() {
  io::FileTarget target;
  const io::PathValues values{schema_.name, sequence_, clock_.utc_ns(clock_.context)};
  if (auto result = io::expand_path(target_.path_template, values, target.final_path); !result.is_ok()) {
    return result;
  }
  target.in_progress_path = in_progress_path(target.final_path);
  const bool is_later_file = sequence_ != 0 && target_.if_exists == PQFLOW_IF_EXISTS_FAIL;
  target.if_exists = is_later_file ? PQFLOW_IF_EXISTS_SUFFIX : target_.if_exists;
  target.reserve_bytes = reserve_bytes(target_.rotate_bytes);
  if (auto result = file_->begin(target); !result.is_ok()) {
    return result;
  }
  bytes_written_ += file_->offset_bytes();
  return base::Result::ok();
}

base::Result CaptureFile::append(const parquet::EncodedRowGroup& group, std::span<const parquet::LaneRange> lanes) {
  const uint64_t offset_bytes = file_->offset_bytes();
  trailer_.clear();
  metadata_.encode_trailer(group, offset_bytes, lanes, trailer_);
  pieces_.assign(group.pieces.begin(), group.pieces.end());
  pieces_.emplace_back(trailer_);
  if (auto result = file_->append_row_group(pieces_); !result.is_ok()) {
    return result;
  }
  metadata_.add(group, offset_bytes);
  bytes_written_ += file_->offset_bytes() - offset_bytes;
  return base::Result::ok();
}

void CaptureFile::seal(std::span<const parquet::KeyValue> capture) {
  footer_.clear();
  metadata_.encode_footer(capture, file_->offset_bytes(), footer_);
}

base::Result CaptureFile::finish() {
  if (auto result = file_->finish(footer_); !result.is_ok()) {
    return result;
  }
  bytes_written_ += footer_.size();
  metadata_.clear();
  ++sequence_;
  ++files_finished_;
  return base::Result::ok();
}

void CaptureFile::set_aside() noexcept {
  file_->abandon();
  metadata_.clear();
  ++sequence_;
}

}  // namespace pqflow::sink
