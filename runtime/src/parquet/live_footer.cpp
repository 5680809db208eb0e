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
constexpr size_t kReservedInterims = 64;

}  // namespace

LiveFooter::LiveFooter(FileFields fields, size_t capacity_bytes) : fields_(std::move(fields)) {
  waiting_.reserve(capacity_bytes);
  below_interims_.reserve(capacity_bytes == 0 ? 0 : kReservedInterims);
}

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
  is_open_ = false;
  below_interims_.clear();
  row_group_count_ = 0;
  row_count_ = 0;
  out.clear();
  append_head(0, 0, out);
  out.insert(out.end(), fields_.after_row_groups.begin(), fields_.after_row_groups.end());
  written_bytes_ = out.size();
  link_ = {0, 0, written_bytes_};
}

void LiveFooter::add(std::span<const uint8_t> row_group, uint64_t row_count) {
  assert(row_group_count_ < kMaxRowGroups);
  std::array<uint8_t, 1 + encoding::kMaxVarintBytes> swallow;
  size_t swallow_bytes = 0;
  if (!is_open_) {
    const size_t dropped_bytes = written_bytes_ + waiting_.size() - link_.size_bytes;
    swallow[0] = kSwallowHeader;
    swallow_bytes = 1 + encoding::encode_varint(swallow.data() + 1, dropped_bytes + head_bytes(link_.row_count) - 1);
  }
  const size_t row_group_bytes = row_group.size() - (is_open_ ? 0 : 1);  // The head that is swallowed ends with the STOP.
  waiting_.insert(waiting_.begin(), swallow.begin(), swallow.begin() + static_cast<ptrdiff_t>(swallow_bytes));
  waiting_.insert(waiting_.begin(), row_group.begin(), row_group.begin() + static_cast<ptrdiff_t>(row_group_bytes));
  is_open_ = true;
  ++row_group_count_;
  row_count_ += row_count;
}

// What was added gets a head, so that it can be linked to.
void LiveFooter::close() {
  if (is_open_) {
    head_.clear();
    append_head(row_group_count_, row_count_, head_);
    waiting_.insert(waiting_.begin(), head_.begin(), head_.end());
    is_open_ = false;
    link_ = {row_group_count_, row_count_, written_bytes_ + waiting_.size()};
  }
}

void LiveFooter::add_interim(std::span<const uint8_t> row_group, uint64_t row_count) {
  close();
  below_interims_.push_back(link_);
  add(row_group, row_count);
}

void LiveFooter::drop_interims(size_t count) {
  assert(count <= below_interims_.size());
  if (count == 0) {
    return;
  }
  close();
  link_ = below_interims_[below_interims_.size() - count];
  below_interims_.resize(below_interims_.size() - count);
  row_group_count_ = link_.row_group_count;
  row_count_ = link_.row_count;
}

void LiveFooter::encode(std::vector<uint8_t>& out) const {
  assert(is_open_);
  out.clear();
  append_head(row_group_count_, row_count_, out);
  out.insert(out.end(), waiting_.begin(), waiting_.end());
}

void LiveFooter::written() {
  written_bytes_ = size_bytes();
  waiting_.clear();
  is_open_ = false;
  link_ = {row_group_count_, row_count_, written_bytes_};
}

size_t LiveFooter::unwritten_bytes() const noexcept { return (is_open_ ? head_bytes(row_count_) : 0) + waiting_.size(); }

}  // namespace pqflow::parquet
