#include "io/path_template.hpp"

#include <algorithm>
#include <array>
#include <cinttypes>
#include <cstdio>

#include "base/nearest_word.hpp"
#include "base/utc_text.hpp"
#include "io/file_target.hpp"

namespace pqflow::io {
namespace {

constexpr unsigned kSequenceDigits = 6;
constexpr unsigned kMaxSequenceDigits = 20;  // Those of 2^64 - 1.
constexpr std::string_view kSequence = "seq";
constexpr std::string_view kKnown = "known ones are {schema}, {date}, {hour}, {minute}, {time}, {host}, {pid} and {seq}";

std::string padded(uint64_t number, unsigned digit_count) {
  char digits[32];
  std::snprintf(digits, sizeof(digits), "%0*" PRIu64, static_cast<int>(digit_count), number);
  return digits;
}

struct Placeholder {
  std::string_view name;
  std::string (*text)(const PathValues& values);
};

constexpr Placeholder kPlaceholders[] = {
    {"schema", [](const PathValues& values) { return std::string(values.schema_name); }},
    {"date", [](const PathValues& values) { return base::utc_date_text(values.begun_at_utc_ns); }},
    {"hour", [](const PathValues& values) { return base::utc_time_text(values.begun_at_utc_ns).substr(0, 2); }},
    {"minute", [](const PathValues& values) { return base::utc_time_text(values.begun_at_utc_ns).substr(2, 2); }},
    {"time", [](const PathValues& values) { return base::utc_time_text(values.begun_at_utc_ns); }},
    {"host", [](const PathValues& values) { return std::string(values.host); }},
    {"pid", [](const PathValues& values) { return std::to_string(values.process_id); }},
    {kSequence, [](const PathValues& values) { return padded(values.sequence, kSequenceDigits); }},
    {"utc_date", [](const PathValues& values) { return base::utc_date_text(values.begun_at_utc_ns); }},
};

base::Result invalid(std::string_view path_template, const std::string& problem) {
  return base::Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, "path \"" + std::string(path_template) + "\": " + problem);
}

const Placeholder* find_placeholder(std::string_view name) noexcept {
  const auto* const found = std::ranges::find(kPlaceholders, name, &Placeholder::name);
  return found == std::end(kPlaceholders) ? nullptr : found;
}

std::string in_braces(std::string_view name) { return "{" + std::string(name) + "}"; }

std::string suggestion(std::string_view name) {
  std::array<std::string_view, std::size(kPlaceholders)> names;
  std::ranges::transform(kPlaceholders, names.begin(), &Placeholder::name);
  const std::string_view nearest = base::nearest_word(name, names);
  return nearest.empty() ? "" : "did you mean " + in_braces(nearest) + "? ";
}

// "05" of {seq:05}; 0 where it is no number of digits.
unsigned digit_count_of(std::string_view width) noexcept {
  const bool is_number = width.size() >= 2 && width.size() <= 3 && width.front() == '0' &&
                         std::ranges::all_of(width, [](char digit) { return digit >= '0' && digit <= '9'; });
  unsigned digit_count = 0;
  for (const char digit : is_number ? width : std::string_view()) {
    digit_count = digit_count * 10 + static_cast<unsigned>(digit - '0');
  }
  return digit_count <= kMaxSequenceDigits ? digit_count : 0;
}

// `inner`: what stands between the braces.
base::Result replace(std::string_view path_template, std::string_view inner, const PathValues& values, std::string& path) {
  const size_t colon = inner.find(':');
  const std::string_view name = inner.substr(0, colon);
  const Placeholder* const placeholder = find_placeholder(name);
  if (placeholder == nullptr) {
    return invalid(path_template, "unknown placeholder " + in_braces(inner) + "; " + suggestion(name) + std::string(kKnown));
  }
  if (colon == std::string_view::npos) {
    path.append(placeholder->text(values));
    return base::Result::ok();
  }
  if (name != kSequence) {
    return invalid(path_template, in_braces(inner) + " is not possible; write " + in_braces(name) + ": only {seq} has a number of digits");
  }
  const unsigned digit_count = digit_count_of(inner.substr(colon + 1));
  if (digit_count == 0) {
    return invalid(path_template, in_braces(inner) + " is not possible; write {seq:01} to {seq:020}, the digits it has at least");
  }
  path.append(padded(values.sequence, digit_count));
  return base::Result::ok();
}

size_t component_start(std::string_view path) noexcept {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? 0 : slash + 1;
}

base::Result replace_placeholders(std::string_view path_template, const PathValues& values, ExpandedPath& expanded) {
  expanded.made_folders_start = std::string::npos;
  for (size_t position = 0; position < path_template.size();) {
    const size_t brace = path_template.find_first_of("{}", position);
    expanded.path.append(path_template.substr(position, brace - position));
    if (brace == std::string_view::npos) {
      break;
    }
    const size_t close = path_template.find('}', brace);
    if (path_template[brace] == '}' || close == std::string_view::npos) {
      return invalid(path_template, path_template[brace] == '}' ? "} without { before it" : "{ without } behind it");
    }
    expanded.made_folders_start = std::min(expanded.made_folders_start, component_start(expanded.path));
    const std::string_view inner = path_template.substr(brace + 1, close - brace - 1);
    if (base::Result result = replace(path_template, inner, values, expanded.path); !result.is_ok()) {
      return result;
    }
    position = close + 1;
  }
  return base::Result::ok();
}

// Of a number of up to kMaxSequenceDigits digits; one that is too large comes out wrong, and stands in no name.
uint64_t number_of(std::string_view digits) noexcept {
  uint64_t number = 0;
  for (const char digit : digits) {
    number = number * 10 + static_cast<unsigned>(digit - '0');
  }
  return number;
}

bool names_file(std::string_view path_template, PathValues values, uint64_t sequence, std::string_view file_name) {
  values.sequence = sequence;
  ExpandedPath expanded;
  return expand_path(path_template, values, expanded).is_ok() &&
         std::string_view(expanded.path).substr(component_start(expanded.path)) == file_name;
}

}  // namespace

// Where the sequence stands is not asked: each number that is in the name is tried.
bool has_name(std::string_view path_template, const PathValues& values, std::string_view file_name) {
  if (names_file(path_template, values, 0, file_name)) {
    return true;
  }
  const auto is_digit = [](char byte) { return byte >= '0' && byte <= '9'; };
  for (size_t start = 0; start < file_name.size(); ++start) {
    for (size_t end = start; end < file_name.size() && end - start < kMaxSequenceDigits && is_digit(file_name[end]); ++end) {
      if (names_file(path_template, values, number_of(file_name.substr(start, end + 1 - start)), file_name)) {
        return true;
      }
    }
  }
  return false;
}

bool has_sequence(std::string_view path_template) noexcept {
  return path_template.find("{seq}") != std::string_view::npos || path_template.find("{seq:") != std::string_view::npos;
}

base::Result expand_path(std::string_view path_template, const PathValues& values, ExpandedPath& expanded) {
  if (path_template.empty()) {
    return base::Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, "path is empty");
  }
  ExpandedPath result_path;
  if (base::Result result = replace_placeholders(path_template, values, result_path); !result.is_ok()) {
    return result;
  }
  if (values.sequence != 0 && !has_sequence(path_template)) {
    result_path.path = with_insert(result_path.path, "-" + padded(values.sequence, kSequenceDigits));
  }
  if (base::Result result = check_path(result_path.path); !result.is_ok()) {
    return result;
  }
  expanded = std::move(result_path);
  return base::Result::ok();
}

std::string safe_host_name(std::string_view host) {
  std::string safe(host.empty() ? "localhost" : host);
  std::ranges::replace_if(
      safe,
      [](char byte) {
        return !((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '-' ||
                 byte == '_');
      },
      '-');
  return safe;
}

}  // namespace pqflow::io
