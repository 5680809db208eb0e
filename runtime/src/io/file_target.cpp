#include "io/file_target.hpp"

#include <cerrno>

#include "io/os_error.hpp"
#include "io/progress_name.hpp"

namespace pqflow::io {
namespace {

constexpr size_t kMaxFolderNameBytes = 255;  // NAME_MAX.
// NAME_MAX less what a name in progress adds: the dot, a mark of up to twelve characters, the ending, what the file is before and after
// it has that name (".starting", ".copy"), and a suffix of up to five.
constexpr size_t kMaxNameBytes = kMaxFolderNameBytes - 1 - 12 - kInProgressEnding.size() - 9 - 5;

base::Result invalid(const std::string& problem) { return base::Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, problem); }

size_t name_start(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? 0 : slash + 1;
}

// Where the extension begins, dot included; the end when there is none. A leading dot makes a hidden name, not an extension.
size_t extension_start(std::string_view path) {
  const size_t dot = path.rfind('.');
  return dot == std::string_view::npos || dot <= name_start(path) ? path.size() : dot;
}

// "." for a bare name; with a slash at its end, so that access() answers ENOTDIR for a file.
std::string folder_prefix(const std::string& path) { return name_start(path) == 0 ? "./" : path.substr(0, name_start(path)); }

base::Result check_folder_names(const std::string& path) {
  for (size_t start = 0, slash = path.find('/'); slash != std::string::npos; start = slash + 1, slash = path.find('/', start)) {
    if (slash - start > kMaxFolderNameBytes) {
      return invalid("path: the folder name that begins with \"" + path.substr(start, 32) + "\" has " + std::to_string(slash - start) +
                     " bytes; the limit is " + std::to_string(kMaxFolderNameBytes));
    }
  }
  return base::Result::ok();
}

base::Result check_folder(const base::SystemCalls& system, const std::string& path) {
  const std::string folder = folder_prefix(path);
  if (system.access(system.context, folder.c_str()) == 0) {
    return base::Result::ok();
  }
  const int os_error = errno;
  if (os_error == ENOENT) {
    return base::Result::failure(PQFLOW_STATUS_IO_ERROR, "folder " + folder + " does not exist; create it or choose another path", os_error,
                                 PQFLOW_FILE_CALL_LOOK_UP);
  }
  return os_failure(PQFLOW_FILE_CALL_LOOK_UP, "cannot reach folder " + folder, os_error);
}

bool exists(const base::SystemCalls& system, const std::string& path) { return system.access(system.context, path.c_str()) == 0; }

base::Result find_free_suffix(const base::SystemCalls& system, const std::string& path, std::string& free_path) {
  for (uint64_t number = 1; number <= kMaxSuffix; ++number) {
    free_path = suffixed_path(path, number);
    if (!exists(system, free_path)) {
      return base::Result::ok();
    }
  }
  return base::Result::failure(PQFLOW_STATUS_FILE_EXISTS,
                               path + " exists, and so do all its names up to " + free_path + "; choose another path");
}

base::Result resolve_taken(const base::SystemCalls& system, const FileTarget& target, std::string& final_path) {
  if (target.if_exists == PQFLOW_IF_EXISTS_SUFFIX) {
    return find_free_suffix(system, target.final_path, final_path);
  }
  if (target.if_exists == PQFLOW_IF_EXISTS_REPLACE) {
    return base::Result::ok();
  }
  return base::Result::failure(PQFLOW_STATUS_FILE_EXISTS,
                               target.final_path + " exists; remove it, choose another path, or set if_exists to replace or suffix");
}

}  // namespace

std::string with_insert(std::string_view path, std::string_view insert) {
  const size_t extension = extension_start(path);
  return std::string(path.substr(0, extension)).append(insert).append(path.substr(extension));
}

std::string suffixed_path(const std::string& path, uint64_t number) { return with_insert(path, "." + std::to_string(number)); }

base::Result check_path(const std::string& path) {
  if (path.find('\0') != std::string::npos) {
    return invalid("path: a NUL byte cannot be part of a file name");
  }
  if (path.size() >= PQFLOW_PATH_CAPACITY_BYTES) {
    return invalid("path: " + std::to_string(path.size()) + " bytes are too many; the limit is " +
                   std::to_string(PQFLOW_PATH_CAPACITY_BYTES - 1));
  }
  if (base::Result result = check_folder_names(path); !result.is_ok()) {
    return result;
  }
  const size_t name_bytes = path.size() - name_start(path);
  if (name_bytes == 0) {
    return invalid("path \"" + path + "\" names a folder; name a file in it");
  }
  if (name_bytes > kMaxNameBytes) {
    return invalid("path: the file name has " + std::to_string(name_bytes) + " bytes; the limit is " + std::to_string(kMaxNameBytes) +
                   ", because the file in progress has a longer name");
  }
  return base::Result::ok();
}

base::Result resolve_target(const base::SystemCalls& system, const FileTarget& target, std::string& final_path) {
  const std::string& path = target.final_path;
  if (base::Result result = check_path(path); !result.is_ok()) {
    return result;
  }
  if (base::Result result = check_folder(system, path); !result.is_ok()) {
    return result;
  }
  if (exists(system, path + "/")) {
    return invalid(path + " is a folder; name a file in it");
  }
  final_path = path;
  return exists(system, path) ? resolve_taken(system, target, final_path) : base::Result::ok();
}

}  // namespace pqflow::io
