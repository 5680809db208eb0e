#include "recover/ring_rows.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <memory>
#include <type_traits>
#include <utility>

#include "columns/descriptor_bytes.hpp"
#include "columns/record_schema.hpp"
#include "parquet/encoded_row_group.hpp"
#include "parquet/file_metadata.hpp"
#include "parquet/row_group_writer.hpp"

namespace pqflow::recover {

namespace {

constexpr size_t kMetadataMemoryBytes = size_t{64} << 10;
constexpr uint64_t kBatchRecords = 1024;

std::vector<parquet::LaneRange> ranges_of_lane(const UnfinishedFile& file, uint32_t lane_index) {
  std::vector<parquet::LaneRange> ranges;
  for (const auto* const groups : {&file.found.row_groups, &file.interims}) {
    for (const FoundRowGroup& group : *groups) {
      std::ranges::copy_if(group.lanes, std::back_inserter(ranges),
                           [&](const parquet::LaneRange& range) { return range.lane_index == lane_index; });
    }
  }
  std::ranges::sort(ranges, {}, &parquet::LaneRange::first_sequence);
  return ranges;
}

void share_lane(const ring::OrphanLane& lane, uint32_t record_size_bytes, const UnfinishedFile& file, RingShare& share) {
  const uint64_t end = lane.first_index + lane.record_count;
  uint64_t next = lane.first_index;
  const auto take_until = [&](uint64_t stop) {
    if (stop > next) {
      const uint8_t* const first = lane.records.data() + (next - lane.first_index) * record_size_bytes;
      share.runs.push_back({first, {lane.lane_index, next, stop - next}});
      share.record_count += stop - next;
      next = stop;
    }
  };
  for (const parquet::LaneRange& range : ranges_of_lane(file, lane.lane_index)) {
    take_until(std::min(range.first_sequence, end));
    const uint64_t held_end = std::min(range.first_sequence + range.record_count, end);
    share.duplicate_count += held_end > next ? held_end - next : 0;
    next = std::max(next, held_end);
  }
  take_until(end);
}

// What a ring says of its capture; what it leaves at 0 is the runtime's own choice.
parquet::RowGroupOptions options_of(const pqflow_defaults& defaults) {
  parquet::RowGroupOptions options;
  const auto take = [](auto value, auto& option) {
    if (value != 0) {
      option = static_cast<std::remove_reference_t<decltype(option)>>(value);
    }
  };
  take(defaults.row_group_rows, options.row_group_rows);
  take(defaults.row_group_bytes, options.row_group_bytes);
  take(defaults.page_rows, options.page_rows);
  take(defaults.page_bytes, options.page_bytes);
  take(defaults.data_page_version, options.data_page_version);
  take(defaults.float_order, options.float_order);
  if (defaults.codec != PQFLOW_CODEC_FROM_FILE) {
    options.codec = static_cast<pqflow_codec>(defaults.codec);
    options.codec_level = defaults.codec_level;
  }
  options.profile = static_cast<pqflow_profile>(defaults.profile);
  return options;
}

class ShareEncoder {
 public:
  ShareEncoder(const columns::RecordSchema& schema, const parquet::RowGroupOptions& options, uint64_t offset_bytes, size_t row_group_count,
               AddedRowGroups& added)
      : schema_(schema),
        writer_(schema, options),
        metadata_(schema, options.float_order, kMetadataMemoryBytes),
        offset_bytes_(offset_bytes),
        row_group_count_(row_group_count),
        added_(added),
        slots_(kBatchRecords * schema.slot_size_bytes) {}

  base::Result encode(const RingShare& share) {
    for (const RecordRun& run : share.runs) {
      if (auto result = encode(run); !result.is_ok()) {
        return result;
      }
    }
    return end_row_group();
  }

 private:
  base::Result encode(const RecordRun& run);
  base::Result end_row_group();
  void append(const uint8_t* first_record, uint64_t record_count);

  const columns::RecordSchema& schema_;
  parquet::RowGroupWriter writer_;
  parquet::FileMetadata metadata_;
  const uint64_t offset_bytes_;
  const size_t row_group_count_;
  AddedRowGroups& added_;
  std::vector<uint8_t> slots_;
  std::vector<uint8_t> trailer_;
  std::vector<parquet::LaneRange> lanes_;  // Of the row group being filled.
};

// The writer takes records that lie a slot apart.
void ShareEncoder::append(const uint8_t* first_record, uint64_t record_count) {
  for (uint64_t index = 0; index < record_count; ++index) {
    std::memcpy(slots_.data() + index * schema_.slot_size_bytes, first_record + index * schema_.record_size_bytes,
                schema_.record_size_bytes);
  }
  writer_.append(slots_.data(), record_count);
}

base::Result ShareEncoder::encode(const RecordRun& run) {
  for (uint64_t done = 0; done < run.range.record_count;) {
    if (writer_.room_rows() == 0) {
      if (auto result = end_row_group(); !result.is_ok()) {
        return result;
      }
    }
    const uint64_t count = std::min({writer_.room_rows(), kBatchRecords, run.range.record_count - done});
    append(run.first_record + done * schema_.record_size_bytes, count);
    if (lanes_.empty() || lanes_.back().lane_index != run.range.lane_index ||
        lanes_.back().first_sequence + lanes_.back().record_count != run.range.first_sequence + done) {
      lanes_.push_back({run.range.lane_index, run.range.first_sequence + done, 0});
    }
    lanes_.back().record_count += count;
    done += count;
  }
  return base::Result::ok();
}

// What goes into the footer is read back from the trailer, as the next recovery would.
base::Result ShareEncoder::end_row_group() {
  if (writer_.row_count() == 0) {
    return base::Result::ok();
  }
  const parquet::EncodedRowGroup& group = writer_.finish();
  const uint64_t begin_bytes = offset_bytes_ + added_.bytes.size();
  metadata_.encode_trailer(group, begin_bytes, lanes_, trailer_);
  for (const auto& piece : group.pieces) {
    added_.bytes.insert(added_.bytes.end(), piece.begin(), piece.end());
  }
  FoundRowGroup found;
  if (!read_trailer(trailer_, offset_bytes_ + added_.bytes.size(), found)) {
    return base::Result::failure(PQFLOW_STATUS_INTERNAL_ERROR, "the trailer of a recovered row group cannot be read");
  }
  added_.bytes.insert(added_.bytes.end(), trailer_.begin(), trailer_.end());
  set_ordinal(found, row_group_count_ + added_.row_groups.size());
  added_.row_groups.push_back(std::move(found));
  added_.record_count += group.row_count;
  metadata_.add(group, begin_bytes);
  writer_.reset();
  lanes_.clear();
  return base::Result::ok();
}

base::Result check_fingerprints(const ring::RingIdentity& ring, const columns::RecordSchema& schema) {
  const bool agrees = ring.layout_fingerprint == schema.layout_fingerprint && ring.schema_fingerprint == schema.schema_fingerprint &&
                      ring.geometry.record_size_bytes == schema.record_size_bytes;
  return agrees ? base::Result::ok()
                : base::Result::failure(PQFLOW_STATUS_FINGERPRINT_MISMATCH, "the ring's records are not those of its descriptor");
}

}  // namespace

RingShare share_of(const ring::OrphanRing& ring, const UnfinishedFile& file) {
  RingShare share;
  for (const ring::OrphanLane& lane : ring.lanes) {
    share_lane(lane, ring.identity.geometry.record_size_bytes, file, share);
  }
  return share;
}

base::Result encode_share(const ring::OrphanRing& ring, const RingShare& share, uint64_t offset_bytes, size_t row_group_count,
                          AddedRowGroups& added) {
  std::unique_ptr<columns::StoredDescriptor> stored;
  if (auto result = columns::StoredDescriptor::decode(ring.descriptor, stored); !result.is_ok()) {
    return result;
  }
  columns::RecordSchema schema;
  if (auto result = columns::RecordSchema::build(stored->descriptor(), nullptr, schema); !result.is_ok()) {
    return result;
  }
  if (auto result = check_fingerprints(ring.identity, schema); !result.is_ok()) {
    return result;
  }
  const parquet::RowGroupOptions options = options_of(stored->descriptor().defaults);
  if (auto result = parquet::check_options(schema, options); !result.is_ok()) {
    return result;
  }
  return ShareEncoder(schema, options, offset_bytes, row_group_count, added).encode(share);
}

}  // namespace pqflow::recover
