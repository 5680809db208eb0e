#include "recover/moved_row_group.hpp"

#include <array>
#include <vector>

#include "encoding/varint.hpp"
#include "recover/thrift_cursor.hpp"

namespace pqflow::recover {

namespace {

// Copies encoded structs with other numbers in some places: they are varints, and what follows moves.
class Rewriter {
 public:
  Rewriter(Bytes bytes, int64_t shift) noexcept : bytes_(bytes), shift_(shift), cursor_(bytes) {}

  ThriftCursor& cursor() noexcept { return cursor_; }
  // The value that begins here is a place.
  void move(ThriftKind kind);
  // What was copied, with all up to the end.
  std::vector<uint8_t> take();
  // Where in the copy what lies at `position` of the original is. Each no earlier than the one asked for before, and in what was walked.
  size_t copied_position(size_t position);

 private:
  struct Change {
    size_t end;        // Of the value, in the original.
    ptrdiff_t growth;  // Of all up to there.
  };

  const Bytes bytes_;
  const int64_t shift_;
  ThriftCursor cursor_;
  std::vector<uint8_t> copy_;
  std::vector<Change> changes_;
  size_t copied_ = 0;
  size_t asked_ = 0;  // Changes that lie before the position asked for last.
};

void Rewriter::move(ThriftKind kind) {
  const size_t begin = cursor_.position();
  const int64_t place = cursor_.integer(kind);
  std::array<uint8_t, encoding::kMaxVarintBytes> varint;
  const size_t varint_bytes = encoding::encode_varint(varint.data(), encoding::zigzag(place + shift_));
  copy_.insert(copy_.end(), bytes_.begin() + static_cast<ptrdiff_t>(copied_), bytes_.begin() + static_cast<ptrdiff_t>(begin));
  copy_.insert(copy_.end(), varint.begin(), varint.begin() + static_cast<ptrdiff_t>(varint_bytes));
  copied_ = cursor_.position();
  changes_.push_back({copied_, static_cast<ptrdiff_t>(copy_.size()) - static_cast<ptrdiff_t>(copied_)});
}

std::vector<uint8_t> Rewriter::take() {
  copy_.insert(copy_.end(), bytes_.begin() + static_cast<ptrdiff_t>(copied_), bytes_.end());
  return std::move(copy_);
}

size_t Rewriter::copied_position(size_t position) {
  while (asked_ < changes_.size() && changes_[asked_].end <= position) {
    ++asked_;
  }
  return position + static_cast<size_t>(asked_ == 0 ? 0 : changes_[asked_ - 1].growth);
}

// ColumnMetaData: the first data page, the dictionary, the Bloom filter. ColumnChunk.file_offset is 0 and stays so.
void move_chunk(Rewriter& rewriter) {
  rewriter.cursor().fields([&](int16_t id, ThriftKind kind) {
    if (id == 3 && kind == kThriftStruct) {
      rewriter.cursor().fields([&](int16_t member, ThriftKind member_kind) {
        if (member == 9 || member == 11 || member == 14) {
          rewriter.move(member_kind);
        }
      });
    }
  });
}

void move_row_group(Rewriter& rewriter) {
  rewriter.cursor().fields([&](int16_t id, ThriftKind kind) {
    if (id == 1 && kind == kThriftList) {
      rewriter.cursor().structs([&] { move_chunk(rewriter); });
    } else if (id == 5) {
      rewriter.move(kind);
    }
  });
}

// OffsetIndex: PageLocation.offset.
void move_offset_index(Rewriter& rewriter) {
  rewriter.cursor().fields([&](int16_t id, ThriftKind kind) {
    if (id == 1 && kind == kThriftList) {
      rewriter.cursor().structs([&] {
        rewriter.cursor().fields([&](int16_t member, ThriftKind member_kind) {
          if (member == 1) {
            rewriter.move(member_kind);
          }
        });
      });
    }
  });
}

}  // namespace

parquet::RowGroupEntry moved_entry(const parquet::RowGroupEntry& entry, uint64_t from_bytes, uint64_t to_bytes) {
  const int64_t shift = static_cast<int64_t>(to_bytes) - static_cast<int64_t>(from_bytes);
  parquet::RowGroupEntry moved = entry;
  Rewriter row_group(entry.row_group, shift);
  move_row_group(row_group);
  Rewriter offset_indexes(entry.offset_indexes, shift);
  size_t index_end = 0;
  size_t moved_end = 0;
  for (parquet::ChunkIndexes& chunk : moved.chunks) {
    chunk.fields_end = row_group.copied_position(chunk.fields_end);
    if (chunk.offset_index_bytes != 0) {
      move_offset_index(offset_indexes);
      index_end += chunk.offset_index_bytes;
      const size_t end = offset_indexes.copied_position(index_end);
      chunk.offset_index_bytes = static_cast<uint32_t>(end - moved_end);
      moved_end = end;
    }
  }
  moved.row_group = row_group.take();
  moved.offset_indexes = offset_indexes.take();
  return moved;
}

}  // namespace pqflow::recover
