#include "recover/journal_reader.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <utility>

#include "encoding/crc32.hpp"

namespace pqflow::recover {

namespace {

using journal::BlockHead;
using journal::BlockKind;
using journal::SegmentHead;

template <typename Head>
bool load_head(const std::vector<uint8_t>& contents, uint64_t offset_bytes, Head& head) noexcept {
  if (contents.size() < sizeof head || offset_bytes > contents.size() - sizeof head) {
    return false;
  }
  std::memcpy(&head, contents.data() + offset_bytes, sizeof head);
  return head.crc == encoding::crc32(0, contents.data() + offset_bytes, offsetof(Head, crc));
}

bool is_head_right(const SegmentHead& head, uint64_t file_bytes) noexcept {
  return head.magic == journal::kSegmentMagic && head.layout_version == journal::kSegmentLayoutVersion &&
         head.byte_order_mark == journal::kSegmentByteOrderMark && head.record_size_bytes != 0 &&
         head.record_size_bytes <= head.slot_size_bytes && head.descriptor_bytes <= file_bytes - sizeof head;
}

base::Result no_journal(const SourceFile& file, const char* why) {
  return base::Result::failure(PQFLOW_STATUS_INVALID_ARGUMENT, file.path() + ": " + why);
}

class BlockWalk {
 public:
  explicit BlockWalk(ReadSegment& segment) : segment_(segment) {}

  void walk(uint64_t offset_bytes) {
    for (uint64_t next_bytes = take(offset_bytes); next_bytes != offset_bytes; next_bytes = take(offset_bytes)) {
      offset_bytes = next_bytes;
    }
    segment_.torn_bytes = segment_.contents.size() - offset_bytes;
  }

 private:
  // Where the next block begins; the same place where none can be believed.
  uint64_t take(uint64_t offset_bytes) {
    BlockHead head;
    if (!load_head(segment_.contents, offset_bytes, head) || !belongs_here(head, offset_bytes)) {
      return offset_bytes;
    }
    const uint8_t* const payload = segment_.contents.data() + offset_bytes + sizeof head;
    if (head.payload_crc != encoding::crc32(0, payload, head.payload_bytes) || !take_payload(head, payload)) {
      return offset_bytes;
    }
    return offset_bytes + sizeof head + head.payload_bytes;
  }
  bool belongs_here(const BlockHead& head, uint64_t offset_bytes) const noexcept {
    return head.magic == journal::kBlockMagic && head.capture_id == segment_.head.capture_id && head.offset_bytes == offset_bytes &&
           head.segment_number == static_cast<uint32_t>(segment_.head.segment_number) &&
           head.payload_bytes <= segment_.contents.size() - offset_bytes - sizeof head;
  }
  bool take_payload(const BlockHead& head, const uint8_t* payload) {
    if (head.kind == BlockKind::kRecords && head.payload_bytes == uint64_t{head.count} * segment_.head.slot_size_bytes) {
      segment_.blocks.push_back({head.lane_index, head.first_sequence, head.count, payload});
      return true;
    }
    const uint64_t numbers_bytes = uint64_t{head.count} * sizeof(uint64_t);
    if (head.kind != BlockKind::kMark || head.payload_bytes < numbers_bytes) {
      return false;
    }
    JournalMark& mark = segment_.mark.emplace();
    mark.first_needed.resize(head.count);
    if (numbers_bytes != 0) {
      std::memcpy(mark.first_needed.data(), payload, numbers_bytes);
    }
    mark.file_in_progress.assign(reinterpret_cast<const char*>(payload) + numbers_bytes, head.payload_bytes - numbers_bytes);
    return true;
  }

  ReadSegment& segment_;
};

}  // namespace

base::Result read_segment(const SourceFile& file, ReadSegment& segment) {
  ReadSegment read;
  if (auto result = file.read(0, file.size_bytes(), read.contents); !result.is_ok()) {
    return result;
  }
  if (!load_head(read.contents, 0, read.head) || !is_head_right(read.head, read.contents.size())) {
    return no_journal(file, "no journal of this version, or its head is damaged");
  }
  const uint8_t* const descriptor = read.contents.data() + sizeof read.head;
  if (read.head.descriptor_crc != encoding::crc32(0, descriptor, read.head.descriptor_bytes)) {
    return no_journal(file, "the journal's descriptor is damaged: its checksum is wrong");
  }
  read.descriptor.assign(descriptor, descriptor + read.head.descriptor_bytes);
  BlockWalk(read).walk(sizeof read.head + read.head.descriptor_bytes);
  segment = std::move(read);
  return base::Result::ok();
}

}  // namespace pqflow::recover
