#include "parquet/column_chunk_writer.hpp"

#include <cstring>

#include "encoding/crc32.hpp"
#include "encoding/plain.hpp"
#include "parquet/page_header.hpp"

namespace pqflow::parquet {

ColumnChunkWriter::ColumnChunkWriter(const pqflow_field& field, const PagePlan& plan, size_t column_index, size_t max_block_rows,
                                     codec::Compressor* compressor)
    : field_(field), plan_(plan.columns[column_index]), builder_(field, plan_, plan.page_rows, max_block_rows), compressor_(compressor) {
  header_.reserve(kMaxPageHeaderBytes);
  pages_.reserve(plan.max_page_count);
}

void ColumnChunkWriter::begin_page(PageArena& arena) noexcept {
  builder_.begin(builder_.is_in_place() ? arena.take(plan_.max_stored_bytes) : nullptr);
}

std::span<const uint8_t> ColumnChunkWriter::add_header(uint8_t* stored, size_t stored_bytes, size_t uncompressed_bytes, uint32_t crc) {
  encode_page_header({uncompressed_bytes, stored_bytes, builder_.row_count(), crc}, header_);
  uint8_t* const start = stored - header_.size();
  std::memcpy(start, header_.data(), header_.size());
  return {start, header_.size() + stored_bytes};
}

std::span<const uint8_t> ColumnChunkWriter::store_in_place(std::span<uint8_t> page) {
  return add_header(page.data(), page.size(), page.size(), builder_.crc());
}

std::span<const uint8_t> ColumnChunkWriter::store_copy(std::span<uint8_t> page, PageArena& arena) {
  const std::span<const uint8_t> stored = add_header(page.data(), page.size(), page.size(), encoding::crc32(0, page.data(), page.size()));
  uint8_t* const place = arena.take(stored.size());
  std::memcpy(place, stored.data(), stored.size());
  return {place, stored.size()};
}

std::span<const uint8_t> ColumnChunkWriter::store_compressed(std::span<uint8_t> page, PageArena& arena) {
  uint8_t* const place = arena.tail() + kMaxPageHeaderBytes;
  const size_t stored_bytes = compressor_->compress(place, plan_.max_stored_bytes - kMaxPageHeaderBytes, page.data(), page.size());
  arena.take(kMaxPageHeaderBytes + stored_bytes);
  return add_header(place, stored_bytes, page.size(), encoding::crc32(0, place, stored_bytes));
}

size_t ColumnChunkWriter::end_page(PageArena& arena) {
  const std::span<uint8_t> page = builder_.end();
  const bool is_compressed = compressor_ != nullptr;
  const std::span<const uint8_t> stored = is_compressed            ? store_compressed(page, arena)
                                          : builder_.is_in_place() ? store_in_place(page)
                                                                   : store_copy(page, arena);
  pages_.push_back(stored);
  const size_t uncompressed_bytes = header_.size() + page.size();
  totals_.uncompressed_bytes += uncompressed_bytes;
  totals_.compressed_bytes += stored.size();
  count_page();
  return uncompressed_bytes;
}

void ColumnChunkWriter::count_page() {
  totals_.value_count += builder_.row_count();
  totals_.null_count += builder_.null_count();
  if (field_.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY) {
    totals_.byte_array_bytes += builder_.values_bytes() - builder_.present_count() * encoding::kByteArrayPrefixBytes;
  }
  ++totals_.page_count;
}

void ColumnChunkWriter::describe_chunk(EncodedChunk& chunk) {
  chunk.uncompressed_bytes = totals_.uncompressed_bytes;
  chunk.compressed_bytes = totals_.compressed_bytes;
  chunk.value_count = totals_.value_count;
  chunk.null_count = totals_.null_count;
  chunk.nan_count = builder_.encoder().take_nan_count();
  chunk.byte_array_bytes = totals_.byte_array_bytes;
  chunk.page_count = totals_.page_count;
  chunk.codec = plan_.codec;
  const columns::RangeTracker* const range = builder_.encoder().range();
  chunk.bounds.is_present = false;
  if (range != nullptr && range->has_range()) {
    columns::set_bounds(field_, range->range(), chunk.bounds);
  }
}

void ColumnChunkWriter::reset() noexcept {
  builder_.encoder().reset_range();
  builder_.encoder().take_nan_count();
  pages_.clear();
  totals_.uncompressed_bytes = 0;
  totals_.compressed_bytes = 0;
  totals_.value_count = 0;
  totals_.null_count = 0;
  totals_.byte_array_bytes = 0;
  totals_.page_count = 0;
}

size_t ColumnChunkWriter::memory_bytes() const noexcept {
  return builder_.memory_bytes() + header_.capacity() + pages_.capacity() * sizeof(std::span<const uint8_t>);
}

}  // namespace pqflow::parquet
