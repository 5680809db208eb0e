// Pages of one column → one column chunk.
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "codec/codec.hpp"
#include "parquet/encoded_row_group.hpp"
#include "parquet/page_arena.hpp"
#include "parquet/page_builder.hpp"
#include "parquet/page_plan.hpp"

namespace pqflow::parquet {

// Writer thread; allocates in the constructor only. begin_page, append …, end_page, … take_chunk, again from the start.
class ColumnChunkWriter {
 public:
  // `compressor`: for the plan's codec and level, null for UNCOMPRESSED; outlives the writer.
  ColumnChunkWriter(const pqflow_field& field, const PagePlan& plan, size_t column_index, size_t max_block_rows,
                    codec::Compressor* compressor);

  // `arena` has plan.max_page_set_bytes of room for all columns together when the page begins.
  void begin_page(PageArena& arena) noexcept;
  void append(const pqflow_staging_column& staged, size_t row_count) { builder_.append(staged, row_count); }
  // Returns the page's bytes before the codec, header included.
  size_t end_page(PageArena& arena);

  // Fills what is known of the chunk except its place; the pages stay listed until reset().
  void describe_chunk(EncodedChunk& chunk);
  const std::vector<std::span<const uint8_t>>& pages() const noexcept { return pages_; }
  void reset() noexcept;

  uint64_t invalid_values() const noexcept { return builder_.encoder().invalid_values(); }
  size_t memory_bytes() const noexcept;

 private:
  // Header and bytes of a page where they came to lie.
  std::span<const uint8_t> store_in_place(std::span<uint8_t> page);
  std::span<const uint8_t> store_copy(std::span<uint8_t> page, PageArena& arena);
  std::span<const uint8_t> store_compressed(std::span<uint8_t> page, PageArena& arena);
  // Puts the header directly before the stored bytes.
  std::span<const uint8_t> add_header(uint8_t* stored, size_t stored_bytes, size_t uncompressed_bytes, uint32_t crc);
  void count_page();

  pqflow_field field_;
  ColumnPlan plan_;
  PageBuilder builder_;
  codec::Compressor* compressor_;
  std::vector<uint8_t> header_;
  std::vector<std::span<const uint8_t>> pages_;
  EncodedChunk totals_;  // Sizes and counts so far.
};

}  // namespace pqflow::parquet
