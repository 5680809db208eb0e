#include "parquet/encoding_choice.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "encoding/dictionary_indices.hpp"

namespace pqflow::parquet {
namespace {

// Bytes as they would be stored.
double stored_bytes(const uint8_t* data, size_t size_bytes, const ChunkOutlook& outlook, PageScratch& scratch) {
  if (outlook.compressor == nullptr || size_bytes == 0) {
    return static_cast<double>(size_bytes);
  }
  return static_cast<double>(outlook.compressor->compress(scratch.compressed.data(), scratch.compressed.size_bytes(), data, size_bytes));
}

double page_bytes(const pqflow_field& field, pqflow_encoding encoding, const PlainValues& values, const ChunkOutlook& outlook,
                  PageScratch& scratch) {
  const size_t size_bytes = encode_values(field, encoding, values, scratch.values(), scratch.lengths());
  return stored_bytes(scratch.values(), size_bytes, outlook, scratch);
}

struct Growth {
  size_t half_entries;  // After the first half of the page.
  size_t entries;       // After all of it.
};

// Empty when the page alone fills the dictionary.
std::optional<Growth> fill_dictionary(const PlainValues& values, encoding::Dictionary& dictionary, uint32_t* indices) {
  const size_t half_count = values.count / 2;
  if (dictionary.index_values(values.data, half_count, indices) != half_count) {
    return std::nullopt;
  }
  const size_t half_entries = dictionary.entry_count();
  if (dictionary.index_values(values.data, values.count, indices) != values.count) {
    return std::nullopt;
  }
  return Growth{half_entries, dictionary.entry_count()};
}

// Distinct values often grow with a power of the number of values; the two halves show which.
double predicted_entries(const Growth& growth, double pages_per_chunk) {
  const double ratio = growth.half_entries == 0 ? 1.0 : static_cast<double>(growth.entries) / static_cast<double>(growth.half_entries);
  return static_cast<double>(growth.entries) * std::pow(pages_per_chunk, std::log2(std::max(ratio, 1.0)));
}

double dictionary_chunk_bytes(const Growth& growth, const PlainValues& values, const ChunkOutlook& outlook, PageScratch& scratch) {
  const double entries = predicted_entries(growth, outlook.pages_per_chunk);
  if (entries > static_cast<double>(outlook.dictionary->max_entries())) {
    return std::numeric_limits<double>::infinity();  // It would be given up on the way.
  }
  const auto known = outlook.dictionary->plain_values();
  const double dictionary_bytes =
      stored_bytes(known.data(), known.size(), outlook, scratch) * entries / static_cast<double>(growth.entries);
  const unsigned bit_width = encoding::dictionary_index_bits(growth.entries);
  const unsigned last_bit_width = encoding::dictionary_index_bits(static_cast<size_t>(entries));
  const size_t indices_bytes = encoding::encode_dictionary_indices(scratch.values(), scratch.indices(), values.count, bit_width);
  const double page = stored_bytes(scratch.values(), indices_bytes, outlook, scratch) * last_bit_width / bit_width;
  return dictionary_bytes + page * outlook.pages_per_chunk;
}

}  // namespace

EncodingChoice choose_encoding(const pqflow_field& field, const PlainValues& values, const ChunkOutlook& outlook, PageScratch& scratch) {
  EncodingChoice choice;
  double smallest_bytes = std::numeric_limits<double>::infinity();
  for (const pqflow_encoding encoding : encodings_of(field)) {
    const double bytes = page_bytes(field, encoding, values, outlook, scratch) * outlook.pages_per_chunk;
    if (bytes < smallest_bytes) {
      smallest_bytes = bytes;
      choice.without_dictionary = encoding;
    }
  }
  choice.encoding = choice.without_dictionary;
  if (outlook.dictionary == nullptr || values.count == 0) {
    return choice;
  }
  const std::optional<Growth> growth = fill_dictionary(values, *outlook.dictionary, scratch.indices());
  if (growth && dictionary_chunk_bytes(*growth, values, outlook, scratch) < smallest_bytes) {
    choice.encoding = PQFLOW_ENCODING_RLE_DICTIONARY;
  } else {
    outlook.dictionary->reset();
  }
  return choice;
}

}  // namespace pqflow::parquet
