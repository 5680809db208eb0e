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

// Writes the fields of a RowGroup struct that the caller has begun and will end. `ordinal`: position in the file.
void encode_row_group_fields(const std::vector<ColumnIdentity>& columns, const EncodedRowGroup& row_group, uint64_t file_offset_bytes,
                             size_t ordinal, ThriftWriter& thrift);

}  // namespace pqflow::parquet
