// ColumnIndex and OffsetIndex of one column chunk (parquet.thrift).
#pragma once

#include <cstdint>
#include <vector>

#include "parquet/page_index.hpp"

namespace pqflow::parquet {

// Each appends one encoded struct to `out`, which the caller owns. ColumnIndex needs index.has_column_index; `is_floating`: with
// nan_counts.
void encode_column_index(const PageIndex& index, bool is_floating, std::vector<uint8_t>& out);
// `first_page_offset_bytes`: of the first data page, from the start of the file. `is_byte_array`: with the pages' unencoded bytes.
void encode_offset_index(const PageIndex& index, uint64_t first_page_offset_bytes, bool is_byte_array, std::vector<uint8_t>& out);

}  // namespace pqflow::parquet
