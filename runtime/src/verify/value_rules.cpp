#include "verify/value_rules.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

namespace pqflow::verify {
namespace {

struct Range {
  int64_t min;
  int64_t max;
};

constexpr int64_t kDayMs = 86'400'000;

bool is_continuation(uint8_t byte) noexcept { return (byte & 0xc0) == 0x80; }

// Length of the well-formed code point at the start of `text`; 0 when there is none (Unicode, table 3-7).
size_t code_point_bytes(Bytes text) noexcept {
  const uint8_t lead = text[0];
  if (lead < 0x80) {
    return 1;
  }
  const size_t size_bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < size_bytes ||
      !std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(size_bytes), is_continuation)) {
    return 0;
  }
  const bool is_overlong = (lead == 0xe0 && text[1] < 0xa0) || (lead == 0xf0 && text[1] < 0x90);
  const bool is_surrogate = lead == 0xed && text[1] > 0x9f;
  const bool is_beyond = lead == 0xf4 && text[1] > 0x8f;
  return is_overlong || is_surrogate || is_beyond ? 0 : size_bytes;
}

int64_t power_of_ten(int64_t exponent) {
  int64_t power = 1;
  for (int64_t index = 0; index < exponent; ++index) {
    power *= 10;
  }
  return power;
}

std::optional<Range> integer_range(const LogicalType& logical) {
  if (logical.bit_width != 8 && logical.bit_width != 16) {
    return std::nullopt;
  }
  const int64_t span = int64_t{1} << logical.bit_width;
  return logical.is_signed ? Range{-span / 2, span / 2 - 1} : Range{0, span - 1};
}

std::optional<Range> range_of(const Leaf& leaf) {
  if (!leaf.element.logical || (leaf.type != PhysicalType::kInt32 && leaf.type != PhysicalType::kInt64)) {
    return std::nullopt;
  }
  const LogicalType& logical = *leaf.element.logical;
  switch (logical.id) {
    case kInteger:
      return integer_range(logical);
    case kTime:
      return logical.unit >= 1 && logical.unit <= 3 ? std::optional(Range{0, kDayMs * power_of_ten(int64_t{3} * (logical.unit - 1)) - 1})
                                                    : std::nullopt;
    case kDecimalLogical:
      return logical.precision <= 18 ? std::optional(Range{1 - power_of_ten(logical.precision), power_of_ten(logical.precision) - 1})
                                     : std::nullopt;
    default:
      return std::nullopt;
  }
}

int64_t integer_of(Bytes value) {
  if (value.size() == sizeof(int32_t)) {
    int32_t number;
    std::memcpy(&number, value.data(), sizeof number);
    return number;
  }
  int64_t number;
  std::memcpy(&number, value.data(), sizeof number);
  return number;
}

void check_utf8(const std::vector<Bytes>& values, const Reporter& reporter, uint64_t page_offset_bytes) {
  const auto wrong = std::find_if_not(values.begin(), values.end(), is_utf8);
  if (wrong != values.end()) {
    reporter.add(Rule::kUtf8, page_offset_bytes, "value " + std::to_string(wrong - values.begin()) + " of the page is not UTF-8");
  }
}

void check_range(const Range& range, const std::vector<Bytes>& values, const Reporter& reporter, uint64_t page_offset_bytes) {
  const auto wrong = std::find_if(values.begin(), values.end(), [&](Bytes value) {
    const int64_t number = integer_of(value);
    return number < range.min || number > range.max;
  });
  if (wrong != values.end()) {
    reporter.add(Rule::kValueRange, page_offset_bytes,
                 "value " + std::to_string(wrong - values.begin()) + " of the page is " + std::to_string(integer_of(*wrong)) +
                     ", outside " + std::to_string(range.min) + " … " + std::to_string(range.max));
  }
}

}  // namespace

bool is_utf8(Bytes text) noexcept {
  while (!text.empty()) {
    const size_t size_bytes = code_point_bytes(text);
    if (size_bytes == 0) {
      return false;
    }
    text = text.subspan(size_bytes);
  }
  return true;
}

void check_values(const Leaf& leaf, const std::vector<Bytes>& values, const Reporter& reporter, uint64_t page_offset_bytes) {
  if (leaf.is_utf8()) {
    check_utf8(values, reporter, page_offset_bytes);
  }
  if (const std::optional<Range> range = range_of(leaf)) {
    check_range(*range, values, reporter, page_offset_bytes);
  }
}

}  // namespace pqflow::verify
