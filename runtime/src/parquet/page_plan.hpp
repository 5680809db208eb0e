// How large the pages and the memory of a row group can get: fixed when the writer is made, so that nothing grows later.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "columns/record_schema.hpp"
#include "parquet/row_group_writer.hpp"

namespace pqflow::parquet {

struct ColumnPlan {
  uint8_t data_page_version;
  pqflow_float_order float_order;
  pqflow_codec codec;
  int32_t codec_level;      // As asked for: PQFLOW_CODEC_LEVEL_DEFAULT is not the same as that level by its number.
  bool is_nested;           // Its levels come from the shredder.
  bool may_stay_staged;     // Nobody looks at its values before the page ends: no cut by bytes, no sorting.
  size_t max_page_entries;  // Level entries, and values, that a page can have.
  // Candidates of the choice, the dictionary left out; one where the field names it.
  std::span<const pqflow_encoding> encodings;
  double min_codec_gain;  // Share of a chunk's bytes that the codec must save to be used.
  uint64_t max_chunk_values;
  size_t max_value_bytes;    // PLAIN bytes of one value.
  size_t max_values_bytes;   // … of a page.
  size_t max_levels_bytes;   // Levels of a page with their lengths; 0 for a flat required column.
  size_t max_encoded_bytes;  // Values of a page in any encoding that the column may have.
  size_t max_scratch_bytes;  // The same where values are encoded aside; 0 where they stay as they came.
  size_t max_trial_bytes;    // Through the codec, of a page that is only tried; 0 where nothing is tried.
  size_t max_dictionary_entries;
  size_t max_dictionary_bytes;  // Entries as PLAIN values; 0 where the column has no dictionary.
  uint64_t max_chunk_rows;      // Of a full row group.
  double pages_per_chunk;       // The same, where no page is cut by its bytes.
  size_t max_stored_bytes;      // A page as on disk with its header, whatever the data.
  uint64_t page_bytes;          // Of the options: a page of several rows gets no larger, see page_cut.hpp.
  size_t max_set_pages;         // Between two cuts by rows; 1 where page_bytes is out of reach.
  size_t max_set_stored_bytes;  // Of these.
  size_t max_page_count;        // Of a chunk.
};

struct PagePlan {
  // Pages of all columns are cut here: page_rows of the options, or less where that many rows could take more than a quarter of
  // row_group_bytes (so that a group overshoots its limit by no more than that, and page sizes stay far below 2^31). A column whose page
  // would get larger than page_bytes has several between two such cuts.
  size_t page_rows;
  size_t max_page_count;            // Of all columns in a row group.
  size_t max_page_set_bytes;        // Between two cuts, all columns as on disk.
  size_t max_dictionary_set_bytes;  // The dictionary pages of all columns as on disk.
  size_t arena_bytes;               // Everything a row group can take.
  size_t max_page_entries;          // Of any column.
  std::vector<ColumnPlan> columns;
};

// Bits that one level takes; 0 where there are no levels.
unsigned level_bits(uint8_t max_level) noexcept;

PagePlan make_page_plan(const columns::RecordSchema& schema, const RowGroupOptions& options);

}  // namespace pqflow::parquet
