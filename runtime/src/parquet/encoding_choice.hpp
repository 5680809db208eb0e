// Which encoding makes a column chunk smallest, and whether a codec pays for it: judged by the values of its first page.
#pragma once

#include <pqflow/descriptor.h>

#include <cstdint>
#include <span>

#include "codec/codec.hpp"
#include "encoding/dictionary.hpp"
#include "parquet/page_scratch.hpp"
#include "parquet/value_encoder.hpp"

namespace pqflow::parquet {

struct EncodingChoice {
  ValueEncoding first;                             // RLE_DICTIONARY: until the dictionary is full, then `without_dictionary`.
  ValueEncoding without_dictionary;                // Never RLE_DICTIONARY.
  bool is_compressed = false;                      // All pages of the chunk go through the codec, or none.
  codec::Effort effort = codec::Effort::kMatches;  // Of its data pages; a dictionary page gets kMatches.

  // As long as no dictionary is full.
  bool makes_same_pages(const EncodingChoice& other) const noexcept {
    return first == other.first && is_compressed == other.is_compressed && effort == other.effort;
  }
};

enum class CodecUse : uint8_t {
  kWhereItGains,  // More than ChunkOutlook.min_gain.
  kAlways,        // Pages of the chunk are compressed already.
  kNever
};

// What the judgement is about, beside the values.
struct ChunkOutlook {
  std::span<const pqflow_encoding> encodings;  // Candidates, the dictionary left out; at least one.
  double pages_per_chunk;                      // As many as the first one is to be followed by, itself included.
  codec::Compressor* compressor;               // Null: UNCOMPRESSED, CodecUse::kNever.
  CodecUse codec_use;
  bool has_levels;                   // Pages have bytes that are not values.
  double min_gain;                   // Share of the bytes that the codec, or a further effort, must save, 0 … 1.
  encoding::Dictionary* dictionary;  // Null: none allowed. Empty before, and left with the page's values when the dictionary is chosen.
};

// Encodes the page in every way that the outlook has, without the codec and with each of its efforts, and compares what is stored; the
// dictionary counts with the growth that the page's halves show. Of the efforts the least wins that the next one does not improve enough
// on. Does not allocate. Deterministic: equal values give equal choices. `values.count` > 0.
EncodingChoice choose_encoding(const pqflow_field& field, const PlainValues& values, const ChunkOutlook& outlook, PageScratch& scratch);

}  // namespace pqflow::parquet
