#include "parquet/column_chunk_writer.hpp"

#include <algorithm>
#include <cstring>

#include "columns/type_rules.hpp"
#include "encoding/crc32.hpp"
#include "encoding/plain.hpp"
#include "parquet/page_header.hpp"

namespace pqflow::parquet {

ColumnChunkWriter::ColumnChunkWriter(const pqflow_field& field, const PagePlan& plan, size_t column_index, size_t max_block_values,
                                     codec::Compressor* compressor)
    : field_(field),
      plan_(plan.columns[column_index]),
      builder_(field, plan_, max_block_values),
      compressor_(compressor),
      encoder_(field, plan_, compressor),
      bloom_(field.bloom_filter_fpp == 0 ? nullptr : std::make_unique<ChunkBloom>(field, plan_.max_chunk_values)),
      index_(field, plan_.max_page_count, plan_.max_value_bytes, plan_.float_order) {
  header_.reserve(kMaxPageHeaderBytes);
  pages_.reserve(1 + plan_.max_page_count);
  pages_.resize(1);
}

void ColumnChunkWriter::begin_page(PageArena& arena) noexcept {
  builder_.begin(builder_.is_in_place() ? arena.take(plan_.max_stored_bytes) : nullptr, encoder_.wants_staged());
}

void ColumnChunkWriter::write_v1_header(size_t uncompressed_bytes, size_t stored_bytes, uint32_t crc) {
  encode_page_header(DataPageV1{uncompressed_bytes, stored_bytes, builder_.levels().entry_count(), crc, page_encoding_}, header_);
}

void ColumnChunkWriter::write_v2_header(const EncodedLevels& levels, bool is_compressed, size_t uncompressed_bytes, size_t stored_bytes,
                                        uint32_t crc) {
  encode_page_header(DataPageV2{.uncompressed_bytes = uncompressed_bytes,
                                .compressed_bytes = stored_bytes,
                                .value_count = builder_.levels().entry_count(),
                                .null_count = builder_.null_count(),
                                .row_count = builder_.row_count(),
                                .definition_levels_bytes = levels.definition_bytes,
                                .repetition_levels_bytes = levels.repetition_bytes,
                                .is_compressed = is_compressed,
                                .crc = crc,
                                .encoding = page_encoding_},
                     header_);
}

void ColumnChunkWriter::write_dictionary_header(size_t uncompressed_bytes, size_t stored_bytes, uint32_t crc) {
  encode_dictionary_header({uncompressed_bytes, stored_bytes, encoder_.dictionary_entry_count(), crc}, header_);
}

std::span<const uint8_t> ColumnChunkWriter::add_header(uint8_t* stored, size_t stored_bytes) {
  uint8_t* const start = stored - header_.size();
  std::memcpy(start, header_.data(), header_.size());
  return {start, header_.size() + stored_bytes};
}

std::span<const uint8_t> ColumnChunkWriter::store_in_place(const PlainValues& values) {
  page_encoding_ = PQFLOW_ENCODING_PLAIN;
  if (plan_.data_page_version == 2) {
    write_v2_header({}, false, values.size_bytes, values.size_bytes, builder_.crc());
  } else {
    write_v1_header(values.size_bytes, values.size_bytes, builder_.crc());
  }
  return add_header(values.data, values.size_bytes);
}

std::span<const uint8_t> ColumnChunkWriter::store(std::span<uint8_t> page, codec::Effort effort, PageArena& arena,
                                                  WriteHeader write_header) {
  uint8_t* const place = arena.tail() + kMaxPageHeaderBytes;
  size_t stored_bytes = page.size();
  if (compressor_ != nullptr && encoder_.is_compressed()) {
    const size_t room_bytes = codec::Compressor::max_compressed_bytes(plan_.codec, page.size());
    stored_bytes = compressor_->compress(place, room_bytes, page.data(), page.size(), effort);
  } else {
    std::copy(page.begin(), page.end(), place);
  }
  arena.take(kMaxPageHeaderBytes + stored_bytes);
  (this->*write_header)(page.size(), stored_bytes, encoding::crc32(0, place, stored_bytes));
  return add_header(place, stored_bytes);
}

std::span<const uint8_t> ColumnChunkWriter::store_v1(const EncodedValues& encoded, PageArena& arena, size_t& page_bytes) {
  const std::span<const uint8_t> levels = builder_.levels().encode_v1().bytes;
  uint8_t* const page = encoded.data - levels.size();
  std::copy(levels.begin(), levels.end(), page);
  page_bytes = levels.size() + encoded.size_bytes;
  return store({page, page_bytes}, encoder_.effort(), arena, &ColumnChunkWriter::write_v1_header);
}

std::span<const uint8_t> ColumnChunkWriter::store_v2(const EncodedValues& encoded, PageArena& arena, size_t& page_bytes) {
  const EncodedLevels levels = builder_.levels().encode_v2();
  uint8_t* const place = arena.tail() + kMaxPageHeaderBytes;
  uint8_t* const values_place = std::copy(levels.bytes.begin(), levels.bytes.end(), place);
  size_t stored_values_bytes = encoded.size_bytes;
  if (compressor_ != nullptr && encoder_.is_compressed() && encoded.size_bytes != 0) {
    const size_t room_bytes = codec::Compressor::max_compressed_bytes(plan_.codec, encoded.size_bytes);
    stored_values_bytes = compressor_->compress(values_place, room_bytes, encoded.data, encoded.size_bytes, encoder_.effort());
  }
  const bool is_compressed = stored_values_bytes < encoded.size_bytes;
  if (!is_compressed) {
    stored_values_bytes = encoded.size_bytes;
    std::copy_n(encoded.data, encoded.size_bytes, values_place);
  }
  const size_t stored_bytes = levels.bytes.size() + stored_values_bytes;
  page_bytes = levels.bytes.size() + encoded.size_bytes;
  arena.take(kMaxPageHeaderBytes + stored_bytes);
  write_v2_header(levels, is_compressed, page_bytes, stored_bytes, encoding::crc32(0, place, stored_bytes));
  return add_header(place, stored_bytes);
}

size_t ColumnChunkWriter::cut_large_pages(PageArena& arena, PageScratch& scratch) {
  size_t uncompressed_bytes = 0;
  while (builder_.is_too_large()) {
    builder_.cut();
    uncompressed_bytes += end_page(arena, scratch);
    builder_.begin_with_rest();
  }
  return uncompressed_bytes;
}

// Pages that the open one stands for where it is the chunk's first.
double ColumnChunkWriter::outlook_pages() const noexcept {
  return builder_.is_cut() ? static_cast<double>(plan_.max_chunk_rows) / static_cast<double>(builder_.row_count()) : plan_.pages_per_chunk;
}

EncodedValues ColumnChunkWriter::encode_page(PageScratch& scratch) {
  if (builder_.is_staged()) {
    const std::optional<EncodedValues> encoded = encoder_.encode_staged(
        builder_.staged_values(), builder_.present_count(), scratch,
        [&](const IndexedValues& page) { builder_.settle_staged(page.values_bytes, page.distinct_values, page.distinct_count); });
    if (encoded) {
      return *encoded;
    }
  }
  return encoder_.encode(builder_.values(), outlook_pages(), scratch);
}

size_t ColumnChunkWriter::end_page(PageArena& arena, PageScratch& scratch) {
  size_t page_bytes = 0;
  if (builder_.is_in_place()) {
    page_bytes = builder_.values_bytes();
    pages_.push_back(store_in_place(builder_.values()));
  } else {
    const EncodedValues encoded = encode_page(scratch);
    page_encoding_ = encoded.encoding;
    pages_.push_back(plan_.data_page_version == 2 ? store_v2(encoded, arena, page_bytes) : store_v1(encoded, arena, page_bytes));
  }
  if (bloom_ != nullptr && page_encoding_ != PQFLOW_ENCODING_RLE_DICTIONARY) {
    bloom_->insert(builder_.values());  // Of the others the dictionary has each value once.
  }
  const size_t uncompressed_bytes = header_.size() + page_bytes;
  count_sizes(uncompressed_bytes, pages_.back());
  count_page();
  add_to_index();
  return uncompressed_bytes;
}

void ColumnChunkWriter::end_chunk(PageArena& arena) {
  const std::span<uint8_t> entries = encoder_.dictionary_values();
  has_dictionary_page_ = !entries.empty();
  if (has_dictionary_page_) {
    pages_.front() = store(entries, codec::Effort::kMatches, arena, &ColumnChunkWriter::write_dictionary_header);
    count_sizes(header_.size() + entries.size(), pages_.front());
    totals_.dictionary_bytes = pages_.front().size();
  }
  if (bloom_ != nullptr) {
    bloom_->insert({entries.data(), entries.size(), encoder_.dictionary_entry_count()});
    bloom_->finish();
  }
}

void ColumnChunkWriter::count_sizes(size_t uncompressed_bytes, std::span<const uint8_t> stored) {
  totals_.uncompressed_bytes += uncompressed_bytes;
  totals_.compressed_bytes += stored.size();
}

void ColumnChunkWriter::count_page() {
  totals_.value_count += builder_.levels().entry_count();
  totals_.null_count += builder_.null_count();
  ++totals_.pages_by_encoding[page_encoding_];
}

void ColumnChunkWriter::add_to_index() {
  PageSummary page = {};
  page.row_count = builder_.row_count();
  page.value_count = builder_.levels().entry_count();
  page.null_count = builder_.null_count();
  page.nan_count = builder_.nan_count();
  if (field_.physical_type == PQFLOW_PHYSICAL_BYTE_ARRAY) {
    page.byte_array_bytes = builder_.values_bytes() - builder_.present_count() * encoding::kByteArrayPrefixBytes;
  }
  page.stored_bytes = pages_.back().size();
  totals_.nan_count += page.nan_count;
  totals_.byte_array_bytes += page.byte_array_bytes;
  index_.add_page(page, builder_.levels(), builder_.encoder().range());
  builder_.encoder().reset_range();
}

void ColumnChunkWriter::describe_chunk(EncodedChunk& chunk) {
  chunk.uncompressed_bytes = totals_.uncompressed_bytes;
  chunk.compressed_bytes = totals_.compressed_bytes;
  chunk.value_count = totals_.value_count;
  chunk.null_count = totals_.null_count;
  chunk.nan_count = totals_.nan_count;
  chunk.byte_array_bytes = totals_.byte_array_bytes;
  chunk.pages_by_encoding = totals_.pages_by_encoding;
  chunk.dictionary_bytes = totals_.dictionary_bytes;
  // A dictionary tells values apart by their bytes; zeros of both signs may be one value to a reader.
  chunk.distinct_count = columns::is_floating_column(field_) ? 0 : encoder_.distinct_count();
  chunk.data_page_version = plan_.data_page_version;
  chunk.codec = encoder_.is_compressed() ? plan_.codec : PQFLOW_CODEC_UNCOMPRESSED;
  index_.set_chunk_bounds(chunk.bounds);
  chunk.page_index = &index_.index();
}

void ColumnChunkWriter::reset() noexcept {
  builder_.encoder().reset_range();
  index_.reset();
  encoder_.begin_chunk();
  if (bloom_ != nullptr) {
    bloom_->clear();
  }
  has_dictionary_page_ = false;
  pages_.resize(1);
  totals_.uncompressed_bytes = 0;
  totals_.compressed_bytes = 0;
  totals_.value_count = 0;
  totals_.null_count = 0;
  totals_.nan_count = 0;
  totals_.byte_array_bytes = 0;
  totals_.pages_by_encoding = {};
  totals_.dictionary_bytes = 0;
}

size_t ColumnChunkWriter::memory_bytes() const noexcept {
  return builder_.memory_bytes() + encoder_.memory_bytes() + index_.memory_bytes() + (bloom_ == nullptr ? 0 : bloom_->memory_bytes()) +
         header_.capacity() + pages_.capacity() * sizeof(std::span<const uint8_t>);
}

}  // namespace pqflow::parquet
