// FileMetaData.schema: the tree of SchemaElements with LogicalType, and ConvertedType where one exists (parquet-format LogicalTypes.md).
#pragma once

#include <cstdint>
#include <vector>

#include "columns/record_schema.hpp"

namespace pqflow::parquet {

constexpr int32_t kNoConvertedType = -1;

// Number of enum ConvertedType, or kNoConvertedType.
int32_t converted_type(const pqflow_field& field) noexcept;

// Root and fields, depth first, as consecutive Thrift structs: schema.fields.size() + 1 of them. Appends to `out`; allocates.
void encode_schema_elements(const columns::RecordSchema& schema, std::vector<uint8_t>& out);

}  // namespace pqflow::parquet
