// RowGroup, ColumnChunk, ColumnMetaData and Statistics of one row group (parquet.thrift).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "columns/record_schema.hpp"
#include "parquet/encoded_row_group.hpp"
#include "parquet/thrift_writer.hpp"

namespace pqflow::parquet {

// What of the schema a ColumnMetaData repeats.
struct ColumnIdentity {
  std::vector<std::string> path;
  uint8_t physical_type;
  bool is_floating;  // Its Statistics have a nan_count.
};

std::vector<ColumnIdentity> column_identities(const columns::RecordSchema& schema);

// The last field of a ColumnChunk before those of its indexes, whose places are not known when a row group is written.
constexpr int16_t kLastChunkField = 3;

// Writes the fields of a RowGroup struct that the caller has begun and will end. `ordinal`: position in the file. Answers in `chunk_ends`,
// unless null, where each ColumnChunk's fields end: one position in the writer's bytes per column.
void encode_row_group_fields(const std::vector<ColumnIdentity>& columns, const EncodedRowGroup& row_group, uint64_t file_offset_bytes,
                             size_t ordinal, ThriftWriter& thrift, std::vector<size_t>* chunk_ends = nullptr);

}  // namespace pqflow::parquet
