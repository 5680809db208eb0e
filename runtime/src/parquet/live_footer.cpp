#include "parquet/live_footer.hpp"

#include <array>
#include <cassert>
#include <utility>

#include "encoding/varint.hpp"

namespace pqflow::parquet {
namespace {

// Headers of fields as thrift-compact-protocol.md has them: difference to the id before << 4 | type.
constexpr uint8_t kNumRowsHeader = 1 << 4 | 6;    // 3: i64, behind 2.
constexpr uint8_t kRowGroupsHeader = 1 << 4 | 9;  // 4: list, behind 3.
constexpr uint8_t kLongListOfStructs = 0xf << 4 | 12;
// 21: binary, behind RowGroup.ordinal (7). parquet.thrift knows no such field, and readers skip it. The header's short form, because not
// all readers know the long one.
constexpr uint8_t kSwallowHeader = (21 - 7) << 4 | 8;
constexpr size_t kCountBytes = 3;

}  // namespace

LiveFooter::LiveFooter(FileFields fields, size_t capacity_bytes) : fields_(std::move(fields)) { waiting_.reserve(capacity_bytes); }

size_t LiveFooter::head_bytes(uint64_t row_count) const noexcept {
  std::array<uint8_t, encoding::kMaxVarintBytes> scratch;
  return fields_.before_row_count.size() + 1 + encoding::encode_varint(scratch.data(), encoding::zigzag(static_cast<int64_t>(row_count))) +
         2 + kCountBytes;
}

void LiveFooter::append_head(size_t row_group_count, uint64_t row_count, std::vector<uint8_t>& out) const {
  out.insert(out.end(), fields_.before_row_count.begin(), fields_.before_row_count.end());
  std::array<uint8_t, encoding::kMaxVarintBytes> rows;
  const size_t rows_bytes = encoding::encode_varint(rows.data(), encoding::zigzag(static_cast<int64_t>(row_count)));
  out.push_back(kNumRowsHeader);
  out.insert(out.end(), rows.begin(), rows.begin() + static_cast<ptrdiff_t>(rows_bytes));
  out.push_back(kRowGroupsHeader);
  out.push_back(kLongListOfStructs);
  out.push_back(static_cast<uint8_t>(row_group_count & 0x7f) | 0x80);
  out.push_back(static_cast<uint8_t>(row_group_count >> 7) | 0x80);
  out.push_back(0);
}

void LiveFooter::begin(std::vector<uint8_t>& out) {
  waiting_.clear();
  row_group_count_ = written_row_group_count_ = 0;
  row_count_ = written_row_count_ = 0;
  out.clear();
  append_head(0, 0, out);
  out.insert(out.end(), fields_.after_row_groups.begin(), fields_.after_row_groups.end());
  written_bytes_ = out.size();
}

void LiveFooter::add(std::span<const uint8_t> row_group, uint64_t row_count) {
  assert(row_group_count_ < kMaxRowGroups);
  if (has_unwritten()) {
    waiting_.insert(waiting_.begin(), row_group.begin(), row_group.end());
  } else {
    const auto fields = row_group.first(row_group.size() - 1);  // The head that is swallowed ends with the STOP.
    std::array<uint8_t, encoding::kMaxVarintBytes> length;
    const size_t length_bytes = encoding::encode_varint(length.data(), head_bytes(written_row_count_) - 1);
    waiting_.assign(fields.begin(), fields.end());
    waiting_.push_back(kSwallowHeader);
    waiting_.insert(waiting_.end(), length.begin(), length.begin() + static_cast<ptrdiff_t>(length_bytes));
  }
  ++row_group_count_;
  row_count_ += row_count;
}

void LiveFooter::encode(std::vector<uint8_t>& out) const {
  assert(has_unwritten());
  out.clear();
  append_head(row_group_count_, row_count_, out);
  out.insert(out.end(), waiting_.begin(), waiting_.end());
}

void LiveFooter::written() {
  written_bytes_ = size_bytes();
  waiting_.clear();
  written_row_group_count_ = row_group_count_;
  written_row_count_ = row_count_;
}

size_t LiveFooter::unwritten_bytes() const noexcept { return has_unwritten() ? head_bytes(row_count_) + waiting_.size() : 0; }

}  // namespace pqflow::parquet
