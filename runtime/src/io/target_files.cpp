#include "io/target_files.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>

#include "io/lock_owner.hpp"
#include "io/progress_name.hpp"
#include "io/target_pattern.hpp"

namespace pqflow::io {

namespace {

constexpr int kMaxLooks = 10;

struct Target {
  std::string_view path_template;
  const PathValues& values;
  const TargetPattern& pattern;
  uint64_t now_utc_ns;
  std::string folder;  // With its slash; empty: where the process is.
  std::string_view own_path;
};

// Empty: none of a file of this target.
std::string final_name_of(const Target& target, const std::string& name) {
  const std::optional<ProgressName> progress = parse_progress_name(name, target.now_utc_ns);
  const bool is_of_target = progress && target.folder + name != target.own_path && target.pattern.names_file(progress->final_name);
  return is_of_target ? progress->final_name : "";
}

// A file that was just created is empty until its process has the lock: asking for it then could take it from that one.
bool may_be_just_created(const std::string& path) {
  std::error_code unknown;
  const uintmax_t size_bytes = std::filesystem::file_size(path, unknown);
  return unknown || size_bytes == 0;
}

// False: a file took another name meanwhile, under which it may not have been seen.
bool look_once(const Target& target, TargetFiles& files) {
  bool is_whole = true;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(target.folder.empty() ? "." : target.folder, error);
       !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    const std::string final_name = final_name_of(target, name);
    if (final_name.empty()) {
      continue;
    }
    const std::string path = target.folder + name;
    const bool is_own_name = has_name(target.path_template, target.values, final_name);
    if (!is_own_name && may_be_just_created(path)) {
      continue;
    }
    const LockState state = ask_lock(path);
    if (state == LockState::kFree) {
      files.left.push_back(path);
    } else if (is_own_name) {
      is_whole = is_whole && state != LockState::kGone;
      files.written.insert(files.written.end(), state == LockState::kTaken ? 1 : 0, path);
    }
  }
  return is_whole;
}

}  // namespace

TargetFiles find_target_files(std::string_view path_template, const PathValues& values, uint64_t now_utc_ns, std::string_view own_path) {
  TargetFiles files;
  ExpandedPath expanded;
  if (!expand_path(path_template, values, expanded).is_ok()) {
    return files;
  }
  const TargetPattern pattern(path_template, values);
  const Target target{path_template, values, pattern, now_utc_ns, expanded.path.substr(0, expanded.path.rfind('/') + 1), own_path};
  bool is_whole = false;
  for (int look = 0; look < kMaxLooks && !is_whole; ++look) {
    files = {};
    is_whole = look_once(target, files);
  }
  std::ranges::sort(files.written);
  std::ranges::sort(files.left);
  return files;
}

}  // namespace pqflow::io
