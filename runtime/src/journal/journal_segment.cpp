#include "journal/journal_segment.hpp"

#include <array>
#include <cstddef>
#include <cstdio>
#include <random>

#include "encoding/crc32.hpp"
#include "io/os_error.hpp"

namespace pqflow::journal {

namespace {

template <typename Head>
std::span<const uint8_t> bytes_of_head(const Head& head) noexcept {
  return {reinterpret_cast<const uint8_t*>(&head), sizeof head};
}

template <typename Head>
uint32_t crc_of_head(const Head& head) noexcept {
  return encoding::crc32(0, bytes_of_head(head).data(), offsetof(Head, crc));
}

std::string segment_path(const JournalIdentity& identity, uint64_t number) {
  char text[24];
  std::snprintf(text, sizeof text, ".%06llu", static_cast<unsigned long long>(number));
  return identity.folder + identity.stem + text + kJournalNameEnding;
}

}  // namespace

JournalIdentity make_journal_identity() {
  std::random_device random;
  JournalIdentity identity;
  identity.owner = base::current_process();
  identity.capture_id = uint64_t{random()} << 32 | random();
  char number[17];
  std::snprintf(number, sizeof number, "%016llx", static_cast<unsigned long long>(identity.capture_id));
  identity.stem = kJournalNameBeginning + std::to_string(base::process_id()) + "-" + number;
  return identity;
}

base::Result JournalSegment::write(std::span<const std::span<const uint8_t>> pieces) {
  uint64_t end_bytes = size_bytes_;
  for (const auto& piece : pieces) {
    end_bytes += piece.size();
  }
  reservation_.cover(file_.fd(), end_bytes);
  if (const int os_error = writer_.write(file_.fd(), size_bytes_, pieces); os_error != 0) {
    return io::os_failure(PQFLOW_FILE_CALL_WRITE, "cannot write to the journal " + file_.path(), os_error);
  }
  size_bytes_ = end_bytes;
  return base::Result::ok();
}

base::Result JournalSegment::create(const JournalIdentity& identity, uint64_t number) {
  path_ = segment_path(identity, number);
  if (auto result = file_.create(path_ + kJournalStartingEnding); !result.is_ok()) {
    return result;
  }
  capture_id_ = identity.capture_id;
  number_ = number;
  slot_size_bytes_ = identity.slot_size_bytes;
  full_bytes_ = identity.full_bytes;
  reservation_.begin(file_.fd(), full_bytes_);
  SegmentHead head;
  head.capture_id = capture_id_;
  head.owner = identity.owner;
  head.segment_number = number_;
  head.layout_fingerprint = identity.layout_fingerprint;
  head.schema_fingerprint = identity.schema_fingerprint;
  head.slot_size_bytes = identity.slot_size_bytes;
  head.record_size_bytes = identity.record_size_bytes;
  head.descriptor_bytes = identity.descriptor.size();
  head.descriptor_crc = encoding::crc32(0, identity.descriptor.data(), identity.descriptor.size());
  head.crc = crc_of_head(head);
  const std::array<std::span<const uint8_t>, 2> pieces = {bytes_of_head(head), identity.descriptor};
  base::Result result = write(pieces);
  if (!result.is_ok()) {
    file_.remove();
  }
  return result;
}

base::Result JournalSegment::take_name() {
  if (auto result = file_.sync(); !result.is_ok()) {
    return result;
  }
  if (auto result = file_.take_name(path_); !result.is_ok()) {
    return result;
  }
  return file_.sync_folder();
}

base::Result JournalSegment::append_block(BlockHead head, std::span<const uint8_t> payload) {
  head.capture_id = capture_id_;
  head.offset_bytes = size_bytes_;
  head.segment_number = static_cast<uint32_t>(number_);
  head.payload_bytes = payload.size();
  head.payload_crc = encoding::crc32(0, payload.data(), payload.size());
  head.crc = crc_of_head(head);
  const std::array<std::span<const uint8_t>, 2> pieces = {bytes_of_head(head), payload};
  return write(pieces);
}

base::Result JournalSegment::append(const JournaledSpan& span) {
  BlockHead head;
  head.kind = BlockKind::kRecords;
  head.lane_index = span.lane_index;
  head.first_sequence = span.first_sequence;
  head.count = static_cast<uint32_t>(span.slots.size() / slot_size_bytes_);
  return append_block(head, span.slots);
}

base::Result JournalSegment::append_mark(std::span<const uint64_t> first_needed, const std::string& file_in_progress) {
  BlockHead head;
  head.kind = BlockKind::kMark;
  head.count = static_cast<uint32_t>(first_needed.size());
  const auto* const numbers = reinterpret_cast<const uint8_t*>(first_needed.data());
  mark_.assign(numbers, numbers + first_needed.size_bytes());
  mark_.insert(mark_.end(), file_in_progress.begin(), file_in_progress.end());
  return append_block(head, mark_);
}

}  // namespace pqflow::journal
