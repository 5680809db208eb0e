#include "parquet/trailer.hpp"

#include <cstring>

#include "encoding/bytes.hpp"
#include "encoding/crc32.hpp"
#include "parquet/thrift_writer.hpp"

namespace pqflow::parquet {
namespace {

constexpr int32_t kTypeOrder = 1;

void encode_lane_ranges(std::span<const LaneRange> lanes, ThriftWriter& thrift) {
  thrift.field_list(2, ThriftType::kStruct, lanes.size());
  for (const LaneRange& lane : lanes) {
    thrift.begin_struct();
    thrift.field_i32(1, static_cast<int32_t>(lane.lane_index));
    thrift.field_i64(2, static_cast<int64_t>(lane.first_sequence));
    thrift.field_i64(3, static_cast<int64_t>(lane.record_count));
    thrift.end_struct();
  }
}

void encode_indexes(const RowGroupEntry& entry, ThriftWriter& thrift) {
  thrift.field_list(7, ThriftType::kStruct, entry.chunks.size());
  for (const ChunkIndexes& chunk : entry.chunks) {
    thrift.begin_struct();
    thrift.field_i32(1, static_cast<int32_t>(chunk.fields_end));
    thrift.field_i32(2, static_cast<int32_t>(chunk.column_index_bytes));
    thrift.field_i32(3, static_cast<int32_t>(chunk.offset_index_bytes));
    thrift.end_struct();
  }
  thrift.field_binary(8, entry.column_indexes);
  thrift.field_binary(9, entry.offset_indexes);
}

void encode_payload(const RowGroupEntry& entry, const TrailerFacts& facts, std::vector<uint8_t>& out) {
  ThriftWriter thrift(out);
  thrift.begin_struct();
  thrift.field_encoded_struct(1, entry.row_group);
  encode_lane_ranges(facts.lanes, thrift);
  thrift.field_i64(3, static_cast<int64_t>(facts.layout_fingerprint));
  thrift.field_i64(4, static_cast<int64_t>(facts.schema_fingerprint));
  if (facts.float_order != kTypeOrder) {
    thrift.field_i32(5, facts.float_order);
  }
  if (!facts.file_metadata.empty()) {
    thrift.field_binary(6, facts.file_metadata);
  }
  if (entry.has_several_pages) {
    encode_indexes(entry, thrift);
  }
  if (facts.is_interim) {
    thrift.field_bool(10, true);
  }
  thrift.end_struct();
}

}  // namespace

void encode_trailer_record(const RowGroupEntry& entry, const TrailerFacts& facts, std::vector<uint8_t>& out) {
  out.assign(kTrailerHeaderBytes, 0);
  encode_payload(entry, facts, out);
  const auto payload_bytes = static_cast<uint32_t>(out.size() - kTrailerHeaderBytes);
  std::memcpy(out.data(), kTrailerMagic.data(), kTrailerMagic.size());
  encoding::store(out.data() + 4, payload_bytes);
  encoding::store(out.data() + 8, encoding::crc32(0, out.data() + kTrailerHeaderBytes, payload_bytes));
  out.resize(out.size() + kTrailerTailBytes);
  encoding::store(out.data() + out.size() - kTrailerTailBytes, payload_bytes);
  std::memcpy(out.data() + out.size() - kTrailerMagic.size(), kTrailerMagic.data(), kTrailerMagic.size());
}

}  // namespace pqflow::parquet
