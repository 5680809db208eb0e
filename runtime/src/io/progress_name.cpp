#include "io/progress_name.hpp"

#include <algorithm>

namespace pqflow::io {

namespace {

constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr size_t kMarkDigits = 10;
constexpr uint64_t kDayNs = uint64_t{86'400} * 1'000'000'000;

// Microseconds since 1970 in base 36: ten digits until the year 2085.
std::string mark_of(uint64_t utc_ns) {
  std::string mark;
  for (uint64_t rest = utc_ns / 1000; rest != 0 || mark.empty(); rest /= kDigits.size()) {
    mark.insert(mark.begin(), kDigits[rest % kDigits.size()]);
  }
  return mark;
}

std::string progress_path(const std::string& final_path, const std::string& mark) {
  const size_t slash = final_path.rfind('/');
  const size_t name = slash == std::string::npos ? 0 : slash + 1;
  return final_path.substr(0, name).append(".").append(final_path.substr(name)).append(mark).append(kInProgressEnding);
}

// Microseconds, if a clock of this century, no later than `utc_ns`, made it.
std::optional<uint64_t> read_mark(std::string_view text, uint64_t utc_ns) {
  if (text.size() != kMarkDigits) {
    return std::nullopt;
  }
  uint64_t mark_us = 0;
  for (const char digit : text) {
    const size_t value = kDigits.find(digit);
    if (value == std::string_view::npos) {
      return std::nullopt;
    }
    mark_us = mark_us * kDigits.size() + value;
  }
  constexpr uint64_t kFirstUs = uint64_t{946'684'800} * 1'000'000;  // 2000-01-01.
  const bool is_mark = mark_us >= kFirstUs && mark_us <= (utc_ns + kDayNs) / 1000;
  return is_mark ? std::optional(mark_us) : std::nullopt;
}

bool remove_ending(std::string_view& name, std::string_view ending) {
  const bool has_ending = name.ends_with(ending);
  name.remove_suffix(has_ending ? ending.size() : 0);
  return has_ending;
}

// .1, .2 …
void remove_number(std::string_view& name) {
  const size_t dot = name.rfind('.');
  const std::string_view digits = dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
  const bool is_number = !digits.empty() && std::ranges::all_of(digits, [](char digit) { return digit >= '0' && digit <= '9'; });
  name.remove_suffix(is_number ? digits.size() + 1 : 0);
}

std::optional<uint64_t> remove_mark(std::string_view& name, uint64_t utc_ns) {
  const size_t dot = name.rfind('.');
  const bool has_ending = dot != std::string_view::npos && dot != 0;
  const std::optional<uint64_t> mark_us = has_ending ? read_mark(name.substr(dot + 1), utc_ns) : std::nullopt;
  name = mark_us ? name.substr(0, dot) : name;
  return mark_us;
}

}  // namespace

std::string classic_progress_path(const std::string& final_path) { return progress_path(final_path, ""); }

std::string live_progress_path(const std::string& final_path, uint64_t utc_ns) { return progress_path(final_path, "." + mark_of(utc_ns)); }

std::optional<ProgressName> parse_progress_name(std::string_view file_name, uint64_t utc_ns) {
  if (!file_name.starts_with('.')) {
    return std::nullopt;
  }
  std::string_view name = file_name.substr(1);
  remove_number(name);
  ProgressName progress;
  progress.is_line = remove_ending(name, kLineEnding);
  progress.is_aside =
      progress.is_line || remove_ending(name, kStartingEnding) || remove_ending(name, kCopyEnding) || remove_ending(name, kRecoverEnding);
  if (progress.is_aside) {
    remove_number(name);  // Of the file beside which it is.
  }
  if (!remove_ending(name, kInProgressEnding) || name.empty()) {
    return std::nullopt;
  }
  if (const std::optional<uint64_t> mark_us = remove_mark(name, utc_ns)) {
    progress.begun_at_utc_ns = *mark_us * 1000;
  }
  progress.final_name = name;
  return progress;
}

}  // namespace pqflow::io
