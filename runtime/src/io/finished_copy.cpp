#include "io/finished_copy.hpp"

#include <cerrno>
#include <utility>

#include "io/os_error.hpp"

namespace pqflow::io {

base::Result FinishedCopy::copy_range(const CopySource& source) {
  uint64_t offset_bytes = 0;
  while (offset_bytes < source.copied_bytes) {
    const ssize_t copied = system_.copy_range(system_.context, source.file.fd(), copy_->fd(), static_cast<off_t>(offset_bytes),
                                              static_cast<size_t>(source.copied_bytes - offset_bytes));
    if (copied < 0 && errno == EINTR) {
      continue;
    }
    if (copied <= 0) {
      return os_failure(PQFLOW_FILE_CALL_COPY, "cannot copy " + source.file.path() + " to " + copy_->path(), copied < 0 ? errno : EIO);
    }
    offset_bytes += static_cast<uint64_t>(copied);
  }
  return base::Result::ok();
}

base::Result FinishedCopy::write(uint64_t offset_bytes, std::span<const uint8_t> bytes) {
  const int os_error = writer_.write(copy_->fd(), offset_bytes, {&bytes, 1});
  return os_error == 0 ? base::Result::ok() : os_failure(PQFLOW_FILE_CALL_WRITE, "cannot write to " + copy_->path(), os_error);
}

base::Result FinishedCopy::fill(const CopySource& source) {
  if (auto result = copy_range(source); !result.is_ok()) {
    return result;
  }
  if (!source.kept.empty()) {
    if (auto result = write(source.copied_bytes, source.kept); !result.is_ok()) {
      return result;
    }
  }
  return write(source.copied_bytes + source.kept.size(), source.footer);
}

base::Result FinishedCopy::make(const CopySource& source, const std::string& path) {
  auto copy = std::make_unique<ProgressFile>(system_);
  if (base::Result result = copy->create(path); !result.is_ok()) {
    return result;
  }
  copy_ = std::move(copy);
  base::Result result = fill(source);
  if (result.is_ok()) {
    result = copy_->sync();
  }
  if (!result.is_ok()) {
    discard();
  }
  return result;
}

base::Result FinishedCopy::take_place_of(std::unique_ptr<ProgressFile>& file, const CopySource& source, const std::string& path) {
  if (!is_made()) {
    if (base::Result result = make(source, path); !result.is_ok()) {
      return result;
    }
  }
  if (base::Result result = copy_->replace(file->path()); !result.is_ok()) {
    return result;
  }
  file = std::exchange(copy_, nullptr);
  return base::Result::ok();
}

void FinishedCopy::discard() noexcept {
  if (copy_ != nullptr) {
    std::exchange(copy_, nullptr)->remove();
  }
}

}  // namespace pqflow::io
