// The footer of a file that grows, linked backwards: a publication is one small write before the metadata that is there, and every
// published length ends at the same place. As thrift compact FileMetaData (parquet.thrift), ascending, with k row groups published:
//
//   head k   version, schema, num_rows, and the header of the list row_groups: its count is a varint of three bytes, the last one 0x00
//   RG k     newest first; the oldest of a publication has, behind its fields, the unknown field 21, binary, of |head j| - 1 bytes
//   head j   of the publication before, swallowed by that field; its last 0x00 is the STOP of the row group for who reads from head k,
//            and the end of the count for who reads from head j
//   RG j     … down to head 0, whose list is empty
//   tail     key-values, created_by, column orders, STOP
//
// Interim row groups are named until others take their place. Then the next publication does not swallow the newest head but the one below
// them: its field 21 is longer by all that lies in between, which nobody reads any more.
//
//   head l | RG l, field 21 ( RG k, head j … of interim row groups | head i ) RG i …
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace pqflow::parquet {

// Encoded fields of FileMetaData.
struct FileFields {
  std::vector<uint8_t> before_row_count;  // Version and schema.
  std::vector<uint8_t> after_row_groups;  // The rest, STOP included.
};

// Writer thread only. Bytes of metadata grow linearly with the row groups: each has its RowGroup once, each publication a head.
class LiveFooter {
 public:
  // What the count's three bytes can say.
  static constexpr size_t kMaxRowGroups = (size_t{1} << 14) - 1;

  // `capacity_bytes`: memory for row groups that wait for their publication, taken beforehand; more is allocated when it does not suffice.
  LiveFooter(FileFields fields, size_t capacity_bytes);

  // Replaces `out` by FileMetaData without rows, for a new file.
  void begin(std::vector<uint8_t>& out);
  // `row_group`: a RowGroup struct whose last field is `ordinal`. At most kMaxRowGroups per file.
  void add(std::span<const uint8_t> row_group, uint64_t row_count);
  // The same of one that may be dropped: the newest row groups are interim ones, or none is.
  void add_interim(std::span<const uint8_t> row_group, uint64_t row_count);
  // The newest `count` interim row groups are named no longer. An add follows before encode().
  void drop_interims(size_t count);
  // Replaces `out` by what is to be written before the metadata that is there, for the row groups added since. At least one.
  void encode(std::vector<uint8_t>& out) const;
  // The bytes of encode() are written: the next publication goes before them.
  void written();

  bool has_unwritten() const noexcept { return is_open_ || !waiting_.empty(); }
  size_t row_group_count() const noexcept { return row_group_count_; }
  size_t interim_count() const noexcept { return below_interims_.size(); }
  // Of the metadata with everything added, what was dropped among it, and of what encode() would give.
  size_t size_bytes() const noexcept { return written_bytes_ + unwritten_bytes(); }
  size_t unwritten_bytes() const noexcept;
  size_t memory_bytes() const noexcept {
    return fields_.before_row_count.capacity() + fields_.after_row_groups.capacity() + waiting_.capacity() + head_.capacity() +
           below_interims_.capacity() * sizeof(Head);
  }

 private:
  // A place that begins with a head: the row groups it names, and the bytes from it to the end of the metadata.
  struct Head {
    size_t row_group_count = 0;
    uint64_t row_count = 0;
    size_t size_bytes = 0;
  };

  size_t head_bytes(uint64_t row_count) const noexcept;
  void append_head(size_t row_group_count, uint64_t row_count, std::vector<uint8_t>& out) const;
  void close();

  const FileFields fields_;
  std::vector<uint8_t> waiting_;      // To be written, newest first.
  std::vector<uint8_t> head_;         // Of what was closed last.
  bool is_open_ = false;              // It begins with row groups that have no head yet.
  Head link_;                         // The one that the next row groups swallow, or have swallowed.
  std::vector<Head> below_interims_;  // Below each interim row group.
  size_t written_bytes_ = 0;
  size_t row_group_count_ = 0;
  uint64_t row_count_ = 0;
};

}  // namespace pqflow::parquet
