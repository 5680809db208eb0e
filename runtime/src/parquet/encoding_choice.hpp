// Which encoding makes a column chunk smallest, judged by the values of its first page.
#pragma once

#include <pqflow/descriptor.h>

#include <cstdint>

#include "codec/codec.hpp"
#include "encoding/dictionary.hpp"
#include "parquet/page_scratch.hpp"
#include "parquet/value_encoder.hpp"

namespace pqflow::parquet {

struct EncodingChoice {
  pqflow_encoding encoding = PQFLOW_ENCODING_PLAIN;  // RLE_DICTIONARY: until the dictionary is full, then `without_dictionary`.
  pqflow_encoding without_dictionary = PQFLOW_ENCODING_PLAIN;
};

// What the judgement is about, beside the values.
struct ChunkOutlook {
  double pages_per_chunk;            // As many as the first one is to be followed by, itself included.
  codec::Compressor* compressor;     // Null: UNCOMPRESSED.
  encoding::Dictionary* dictionary;  // Null: none allowed. Empty before, and left with the page's values when the dictionary is chosen.
};

// Encodes the page in every way and compares what is stored; the dictionary counts with the growth that the page's halves show. Does not
// allocate. Deterministic: equal values give equal choices.
EncodingChoice choose_encoding(const pqflow_field& field, const PlainValues& values, const ChunkOutlook& outlook, PageScratch& scratch);

}  // namespace pqflow::parquet
