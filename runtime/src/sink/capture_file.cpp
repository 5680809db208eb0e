#include "sink/capture_file.hpp"

#include <utility>

namespace pqflow::sink {

CaptureFile::CaptureFile(const columns::RecordSchema& schema, CaptureTarget target, const base::SystemCalls& system)
    : schema_(schema),
      target_(std::move(target)),
      system_(system),
      file_(io::make_classic_layout(system)),
      metadata_(schema, kFooterCapBytes) {
  footer_.reserve(kFooterCapBytes);
}

size_t CaptureFile::memory_bytes() const noexcept { return metadata_.memory_bytes() + footer_.capacity() + kOutputBufferBytes; }

base::Result CaptureFile::begin() {
  std::string path;
  if (auto result = io::expand_path(target_.path_template, schema_.name, sequence_, path); !result.is_ok()) {
    return result;
  }
  const bool is_later_file = sequence_ != 0 && target_.if_exists == PQFLOW_IF_EXISTS_FAIL;
  io::FileTarget target;
  if (auto result = io::resolve_target(system_, path, is_later_file ? PQFLOW_IF_EXISTS_SUFFIX : target_.if_exists, target);
      !result.is_ok()) {
    return result;
  }
  if (auto result = file_->begin(target); !result.is_ok()) {
    return result;
  }
  bytes_written_ += file_->offset_bytes();
  return base::Result::ok();
}

base::Result CaptureFile::append(const parquet::EncodedRowGroup& group, uint64_t first_sequence) {
  const uint64_t offset_bytes = file_->offset_bytes();
  trailer_.clear();
  metadata_.encode_trailer(group, offset_bytes, first_sequence, trailer_);
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
  metadata_.encode_footer(capture, footer_);
}

base::Result CaptureFile::finish() {
  if (auto result = file_->finish(footer_); !result.is_ok()) {
    return result;
  }
  bytes_written_ += footer_.size();
  metadata_.clear();
  ++sequence_;
  return base::Result::ok();
}

}  // namespace pqflow::sink
