#include "recover/finish_file.hpp"

#include <array>
#include <cerrno>
#include <memory>

#include "io/file_target.hpp"
#include "io/folder_sync.hpp"
#include "io/os_error.hpp"
#include "io/piece_writer.hpp"
#include "io/progress_name.hpp"
#include "recover/footer_reader.hpp"

namespace pqflow::recover {

namespace {

constexpr std::array<uint8_t, 4> kBeginning = {'P', 'A', 'R', '1'};
constexpr size_t kFooterMemoryBytes = size_t{64} << 10;

}  // namespace

// ---- A copy with a footer ----

base::Result FileFinisher::write_at(uint64_t offset_bytes, Bytes bytes) {
  const auto writer = std::make_unique<io::PieceWriter>(system_);
  const int os_error = writer->write(progress_.fd(), offset_bytes, {&bytes, 1});
  return os_error == 0 ? base::Result::ok() : io::os_failure(PQFLOW_FILE_CALL_WRITE, "cannot write to " + progress_.path(), os_error);
}

// All but the first four bytes, which are written: a damaged file may lack them.
base::Result FileFinisher::copy_data() {
  const uint64_t end_bytes = source_ == nullptr ? 0 : file_.data_end_bytes();
  uint64_t offset_bytes = kBeginning.size();
  while (offset_bytes < end_bytes) {
    const ssize_t copied = system_.copy_range(system_.context, source_->fd(), progress_.fd(), static_cast<off_t>(offset_bytes),
                                              static_cast<size_t>(end_bytes - offset_bytes));
    if (copied < 0 && errno == EINTR) {
      continue;
    }
    if (copied <= 0) {
      return io::os_failure(PQFLOW_FILE_CALL_COPY, "cannot copy " + path_ + " to " + progress_.path(), copied < 0 ? errno : EIO);
    }
    offset_bytes += static_cast<uint64_t>(copied);
  }
  return base::Result::ok();
}

base::Result FileFinisher::encode_footer(std::span<const parquet::KeyValue> capture, std::vector<uint8_t>& footer) const {
  FoundFooter of_added;
  const bool has_own_fields = file_.fields.has_value();
  if (!has_own_fields && (added_.row_groups.empty() || !read_file_metadata(added_.row_groups.front().file_metadata, of_added))) {
    return base::Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, "nothing says what the columns of " + path_ + " are");
  }
  parquet::FooterWriter writer(has_own_fields ? *file_.fields : of_added.fields, kFooterMemoryBytes);
  for (const FoundRowGroup& group : file_.found.row_groups) {
    writer.add(group.entry);
  }
  for (const FoundRowGroup& group : added_.row_groups) {
    writer.add(group.entry);
  }
  writer.encode(capture, file_.data_end_bytes() + added_.bytes.size(), footer);
  return base::Result::ok();
}

base::Result FileFinisher::fill(std::span<const parquet::KeyValue> capture) {
  std::vector<uint8_t> footer;
  if (auto result = encode_footer(capture, footer); !result.is_ok()) {
    return result;
  }
  if (auto result = write_at(0, kBeginning); !result.is_ok()) {
    return result;
  }
  if (auto result = copy_data(); !result.is_ok()) {
    return result;
  }
  if (auto result = write_at(file_.data_end_bytes(), added_.bytes); !result.is_ok()) {
    return result;
  }
  if (auto result = write_at(file_.data_end_bytes() + added_.bytes.size(), footer); !result.is_ok()) {
    return result;
  }
  if (auto result = progress_.sync(); !result.is_ok()) {
    return result;
  }
  return progress_.close();
}

base::Result FileFinisher::replace_by_copy(std::span<const parquet::KeyValue> capture) {
  if (auto result = progress_.create(path_ + std::string(io::kRecoverEnding)); !result.is_ok()) {
    return result;
  }
  base::Result result = fill(capture);
  if (result.is_ok()) {
    result = source_ == nullptr ? progress_.take_name(path_) : progress_.replace(path_);
  }
  if (!result.is_ok()) {
    progress_.remove();
    return result;
  }
  return progress_.sync_folder();
}

// ---- Steps ----

base::Result FileFinisher::complete(std::span<const parquet::KeyValue> capture) {
  if (!file_.is_complete || !added_.row_groups.empty()) {
    return replace_by_copy(capture);
  }
  if (auto result = progress_.adopt(path_); !result.is_ok()) {
    return result;
  }
  return progress_.sync();
}

base::Result FileFinisher::take_final_name(std::string& final_path, const BeforeNaming& before_naming) {
  io::FileTarget target;
  target.final_path = final_path;
  target.if_exists = PQFLOW_IF_EXISTS_SUFFIX;
  std::string free_path = final_path;
  for (uint64_t number = 1; system_.access(system_.context, free_path.c_str()) == 0 && number <= io::kMaxSuffix; ++number) {
    free_path = io::suffixed_path(final_path, number);
  }
  base::Result result = before_naming ? before_naming(free_path) : base::Result::ok();
  if (!result.is_ok()) {
    return result;
  }
  if (result = progress_.take_final_name(target, free_path, final_path); !result.is_ok()) {
    return result;
  }
  if (before_naming && final_path != free_path) {
    if (result = before_naming(final_path); !result.is_ok()) {
      return result;
    }
  }
  return progress_.sync_folder();
}

base::Result remove_file(const base::SystemCalls& system, const std::string& path) {
  if (system.unlink(system.context, path.c_str()) != 0) {
    return io::os_failure(PQFLOW_FILE_CALL_RENAME, "cannot remove " + path, errno);
  }
  const std::string folder = io::folder_of(path);
  const int os_error = io::sync_folder(system, folder);
  return os_error == 0 ? base::Result::ok() : io::os_failure(PQFLOW_FILE_CALL_SYNC_FOLDER, "cannot sync folder " + folder, os_error);
}

}  // namespace pqflow::recover
