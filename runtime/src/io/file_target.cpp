#include "io/file_target.hpp"

#include <cerrno>
#include <chrono>
#include <cinttypes>
#include <cstdio>

#include "io/os_error.hpp"

namespace pqflow::io {
namespace {

constexpr std::string_view kInProgressEnding = ".inprogress";
// NAME_MAX less what a name in progress adds: the dot, a mark of up to twelve characters, the ending, what the file is before and after
// it has that name (".starting", ".copy"), and a suffix of up to five.
constexpr size_t kMaxNameBytes = 255 - 1 - 12 - kInProgressEnding.size() - 9 - 5;

base::Result invalid(const std::string& problem) { return base::Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, problem); }

std::string padded(uint64_t sequence) {
  char digits[32];
  std::snprintf(digits, sizeof(digits), "%06" PRIu64, sequence);
  return digits;
}

size_t name_start(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? 0 : slash + 1;
}

// Where the extension begins, dot included; the end when there is none. A leading dot makes a hidden name, not an extension.
size_t extension_start(std::string_view path) {
  const size_t dot = path.rfind('.');
  return dot == std::string_view::npos || dot <= name_start(path) ? path.size() : dot;
}

std::string with_insert(std::string_view path, std::string_view insert) {
  const size_t extension = extension_start(path);
  return std::string(path.substr(0, extension)).append(insert).append(path.substr(extension));
}

// "." for a bare name; with a slash at its end, so that access() answers ENOTDIR for a file.
std::string folder_of(const std::string& path) { return name_start(path) == 0 ? "./" : path.substr(0, name_start(path)); }

std::string utc_date(uint64_t utc_ns) {
  const std::chrono::sys_time<std::chrono::nanoseconds> time{std::chrono::nanoseconds(utc_ns)};
  const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(time)};
  char text[16];
  std::snprintf(text, sizeof(text), "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()));
  return text;
}

base::Result replace_placeholders(std::string_view path_template, const PathValues& values, bool& has_sequence, std::string& path) {
  size_t position = 0;
  while (position < path_template.size()) {
    const size_t open = path_template.find('{', position);
    path.append(path_template.substr(position, open - position));
    if (open == std::string_view::npos) {
      break;
    }
    const size_t close = path_template.find('}', open);
    const std::string_view placeholder = path_template.substr(open, close == std::string_view::npos ? close : close - open + 1);
    if (placeholder == "{schema}") {
      path.append(values.schema_name);
    } else if (placeholder == "{seq}") {
      path.append(padded(values.sequence));
      has_sequence = true;
    } else if (placeholder == "{utc_date}") {
      path.append(utc_date(values.opened_at_utc_ns));
    } else {
      return invalid("path \"" + std::string(path_template) + "\": unknown placeholder " + std::string(placeholder) +
                     "; known ones are {schema}, {seq} and {utc_date}");
    }
    position = close + 1;
  }
  return base::Result::ok();
}

base::Result check_path(const std::string& path) {
  if (path.find('\0') != std::string::npos) {
    return invalid("path: a NUL byte cannot be part of a file name");
  }
  if (path.size() >= PQFLOW_PATH_CAPACITY_BYTES) {
    return invalid("path: " + std::to_string(path.size()) + " bytes are too many; the limit is " +
                   std::to_string(PQFLOW_PATH_CAPACITY_BYTES - 1));
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

base::Result check_folder(const base::SystemCalls& system, const std::string& path) {
  const std::string folder = folder_of(path);
  if (system.access(system.context, folder.c_str()) == 0) {
    return base::Result::ok();
  }
  const int os_error = errno;
  if (os_error == ENOENT) {
    return base::Result::failure(PQFLOW_STATUS_IO_ERROR, "folder " + folder + " does not exist; create it or choose another path",
                                 os_error);
  }
  return os_failure("cannot reach folder " + folder, os_error);
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

std::string suffixed_path(const std::string& path, uint64_t number) { return with_insert(path, "." + std::to_string(number)); }

base::Result expand_path(std::string_view path_template, const PathValues& values, std::string& path) {
  if (path_template.empty()) {
    return invalid("path is empty");
  }
  std::string expanded;
  bool has_sequence = false;
  if (base::Result result = replace_placeholders(path_template, values, has_sequence, expanded); !result.is_ok()) {
    return result;
  }
  if (!has_sequence && values.sequence != 0) {
    expanded = with_insert(expanded, "-" + padded(values.sequence));
  }
  if (base::Result result = check_path(expanded); !result.is_ok()) {
    return result;
  }
  path = std::move(expanded);
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
