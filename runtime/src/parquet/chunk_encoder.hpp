// Values of one column's pages in the encoding that was asked for or chosen: keeps the choice and the dictionary of the column.
#pragma once

#include <pqflow/descriptor.h>

#include <memory>
#include <span>

#include "encoding/dictionary.hpp"
#include "parquet/encoding_choice.hpp"
#include "parquet/page_plan.hpp"
#include "parquet/page_scratch.hpp"
#include "parquet/value_encoder.hpp"

namespace pqflow::parquet {

struct EncodedValues {
  pqflow_encoding encoding;
  uint8_t* data;  // Room for header and levels lies before them.
  size_t size_bytes;
};

// One per column. Writer thread; allocates in the constructor only.
class ChunkEncoder {
 public:
  // `compressor`: null for UNCOMPRESSED.
  ChunkEncoder(const pqflow_field& field, const ColumnPlan& plan, codec::Compressor* compressor);

  // True when values are only ever copied: then a page may be built where it stays.
  static bool is_always_plain(const pqflow_field& field) noexcept;

  // The next page of the chunk, one of `outlook_pages` like it. The result is valid until the scratch is used again.
  EncodedValues encode(const PlainValues& values, double outlook_pages, PageScratch& scratch);
  // Whether the chunk's pages go through the codec. From its first page on.
  bool is_compressed() const noexcept { return is_compressed_; }
  // Entries that pages of this chunk refer to, PLAIN; empty when none does.
  std::span<uint8_t> dictionary_values() noexcept;
  size_t dictionary_entry_count() const noexcept;
  // Distinct values of the chunk so far, by their bytes; 0 where the dictionary does not hold them all.
  size_t distinct_count() const noexcept { return is_dictionary_full_ ? 0 : dictionary_entry_count(); }
  void begin_chunk() noexcept;

  size_t memory_bytes() const noexcept { return dictionary_ == nullptr ? 0 : dictionary_->memory_bytes(); }

 private:
  bool is_choice_due(const PlainValues& values) const noexcept;
  CodecUse codec_use() const noexcept;
  void choose(const PlainValues& values, double outlook_pages, PageScratch& scratch);
  void fix_codec() noexcept;
  bool encode_indices(const PlainValues& values, PageScratch& scratch, EncodedValues& encoded);

  pqflow_field field_;
  std::span<const pqflow_encoding> encodings_;
  double min_codec_gain_;
  codec::Compressor* compressor_;
  std::unique_ptr<encoding::Dictionary> dictionary_;  // Null where the column may have none.
  EncodingChoice choice_;
  unsigned chunks_until_choice_ = 0;
  size_t chosen_from_count_ = 0;  // Values that the choice was made from.
  bool is_chosen_ = false;        // For this chunk.
  bool is_codec_fixed_ = false;   // The chunk has a page: its codec is no longer to be decided.
  bool is_compressed_ = false;
  bool is_dictionary_used_ = false;
  bool is_dictionary_full_ = false;
};

}  // namespace pqflow::parquet
