#include "io/target_files.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>

#include "io/lock_owner.hpp"
#include "io/progress_name.hpp"

namespace pqflow::io {

namespace {

constexpr int kMaxLooks = 10;

struct Target {
  std::string_view path_template;
  const PathValues& values;
  uint64_t now_utc_ns;
  std::string folder;  // With its slash; empty: where the process is.
  std::string_view own_path;
};

bool is_in_progress(const Target& target, const std::string& name) {
  const std::optional<ProgressName> progress = parse_progress_name(name, target.now_utc_ns);
  return progress && target.folder + name != target.own_path && has_name(target.path_template, target.values, progress->final_name);
}

// False: a file took another name meanwhile, under which it may not have been seen.
bool look_once(const Target& target, TargetFiles& files) {
  bool is_whole = true;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(target.folder.empty() ? "." : target.folder, error);
       !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (!is_in_progress(target, name)) {
      continue;
    }
    const std::string path = target.folder + name;
    const LockState state = ask_lock(path);
    is_whole = is_whole && state != LockState::kGone;
    if (state == LockState::kTaken || state == LockState::kFree) {
      (state == LockState::kTaken ? files.written : files.left).push_back(path);
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
  const Target target{path_template, values, now_utc_ns, expanded.path.substr(0, expanded.path.rfind('/') + 1), own_path};
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
