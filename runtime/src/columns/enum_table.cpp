#include "columns/enum_table.hpp"

#include <algorithm>

#include "columns/byte_array_output.hpp"

namespace pqflow::columns {
namespace {

constexpr uint64_t kMaxDenseRange = 4096;

std::vector<pqflow_enum_value> sorted(const pqflow_enum_value* values, uint32_t count) {
  std::vector<pqflow_enum_value> result(values, values + count);
  std::sort(result.begin(), result.end(),
            [](const pqflow_enum_value& left, const pqflow_enum_value& right) { return left.code < right.code; });
  return result;
}

}  // namespace

EnumTable::EnumTable(const pqflow_enum_value* values, uint32_t count) : names_{{0, 0}} {
  for (const pqflow_enum_value& value : sorted(values, count)) {
    codes_.push_back(value.code);
    names_.push_back({static_cast<uint32_t>(text_.size()), static_cast<uint32_t>(value.name.length_bytes)});
    text_.insert(text_.end(), value.name.data, value.name.data + value.name.length_bytes);
  }
  text_.resize(text_.size() + kShortTextBytes);
  index_by_offset();
}

void EnumTable::index_by_offset() {
  first_code_ = codes_.front();
  const uint64_t range = static_cast<uint64_t>(codes_.back()) - static_cast<uint64_t>(first_code_);
  if (range >= kMaxDenseRange) {
    return;
  }
  by_offset_.assign(range + 1, kUnknown);
  for (size_t index = 0; index < codes_.size(); ++index) {
    by_offset_[static_cast<uint64_t>(codes_[index]) - static_cast<uint64_t>(first_code_)] = static_cast<uint32_t>(index + 1);
  }
}

uint32_t EnumTable::search(int64_t code) const noexcept {
  const auto found = std::lower_bound(codes_.begin(), codes_.end(), code);
  return found != codes_.end() && *found == code ? static_cast<uint32_t>(found - codes_.begin()) + 1 : kUnknown;
}

}  // namespace pqflow::columns
