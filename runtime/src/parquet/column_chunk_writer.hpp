// Pages of one column → one column chunk.
#pragma once

#include <pqflow/descriptor.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "codec/codec.hpp"
#include "parquet/chunk_bloom.hpp"
#include "parquet/chunk_encoder.hpp"
#include "parquet/encoded_row_group.hpp"
#include "parquet/page_arena.hpp"
#include "parquet/page_builder.hpp"
#include "parquet/page_index.hpp"
#include "parquet/page_plan.hpp"

namespace pqflow::parquet {

// Writer thread; allocates in the constructor only. begin_page, then append and cut_large_pages for each block, end_page, …, end_chunk,
// again from the start.
class ColumnChunkWriter {
 public:
  // `compressor`: for the plan's codec and level, null for UNCOMPRESSED; outlives the writer.
  ColumnChunkWriter(const pqflow_field& field, const PagePlan& plan, size_t column_index, size_t max_block_values,
                    codec::Compressor* compressor);

  // `arena` has plan.max_page_set_bytes of room for all columns together when the page begins.
  void begin_page(PageArena& arena) noexcept;
  uint8_t* place_of_next() noexcept { return builder_.place_of_next(); }
  void append(const columns::StagedLeaf& block) { builder_.append(block); }
  BlockValues last_block() const noexcept { return builder_.last_block(); }
  // Ends as many pages as it takes until the open one is not larger than page_bytes. Returns what end_page() would of them.
  size_t cut_large_pages(PageArena& arena, PageScratch& scratch);
  // Returns the page's bytes before the codec, header included.
  size_t end_page(PageArena& arena, PageScratch& scratch);
  // Stores the dictionary page where pages refer to one; `arena` has plan.max_dictionary_set_bytes of room for all columns together.
  void end_chunk(PageArena& arena);

  // Fills what is known of the chunk except its place; the pages stay listed until reset(). After end_chunk.
  void describe_chunk(EncodedChunk& chunk);
  // In file order, the dictionary page first.
  std::span<const std::span<const uint8_t>> pages() const noexcept { return std::span(pages_).subspan(has_dictionary_page_ ? 0 : 1); }
  // Null where the column has none. After end_chunk, until reset().
  const ChunkBloom* bloom() const noexcept { return bloom_.get(); }
  void reset() noexcept;

  uint64_t invalid_values() const noexcept { return builder_.encoder().invalid_values(); }
  size_t memory_bytes() const noexcept;

 private:
  // A page's bytes before the codec → header and stored bytes where they stay. The header of a V2 page says whether its values went through
  // the codec: they do only where that makes them smaller; its levels never do. A V1 header has no such flag: with a codec for the chunk,
  // every V1 page goes through it as a whole, even one that gets larger, and so does the dictionary page.
  using WriteHeader = void (ColumnChunkWriter::*)(size_t uncompressed_bytes, size_t stored_bytes, uint32_t crc);
  std::span<const uint8_t> store(std::span<uint8_t> page, codec::Effort effort, PageArena& arena, WriteHeader write_header);
  std::span<const uint8_t> store_v1(const EncodedValues& encoded, PageArena& arena, size_t& page_bytes);
  std::span<const uint8_t> store_v2(const EncodedValues& encoded, PageArena& arena, size_t& page_bytes);
  std::span<const uint8_t> store_in_place(const PlainValues& values);
  // Puts header_ directly before the stored bytes.
  std::span<const uint8_t> add_header(uint8_t* stored, size_t stored_bytes);
  void write_v1_header(size_t uncompressed_bytes, size_t stored_bytes, uint32_t crc);
  void write_v2_header(const EncodedLevels& levels, bool is_compressed, size_t uncompressed_bytes, size_t stored_bytes, uint32_t crc);
  void write_dictionary_header(size_t uncompressed_bytes, size_t stored_bytes, uint32_t crc);
  EncodedValues encode_page(PageScratch& scratch);
  double outlook_pages() const noexcept;
  void count_sizes(size_t uncompressed_bytes, std::span<const uint8_t> stored);
  void count_page();
  void add_to_index();

  pqflow_field field_;
  ColumnPlan plan_;
  PageBuilder builder_;
  codec::Compressor* compressor_;
  ChunkEncoder encoder_;
  std::unique_ptr<ChunkBloom> bloom_;
  pqflow_encoding page_encoding_ = PQFLOW_ENCODING_PLAIN;  // Of the page that ends.
  std::vector<uint8_t> header_;
  std::vector<std::span<const uint8_t>> pages_;  // [0] is the dictionary page's place.
  bool has_dictionary_page_ = false;
  PageIndexBuilder index_;
  EncodedChunk totals_;  // Sizes and counts so far.
};

}  // namespace pqflow::parquet
