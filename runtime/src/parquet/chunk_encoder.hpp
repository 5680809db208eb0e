// Values of one column's pages in the encoding that was asked for or chosen: keeps the choice and the dictionary of the column.
#pragma once

#include <pqflow/descriptor.h>

#include <memory>
#include <optional>
#include <span>

#include "encoding/dictionary.hpp"
#include "parquet/choice_schedule.hpp"
#include "parquet/encoding_choice.hpp"
#include "parquet/page_plan.hpp"
#include "parquet/page_scratch.hpp"
#include "parquet/staged_indexer.hpp"
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

  // Whether pages of such a column may be wanted as they are staged.
  static bool may_want_staged(const pqflow_field& field, const ColumnPlan& plan) noexcept;

  // The next page of the chunk, one of `outlook_pages` like it. The result is valid until the scratch is used again.
  EncodedValues encode(const PlainValues& values, double outlook_pages, PageScratch& scratch);
  // Whether the chunk's next page is likely to be encoded without its values: then it should be left as it is staged.
  bool wants_staged() const noexcept;
  // Such a page; empty where its values are needed after all: then encode() them. `size_up` is told what the page holds. The result is
  // valid until the scratch is used again.
  template <typename SizeUp>
  std::optional<EncodedValues> encode_staged(const uint8_t* staged, size_t count, PageScratch& scratch, const SizeUp& size_up) {
    const std::optional<IndexedValues> page = index_staged(staged, count, scratch);
    if (!page) {
      return std::nullopt;
    }
    size_up(*page);
    return pack_indices(count, scratch);
  }
  // Whether the chunk's pages go through the codec. From its first page on.
  bool is_compressed() const noexcept { return is_compressed_; }
  // What the codec does with the data page that was just encoded, where the chunk is compressed; a dictionary page gets kMatches.
  codec::Effort effort() const noexcept { return is_dictionary_full_ ? codec::Effort::kMatches : choice_.effort; }
  // Entries that pages of this chunk refer to, PLAIN; empty when none does.
  std::span<uint8_t> dictionary_values() noexcept;
  size_t dictionary_entry_count() const noexcept;
  // Distinct values of the chunk so far, by their bytes; 0 where the dictionary does not hold them all.
  size_t distinct_count() const noexcept { return is_dictionary_full_ ? 0 : dictionary_entry_count(); }
  void begin_chunk() noexcept;

  size_t memory_bytes() const noexcept;

 private:
  bool is_choice_due(size_t value_count) const noexcept;
  CodecUse codec_use() const noexcept;
  void choose(const PlainValues& values, double outlook_pages, PageScratch& scratch);
  void fix_codec() noexcept;
  bool encode_indices(const PlainValues& values, PageScratch& scratch, EncodedValues& encoded);
  std::optional<IndexedValues> index_staged(const uint8_t* staged, size_t count, PageScratch& scratch);
  EncodedValues encode_without_dictionary(const PlainValues& values, PageScratch& scratch) const;
  EncodedValues pack_indices(size_t count, PageScratch& scratch) noexcept;

  pqflow_field field_;
  std::span<const pqflow_encoding> encodings_;
  bool has_levels_;
  double min_codec_gain_;
  codec::Compressor* compressor_;
  std::unique_ptr<encoding::Dictionary> dictionary_;  // Null where the column may have none.
  std::unique_ptr<StagedIndexer> indexer_;            // Null where values are not made from few bytes.
  EncodingChoice choice_;
  ChoiceSchedule schedule_;
  size_t value_count_ = 0;       // Of the chunk so far.
  size_t encoded_bytes_ = 0;     // Likewise.
  bool is_chosen_ = false;       // For this chunk.
  bool is_codec_fixed_ = false;  // The chunk has a page: its codec is no longer to be decided.
  bool is_compressed_ = false;
  bool is_dictionary_used_ = false;
  bool is_dictionary_full_ = false;
};

}  // namespace pqflow::parquet
