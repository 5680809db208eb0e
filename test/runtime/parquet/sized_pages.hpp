// Row groups whose pages end by their size, written and looked at.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "columns/record_schema.hpp"
#include "parquet/encoded_row_group.hpp"
#include "parquet/row_group_pages.hpp"
#include "parquet/row_group_writer.hpp"

namespace pqflow::parquet::test {

inline RowGroupOptions options_of(uint64_t page_bytes, uint32_t page_rows = 1'000) {
  RowGroupOptions options;
  options.row_group_rows = 10'000;
  options.page_rows = page_rows;
  options.page_bytes = page_bytes;
  options.codec = PQFLOW_CODEC_UNCOMPRESSED;
  return options;
}

// At most `step_rows` at a time; stops when the group is full.
inline const EncodedRowGroup& write(RowGroupWriter& writer, const columns::RecordSchema& schema, const uint8_t* records, size_t row_count,
                                    size_t step_rows = 10'000) {
  for (size_t row = 0; row < row_count && writer.room_rows() != 0;) {
    const size_t rows = std::min<size_t>({step_rows, row_count - row, writer.room_rows()});
    writer.append(records + row * schema.slot_size_bytes, rows);
    row += rows;
  }
  return writer.finish();
}

inline std::vector<uint64_t> page_rows_of(const EncodedRowGroup& group, size_t column) {
  std::vector<uint64_t> rows;
  for (const PageSummary& page : group.chunks[column].page_index->pages) {
    rows.push_back(page.row_count);
  }
  EXPECT_EQ(pqflow::test::pages_of(group, column).size(), rows.size());
  return rows;
}

using Rows = std::vector<uint64_t>;

}  // namespace pqflow::parquet::test
