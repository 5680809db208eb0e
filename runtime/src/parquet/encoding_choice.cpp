#include "parquet/encoding_choice.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "encoding/dictionary_indices.hpp"

namespace pqflow::parquet {
namespace {

using encoding::Packing;

constexpr double kImpossible = std::numeric_limits<double>::infinity();

struct Candidate {
  ValueEncoding encoding;
  double bytes = kImpossible;  // Of the whole chunk.
};

void keep_smaller(Candidate& best, const ValueEncoding& encoding, double bytes) noexcept {
  if (bytes < best.bytes) {
    best = {encoding, bytes};
  }
}

// The best of each kind; what a codec finds in the bytes decides anew which is smallest.
struct Standing {
  Candidate without_dictionary;
  Candidate dictionary;

  const Candidate& best() const noexcept { return dictionary.bytes < without_dictionary.bytes ? dictionary : without_dictionary; }
};

class Contest {
 public:
  Contest(const pqflow_field& field, const PlainValues& values, const ChunkOutlook& outlook, PageScratch& scratch)
      : field_(field), values_(values), outlook_(outlook), scratch_(scratch) {}

  EncodingChoice decide();

 private:
  // Entries of the dictionary after half of the page, and after all of it.
  struct Growth {
    size_t half_entries;
    size_t entries;
  };

  bool is_codec_tried() const noexcept { return outlook_.codec_use != CodecUse::kNever; }
  double compressed_bytes(std::span<const uint8_t> bytes);
  std::span<const uint8_t> encode(const ValueEncoding& encoding);
  void enter_values(const ValueEncoding& encoding);
  void enter_encodings();
  std::optional<Growth> fill_dictionary();
  double predicted_entries(const Growth& growth) const;
  void enter_indices(const Growth& growth, double entries, Packing packing);
  void enter_dictionary();
  bool is_codec_worth() const noexcept;

  const pqflow_field& field_;
  const PlainValues& values_;
  const ChunkOutlook& outlook_;
  PageScratch& scratch_;
  Standing plain_;       // Without the codec.
  Standing compressed_;  // With it.
};

double Contest::compressed_bytes(std::span<const uint8_t> bytes) {
  if (bytes.empty()) {
    return 0;
  }
  return static_cast<double>(
      outlook_.compressor->compress(scratch_.compressed.data(), scratch_.compressed.size_bytes(), bytes.data(), bytes.size()));
}

std::span<const uint8_t> Contest::encode(const ValueEncoding& encoding) {
  if (encoding.encoding == PQFLOW_ENCODING_PLAIN && field_.physical_type != PQFLOW_PHYSICAL_BOOLEAN) {
    return {values_.data, values_.size_bytes};
  }
  return {scratch_.values(), encode_values(field_, encoding, values_, scratch_.values(), scratch_.lengths())};
}

void Contest::enter_values(const ValueEncoding& encoding) {
  const std::span<const uint8_t> page = encode(encoding);
  keep_smaller(plain_.without_dictionary, encoding, static_cast<double>(page.size()) * outlook_.pages_per_chunk);
  if (is_codec_tried()) {
    keep_smaller(compressed_.without_dictionary, encoding, compressed_bytes(page) * outlook_.pages_per_chunk);
  }
}

void Contest::enter_encodings() {
  for (const pqflow_encoding encoding : outlook_.encodings) {
    enter_values({encoding, Packing::kTight});
    if (encoding == PQFLOW_ENCODING_DELTA_BINARY_PACKED && is_codec_tried()) {
      enter_values({encoding, Packing::kAligned});
    }
  }
}

// Empty when the page alone fills the dictionary.
std::optional<Contest::Growth> Contest::fill_dictionary() {
  encoding::Dictionary& dictionary = *outlook_.dictionary;
  const size_t half_count = values_.count / 2;
  if (dictionary.index_values(values_.data, half_count, scratch_.indices()) != half_count) {
    return std::nullopt;
  }
  const size_t half_entries = dictionary.entry_count();
  if (dictionary.index_values(values_.data, values_.count, scratch_.indices()) != values_.count) {
    return std::nullopt;
  }
  return Growth{half_entries, dictionary.entry_count()};
}

// Distinct values often grow with a power of the number of values; the two halves show which.
double Contest::predicted_entries(const Growth& growth) const {
  const double ratio = growth.half_entries == 0 ? 1.0 : static_cast<double>(growth.entries) / static_cast<double>(growth.half_entries);
  return static_cast<double>(growth.entries) * std::pow(outlook_.pages_per_chunk, std::log2(std::max(ratio, 1.0)));
}

void Contest::enter_indices(const Growth& growth, double entries, Packing packing) {
  const ValueEncoding encoding = {PQFLOW_ENCODING_RLE_DICTIONARY, packing};
  const std::span<const uint8_t> known = outlook_.dictionary->plain_values();
  const double entries_growth = entries / static_cast<double>(growth.entries);
  // Indices get wider on the way. Those that a codec sees as bytes grow no faster: what it stores follows their number of values.
  const double index_growth =
      static_cast<double>(encoding::dictionary_index_bits(static_cast<size_t>(entries))) / encoding::dictionary_index_bits(growth.entries);
  const size_t page_bytes = encoding::encode_dictionary_indices(scratch_.values(), scratch_.indices(), values_.count,
                                                                encoding::dictionary_index_bits(growth.entries, packing));
  const double pages = index_growth * outlook_.pages_per_chunk;
  keep_smaller(plain_.dictionary, encoding, static_cast<double>(known.size()) * entries_growth + static_cast<double>(page_bytes) * pages);
  if (is_codec_tried()) {
    keep_smaller(compressed_.dictionary, encoding,
                 compressed_bytes(known) * entries_growth + compressed_bytes({scratch_.values(), page_bytes}) * pages);
  }
}

void Contest::enter_dictionary() {
  const std::optional<Growth> growth = fill_dictionary();
  if (!growth) {
    return;
  }
  const double entries = predicted_entries(*growth);
  if (field_.encoding != PQFLOW_ENCODING_RLE_DICTIONARY && entries > static_cast<double>(outlook_.dictionary->max_entries())) {
    return;  // It would be given up on the way.
  }
  enter_indices(*growth, entries, Packing::kTight);
  if (is_codec_tried()) {
    enter_indices(*growth, entries, Packing::kAligned);
  }
}

bool Contest::is_codec_worth() const noexcept {
  if (outlook_.codec_use != CodecUse::kWhereItGains) {
    return outlook_.codec_use == CodecUse::kAlways;
  }
  return compressed_.best().bytes < plain_.best().bytes * (1 - outlook_.min_gain);
}

EncodingChoice Contest::decide() {
  enter_encodings();
  if (outlook_.dictionary != nullptr) {
    enter_dictionary();
  }
  const bool is_compressed = is_codec_worth();
  const Standing& standing = is_compressed ? compressed_ : plain_;
  const bool is_dictionary_asked = field_.encoding == PQFLOW_ENCODING_RLE_DICTIONARY && standing.dictionary.bytes != kImpossible;
  const ValueEncoding first = is_dictionary_asked ? standing.dictionary.encoding : standing.best().encoding;
  if (outlook_.dictionary != nullptr && first.encoding != PQFLOW_ENCODING_RLE_DICTIONARY) {
    outlook_.dictionary->reset();
  }
  return {first, standing.without_dictionary.encoding, is_compressed};
}

}  // namespace

EncodingChoice choose_encoding(const pqflow_field& field, const PlainValues& values, const ChunkOutlook& outlook, PageScratch& scratch) {
  return Contest(field, values, outlook, scratch).decide();
}

}  // namespace pqflow::parquet
