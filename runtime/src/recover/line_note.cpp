#include "recover/line_note.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <memory>
#include <system_error>
#include <vector>

#include "io/line_file.hpp"
#include "io/os_error.hpp"
#include "io/piece_writer.hpp"
#include "io/progress_name.hpp"
#include "recover/finish_file.hpp"

namespace pqflow::recover {

namespace {

constexpr std::string_view kLineBeginning = "{\"path\":";

// What a power cut leaves of it.
bool is_torn_beginning(const std::string& text) {
  return kLineBeginning.starts_with(text) || text.find_first_not_of('\0') == std::string::npos;
}

bool is_there(const std::string& path) {
  std::error_code unknown;
  return std::filesystem::symlink_status(path, unknown).type() != std::filesystem::file_type::not_found;
}

// Each is one of its own: it says when the file was recovered.
bool has_line(const std::string& manifest_path, const std::string& line) {
  std::error_code unknown;
  if (!std::filesystem::is_regular_file(manifest_path, unknown)) {
    return false;
  }
  std::ifstream manifest(manifest_path, std::ios::binary);
  std::string found;
  while (std::getline(manifest, found)) {
    if (found == line) {
      return !manifest.eof();  // A torn one lacks its line feed at least.
    }
  }
  return false;
}

}  // namespace

LineNote::LineNote(const base::SystemCalls& system, const std::string& progress_path)
    : system_(system), path_(progress_path + std::string(io::kLineEnding)) {}

base::Result LineNote::fill(const std::string& text) {
  const std::span<const uint8_t> bytes(reinterpret_cast<const uint8_t*>(text.data()), text.size());
  if (const int os_error = std::make_unique<io::PieceWriter>(system_)->write(file_->fd(), 0, {&bytes, 1}); os_error != 0) {
    return io::os_failure(PQFLOW_FILE_CALL_WRITE, "cannot write to " + file_->path(), os_error);
  }
  if (auto result = file_->sync(); !result.is_ok()) {
    return result;
  }
  return file_->close();
}

base::Result LineNote::write(const std::string& final_path, const std::string& line) {
  if (is_there(path_) && system_.unlink(system_.context, path_.c_str()) != 0) {
    return io::os_failure(PQFLOW_FILE_CALL_RENAME, "cannot remove " + path_, errno);
  }
  line_ = line;
  file_.emplace(system_);
  if (auto result = file_->create(path_); !result.is_ok()) {
    return result;
  }
  if (auto result = fill(line + "\n" + std::filesystem::path(final_path).filename().string()); !result.is_ok()) {
    file_->remove();
    return result;
  }
  return file_->sync_folder();
}

base::Result LineNote::settle(const std::string& manifest_path) {
  if (auto result = io::LineFile(system_, manifest_path).append(line_ + "\n"); !result.is_ok()) {
    return result;
  }
  return remove_file(system_, path_);
}

base::Result read_note(const SourceFile& source, std::optional<FoundNote>& note) {
  note.reset();
  std::vector<uint8_t> bytes;
  if (auto result = source.read(0, source.size_bytes(), bytes); !result.is_ok()) {
    return result;
  }
  const std::string text(bytes.begin(), bytes.end());
  const size_t line_end = text.find('\n');
  if (!text.starts_with(kLineBeginning) && !is_torn_beginning(text)) {
    return base::Result::ok();
  }
  note.emplace();
  if (text.starts_with(kLineBeginning) && line_end != std::string::npos && line_end + 1 < text.size()) {
    note = {text.substr(0, line_end), source.path().substr(0, source.path().rfind('/') + 1) + text.substr(line_end + 1)};
  }
  return base::Result::ok();
}

bool is_file_named(const std::string& note_path, const FoundNote& note) {
  const std::string progress_path = note_path.substr(0, note_path.rfind(io::kLineEnding));
  return !note.line.empty() && !is_there(progress_path) && is_there(note.final_path);
}

base::Result append_once(const base::SystemCalls& system, const std::string& manifest_path, const std::string& line) {
  return has_line(manifest_path, line) ? base::Result::ok() : io::LineFile(system, manifest_path).append(line + "\n");
}

}  // namespace pqflow::recover
