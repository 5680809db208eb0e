#include "recover/trailer_reader.hpp"

#include <algorithm>
#include <limits>

#include "encoding/bytes.hpp"
#include "encoding/crc32.hpp"
#include "parquet/thrift_writer.hpp"

namespace pqflow::recover {

namespace {

using parquet::kTrailerHeaderBytes;
using parquet::kTrailerMagic;
using parquet::kTrailerTailBytes;

// More than the metadata of any row group that is written: 64 Ki columns, bounds of all pages.
constexpr uint64_t kMaxPayloadBytes = uint64_t{1} << 30;
constexpr uint64_t kFileMagicBytes = 4;
constexpr int16_t kTotalBytesField = 6;
constexpr int16_t kOrdinalField = 7;

uint64_t unsigned_of(ThriftCursor& cursor, ThriftKind kind) noexcept {
  const int64_t value = cursor.integer(kind);
  if (value < 0) {
    cursor.fail();
  }
  return cursor.has_failed() ? 0 : static_cast<uint64_t>(value);
}

// ---- RowGroup ----

// ColumnMetaData.
void read_chunk_metadata(ThriftCursor& cursor, ChunkPlace& place) {
  uint64_t data_page = 0;
  uint64_t dictionary_page = 0;
  cursor.fields([&](int16_t id, ThriftKind kind) {
    switch (id) {
      case 5:
        place.value_count = unsigned_of(cursor, kind);
        break;
      case 7:
        place.size_bytes = unsigned_of(cursor, kind);
        break;
      case 9:
        data_page = unsigned_of(cursor, kind);
        break;
      case 11:
        dictionary_page = unsigned_of(cursor, kind);
        break;
      default:
        break;
    }
  });
  place.offset_bytes = dictionary_page != 0 ? std::min(dictionary_page, data_page) : data_page;
}

void read_chunk(ThriftCursor& cursor, std::vector<ChunkPlace>& chunks) {
  ChunkPlace place;
  cursor.fields([&](int16_t id, ThriftKind kind) {
    if (id == 3 && kind == kThriftStruct) {
      read_chunk_metadata(cursor, place);
    }
  });
  chunks.push_back(place);
}

bool read_row_group(Bytes encoded, FoundRowGroup& group) {
  ThriftCursor cursor(encoded);
  bool has_offset = false;
  cursor.fields([&](int16_t id, ThriftKind kind) {
    switch (id) {
      case 1:
        if (kind == kThriftList) {
          cursor.structs([&] { read_chunk(cursor, group.chunks); });
        }
        break;
      case 3:
        group.entry.row_count = unsigned_of(cursor, kind);
        break;
      case 5:
        group.begin_bytes = unsigned_of(cursor, kind);
        has_offset = true;
        break;
      default:
        break;
    }
  });
  return !cursor.has_failed() && has_offset && !group.chunks.empty() && group.entry.row_count != 0;
}

// ---- Payload ----

void read_lane(ThriftCursor& cursor, std::vector<parquet::LaneRange>& lanes) {
  parquet::LaneRange lane;
  cursor.fields([&](int16_t id, ThriftKind kind) {
    switch (id) {
      case 1:
        lane.lane_index = static_cast<uint32_t>(unsigned_of(cursor, kind));
        break;
      case 2:
        lane.first_sequence = unsigned_of(cursor, kind);
        break;
      case 3:
        lane.record_count = unsigned_of(cursor, kind);
        break;
      default:
        break;
    }
  });
  lanes.push_back(lane);
}

void read_chunk_indexes(ThriftCursor& cursor, std::vector<parquet::ChunkIndexes>& chunks) {
  parquet::ChunkIndexes chunk;
  cursor.fields([&](int16_t id, ThriftKind kind) {
    switch (id) {
      case 1:
        chunk.fields_end = unsigned_of(cursor, kind);
        break;
      case 2:
        chunk.column_index_bytes = static_cast<uint32_t>(unsigned_of(cursor, kind));
        break;
      case 3:
        chunk.offset_index_bytes = static_cast<uint32_t>(unsigned_of(cursor, kind));
        break;
      default:
        break;
    }
  });
  chunks.push_back(chunk);
}

bool read_payload(Bytes payload, FoundRowGroup& group) {
  ThriftCursor cursor(payload);
  parquet::RowGroupEntry& entry = group.entry;
  cursor.fields([&](int16_t id, ThriftKind kind) {
    switch (id) {
      case 1:
        entry.row_group = copy_of(cursor.encoded_struct(kind));
        break;
      case 2:
        cursor.structs([&] { read_lane(cursor, group.lanes); });
        break;
      case 3:
        group.layout_fingerprint = static_cast<uint64_t>(cursor.integer(kind));
        break;
      case 4:
        group.schema_fingerprint = static_cast<uint64_t>(cursor.integer(kind));
        break;
      case 5:
        group.float_order = static_cast<int32_t>(cursor.integer(kind));
        break;
      case 6:
        group.file_metadata = copy_of(cursor.binary(kind));
        break;
      case 7:
        cursor.structs([&] { read_chunk_indexes(cursor, entry.chunks); });
        break;
      case 8:
        entry.column_indexes = copy_of(cursor.binary(kind));
        break;
      case 9:
        entry.offset_indexes = copy_of(cursor.binary(kind));
        break;
      case 10:
        group.is_interim = kind == kThriftTrue;
        break;
      default:
        break;
    }
  });
  entry.has_several_pages = !entry.chunks.empty();
  return !cursor.has_failed() && cursor.position() == payload.size() && read_row_group(entry.row_group, group);
}

// ---- Checks ----

// What is put in at wrong places would make a footer that nobody can read.
bool has_right_indexes(const FoundRowGroup& group) {
  const parquet::RowGroupEntry& entry = group.entry;
  if (!entry.chunks.empty() && entry.chunks.size() != group.chunks.size()) {
    return false;
  }
  uint64_t column_index_bytes = 0;
  uint64_t offset_index_bytes = 0;
  size_t before = 0;
  for (const parquet::ChunkIndexes& chunk : entry.chunks) {
    if (chunk.fields_end <= before || chunk.fields_end >= entry.row_group.size() || entry.row_group[chunk.fields_end] != 0) {
      return false;
    }
    before = chunk.fields_end;
    column_index_bytes += chunk.column_index_bytes;
    offset_index_bytes += chunk.offset_index_bytes;
  }
  return column_index_bytes == entry.column_indexes.size() && offset_index_bytes == entry.offset_indexes.size();
}

bool lies_before(const FoundRowGroup& group, uint64_t trailer_offset_bytes) {
  return group.begin_bytes >= kFileMagicBytes && group.begin_bytes < trailer_offset_bytes &&
         std::ranges::all_of(group.chunks, [&](const ChunkPlace& chunk) {
           return chunk.offset_bytes >= group.begin_bytes && chunk.offset_bytes <= trailer_offset_bytes &&
                  chunk.size_bytes <= trailer_offset_bytes - chunk.offset_bytes;
         });
}

bool is_magic(const uint8_t* bytes) noexcept { return std::equal(kTrailerMagic.begin(), kTrailerMagic.end(), bytes); }

}  // namespace

uint64_t trailer_record_bytes(Bytes header) noexcept {
  if (header.size() < kTrailerHeaderBytes || !is_magic(header.data())) {
    return 0;
  }
  const uint64_t payload_bytes = encoding::load<uint32_t>(header.data() + 4);
  return payload_bytes > kMaxPayloadBytes ? 0 : kTrailerHeaderBytes + payload_bytes + kTrailerTailBytes;
}

bool read_trailer(Bytes record, uint64_t offset_bytes, FoundRowGroup& group) {
  const uint64_t record_bytes = trailer_record_bytes(record);
  if (record_bytes == 0 || record_bytes > record.size()) {
    return false;
  }
  const Bytes payload = record.subspan(kTrailerHeaderBytes, record_bytes - kTrailerHeaderBytes - kTrailerTailBytes);
  const uint8_t* const tail = payload.data() + payload.size();
  if (encoding::load<uint32_t>(tail) != payload.size() || !is_magic(tail + 4) ||
      encoding::load<uint32_t>(record.data() + 8) != encoding::crc32(0, payload.data(), payload.size())) {
    return false;
  }
  FoundRowGroup found;
  found.trailer_begin_bytes = offset_bytes;
  found.end_bytes = offset_bytes + record_bytes;
  if (!read_payload(payload, found) || !has_right_indexes(found) || !lies_before(found, offset_bytes)) {
    return false;
  }
  group = std::move(found);
  return true;
}

// The ordinal is the last field, or left out where it does not fit: what is before it stays.
void set_ordinal(FoundRowGroup& group, size_t ordinal) {
  std::vector<uint8_t>& row_group = group.entry.row_group;
  ThriftCursor cursor(row_group);
  size_t end = row_group.size() - 1;  // Of the fields before.
  cursor.fields([&](int16_t id, ThriftKind) {
    if (id == kOrdinalField) {
      end = cursor.position() - 1;
    }
  });
  row_group.resize(end);
  parquet::ThriftWriter thrift(row_group);
  thrift.resume_struct(kTotalBytesField);
  if (ordinal <= static_cast<size_t>(std::numeric_limits<int16_t>::max())) {
    thrift.field_i16(kOrdinalField, static_cast<int16_t>(ordinal));
  }
  thrift.end_struct();
}

}  // namespace pqflow::recover
