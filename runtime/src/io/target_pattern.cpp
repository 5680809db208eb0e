#include "io/target_pattern.hpp"

#include <algorithm>
#include <cstddef>

#include "io/file_target.hpp"

namespace pqflow::io {

namespace {

constexpr size_t kMaxNumberDigits = 20;  // Those of 2^64 - 1.
constexpr size_t kUsualSequenceDigits = 6;

bool is_decimal(char byte) noexcept { return byte >= '0' && byte <= '9'; }

struct Names {
  std::string_view schema_name;
  std::string_view host;
};

// What a placeholder of a fixed form gives, a digit for each d.
std::string_view form_of(std::string_view placeholder) noexcept {
  if (placeholder == "date" || placeholder == "utc_date") {
    return "dddd-dd-dd";
  }
  if (placeholder == "hour" || placeholder == "minute") {
    return "dd";
  }
  return placeholder == "time" ? "dddddd" : "";
}

bool has_form(std::string_view text, std::string_view form) noexcept {
  return text.size() >= form.size() && std::ranges::equal(form, text.substr(0, form.size()), [](char wanted, char byte) {
           return wanted == 'd' ? is_decimal(byte) : wanted == byte;
         });
}

// "03" of {seq:03}.
size_t min_digits_of(std::string_view width) noexcept {
  size_t count = 0;
  for (const char digit : width) {
    count = count * 10 + static_cast<size_t>(digit - '0');
  }
  return count;
}

bool matches(std::string_view pattern, std::string_view name, const Names& names, uint64_t& sequence);

// A number is as long as it must be, or as long as it is.
bool matches_number(size_t min_digits, std::string_view rest, std::string_view name, const Names& names, uint64_t& sequence,
                    bool is_sequence) {
  uint64_t number = 0;
  for (size_t count = 1; count <= std::min(kMaxNumberDigits, name.size()) && is_decimal(name[count - 1]); ++count) {
    number = number * 10 + static_cast<uint64_t>(name[count - 1] - '0');
    const bool is_padded = count > min_digits && name.front() == '0' && count != 1;
    if (count >= min_digits && !is_padded && matches(rest, name.substr(count), names, sequence)) {
      sequence = is_sequence ? number : sequence;
      return true;
    }
  }
  return false;
}

bool matches_text(std::string_view text, std::string_view rest, std::string_view name, const Names& names, uint64_t& sequence) {
  return name.starts_with(text) && matches(rest, name.substr(text.size()), names, sequence);
}

// `inner`: what stands between the braces.
bool matches_placeholder(std::string_view inner, std::string_view rest, std::string_view name, const Names& names, uint64_t& sequence) {
  const size_t colon = inner.find(':');
  const std::string_view placeholder = inner.substr(0, colon);
  if (placeholder == "seq") {
    const size_t min_digits = colon == std::string_view::npos ? kUsualSequenceDigits : min_digits_of(inner.substr(colon + 1));
    return matches_number(min_digits, rest, name, names, sequence, true);
  }
  if (placeholder == "pid") {
    return matches_number(1, rest, name, names, sequence, false);
  }
  if (const std::string_view form = form_of(placeholder); !form.empty()) {
    return has_form(name, form) && matches(rest, name.substr(form.size()), names, sequence);
  }
  return matches_text(placeholder == "schema" ? names.schema_name : names.host, rest, name, names, sequence);
}

bool matches(std::string_view pattern, std::string_view name, const Names& names, uint64_t& sequence) {
  const size_t brace = pattern.find('{');
  if (brace == std::string_view::npos) {
    return pattern == name;
  }
  if (brace != 0) {
    return matches_text(pattern.substr(0, brace), pattern.substr(brace), name, names, sequence);
  }
  const size_t close = pattern.find('}');
  return matches_placeholder(pattern.substr(1, close - 1), pattern.substr(close + 1), name, names, sequence);
}

std::vector<std::string> components_of(std::string_view path) {
  std::vector<std::string> components;
  for (size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/')) {
    components.emplace_back(path.substr(0, slash));
    path.remove_prefix(slash + 1);
  }
  components.emplace_back(path);
  return components;
}

}  // namespace

TargetPattern::TargetPattern(std::string_view path_template, const PathValues& values)
    : schema_name_(values.schema_name), host_(values.host), has_sequence_(has_sequence(path_template)) {
  const size_t slash = path_template.rfind('/', path_template.find('{'));
  const size_t name_start = slash == std::string_view::npos ? 0 : slash + 1;
  folder_ = name_start == 0 ? "./" : std::string(path_template.substr(0, name_start));
  components_ = components_of(path_template.substr(name_start));
}

bool TargetPattern::names_folder(size_t level, std::string_view name) const {
  uint64_t sequence = 0;
  return matches(components_[level], name, {schema_name_, host_}, sequence);
}

bool TargetPattern::matches_file(std::string_view name, uint64_t& sequence) const {
  const Names names{schema_name_, host_};
  const std::string& pattern = components_.back();
  return matches(pattern, name, names, sequence) ||
         (!has_sequence_ && matches(with_insert(pattern, "-{seq}"), name, names, sequence) && sequence != 0);
}

bool TargetPattern::names_file(std::string_view name) const {
  uint64_t sequence = 0;
  return matches_file(name, sequence);
}

std::optional<uint64_t> TargetPattern::sequence_of(std::string_view path) const {
  if (!path.starts_with(folder_)) {
    return std::nullopt;
  }
  const std::vector<std::string> names = components_of(path.substr(folder_.size()));
  if (names.size() != components_.size()) {
    return std::nullopt;
  }
  uint64_t sequence = 0;
  for (size_t level = 0; level < depth(); ++level) {
    if (!matches(components_[level], names[level], {schema_name_, host_}, sequence)) {
      return std::nullopt;
    }
  }
  return matches_file(names.back(), sequence) ? std::optional(sequence) : std::nullopt;
}

}  // namespace pqflow::io
