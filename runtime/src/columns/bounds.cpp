#include "columns/bounds.hpp"

#include <algorithm>

#include "columns/type_rules.hpp"

namespace pqflow::columns {
namespace {

bool is_continuation(uint8_t byte) noexcept { return (byte & 0xc0) == 0x80; }

// Start of the code point that ends before `end`. The text is well-formed.
size_t code_point_start(std::span<const uint8_t> text, size_t end) noexcept {
  size_t start = end - 1;
  while (start > 0 && is_continuation(text[start])) {
    --start;
  }
  return start;
}

// Raises the code point in `bytes` by one without changing its length; false for the last of its length. Continuation bytes carry six bits
// each, so the carry goes from byte to byte as in any number; the lead byte decides where the range of its length ends, and the surrogates
// are passed over.
bool raise_code_point(std::span<uint8_t> bytes) noexcept {
  constexpr uint8_t kLastLead[] = {0x7f, 0xdf, 0xef, 0xf4};
  size_t index = bytes.size() - 1;
  while (index > 0 && bytes[index] == 0xbf) {
    bytes[index--] = 0x80;
  }
  if (index == 0 && bytes[0] == kLastLead[bytes.size() - 1]) {
    return false;
  }
  ++bytes[index];
  if (bytes.size() == 3 && bytes[0] == 0xed && bytes[1] == 0xa0) {
    bytes[0] = 0xee;  // U+D7FF is followed by U+E000.
    bytes[1] = 0x80;
  }
  return bytes.size() != 4 || bytes[0] != 0xf4 || bytes[1] < 0x90;  // U+10FFFF is the last of all.
}

bool raise_last_code_point(std::vector<uint8_t>& text) {
  while (!text.empty()) {
    const size_t start = code_point_start(text, text.size());
    if (raise_code_point(std::span(text).subspan(start))) {
      return true;
    }
    text.resize(start);
  }
  return false;
}

bool raise_last_byte(std::vector<uint8_t>& bytes) {
  while (!bytes.empty() && bytes.back() == 0xff) {
    bytes.pop_back();
  }
  if (bytes.empty()) {
    return false;
  }
  ++bytes.back();
  return true;
}

bool is_shortened(const pqflow_field& field) noexcept {
  return field.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY && field.logical_type != PQFLOW_LOGICAL_DECIMAL;
}

void set_whole(const ValueRange& range, Bounds& bounds) {
  bounds.min.assign(range.min.begin(), range.min.end());
  bounds.max.assign(range.max.begin(), range.max.end());
}

void shorten(const ValueRange& range, bool is_utf8, Bounds& bounds) {
  if (range.min.size() > kMaxBoundBytes) {
    const std::span<const uint8_t> prefix = lower_bound_prefix(range.min, is_utf8);
    bounds.min.assign(prefix.begin(), prefix.end());
    bounds.is_min_exact = false;
  }
  if (range.max.size() > kMaxBoundBytes) {
    if (raise_upper_bound(range.max, is_utf8, bounds.max)) {
      bounds.is_max_exact = false;
    } else {
      bounds.max.assign(range.max.begin(), range.max.end());
    }
  }
}

}  // namespace

std::span<const uint8_t> lower_bound_prefix(std::span<const uint8_t> value, bool is_utf8) noexcept {
  size_t size_bytes = std::min(value.size(), kMaxBoundBytes);
  while (is_utf8 && size_bytes > 0 && size_bytes < value.size() && is_continuation(value[size_bytes])) {
    --size_bytes;
  }
  return value.first(size_bytes);
}

bool raise_upper_bound(std::span<const uint8_t> value, bool is_utf8, std::vector<uint8_t>& bound) {
  const std::span<const uint8_t> prefix = lower_bound_prefix(value, is_utf8);
  bound.assign(prefix.begin(), prefix.end());
  return is_utf8 ? raise_last_code_point(bound) : raise_last_byte(bound);
}

bool has_bounds(const pqflow_field& field) noexcept { return field.statistics != PQFLOW_COLUMN_STATISTICS_NONE && has_order(field); }

size_t max_bound_bytes(const pqflow_field& field) noexcept { return is_shortened(field) ? kMaxBoundBytes : kMaxWholeBoundBytes; }

void set_bounds(const pqflow_field& field, const ValueRange& range, Bounds& bounds) {
  bounds.is_min_exact = true;
  bounds.is_max_exact = true;
  set_whole(range, bounds);
  if (is_shortened(field)) {
    shorten(range, must_be_utf8(field.logical_type), bounds);
  }
  bounds.is_present = bounds.min.size() <= kMaxWholeBoundBytes && bounds.max.size() <= kMaxWholeBoundBytes;
}

}  // namespace pqflow::columns
