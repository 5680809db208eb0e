#include "parquet/encoding_choice.hpp"

#include <algorithm>
#include <array>
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

constexpr std::array kEfforts = {codec::Effort::kStore, codec::Effort::kEntropy, codec::Effort::kMatches};
static_assert(kEfforts.size() == codec::kEffortCount);

// A page this much larger than the smallest without the codec, mostly a PLAIN one, takes longest and seldom wins: its first part is tried
// alone, and all of it only where the part promises that it comes close to the best.
constexpr double kLargePageRatio = 2;
constexpr size_t kPartsOfPage = 4;
constexpr double kHopelessRatio = 1.5;

// Looking for repeated sequences takes two to three times as long as counting bytes: it must save at least that much more (ADR 42).
constexpr double kMinMatchesGain = 0.08;

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
  std::span<const codec::Effort> efforts(Packing packing) const noexcept;
  Standing& compressed(codec::Effort effort) noexcept { return compressed_[static_cast<size_t>(effort)]; }
  double compressed_bytes(std::span<const uint8_t> bytes, codec::Effort effort);
  std::span<const uint8_t> encode(const ValueEncoding& encoding);
  bool is_hopeless(std::span<const uint8_t> page);
  void enter_values(const ValueEncoding& encoding);
  void enter_encodings();
  std::optional<Growth> fill_dictionary();
  double predicted_entries(const Growth& growth) const;
  void enter_indices(const Growth& growth, double entries, Packing packing);
  void enter_dictionary();
  double min_gain(codec::Effort effort) const noexcept;
  std::optional<codec::Effort> choose_effort() const noexcept;

  const pqflow_field& field_;
  const PlainValues& values_;
  const ChunkOutlook& outlook_;
  PageScratch& scratch_;
  Standing plain_;                                        // Without the codec.
  std::array<Standing, codec::kEffortCount> compressed_;  // With it, by effort.
  double dictionary_page_bytes_ = 0;                      // The dictionary's own, with it; beside data pages of any effort.
};

// Levels repeat; where there are any, pages are never stored as they are for the sake of values alone. Bits in whole bytes are for a codec
// that looks at them: what fills the bytes of the first page by chance may need another byte in the next.
std::span<const codec::Effort> Contest::efforts(Packing packing) const noexcept {
  const std::span<const codec::Effort> all = kEfforts;
  if (!is_codec_tried()) {
    return {};
  }
  if (!outlook_.compressor->has_efforts()) {
    return all.last(1);
  }
  return outlook_.has_levels || packing == Packing::kAligned ? all.last(2) : all;
}

double Contest::compressed_bytes(std::span<const uint8_t> bytes, codec::Effort effort) {
  if (bytes.empty() || effort == codec::Effort::kStore) {
    return static_cast<double>(bytes.size());
  }
  return static_cast<double>(
      outlook_.compressor->compress(scratch_.compressed.data(), scratch_.compressed.size_bytes(), bytes.data(), bytes.size(), effort));
}

std::span<const uint8_t> Contest::encode(const ValueEncoding& encoding) {
  if (encoding.encoding == PQFLOW_ENCODING_PLAIN && field_.physical_type != PQFLOW_PHYSICAL_BOOLEAN) {
    return {values_.data, values_.size_bytes};
  }
  return {scratch_.values(), encode_values(field_, encoding, values_, scratch_.values(), scratch_.lengths())};
}

bool Contest::is_hopeless(std::span<const uint8_t> page) {
  const std::span<const uint8_t> part = page.first(page.size() / kPartsOfPage);
  const double promised_bytes = compressed_bytes(part, codec::Effort::kMatches) * kPartsOfPage * outlook_.pages_per_chunk;
  return promised_bytes > compressed(codec::Effort::kMatches).best().bytes * kHopelessRatio;
}

void Contest::enter_values(const ValueEncoding& encoding) {
  const std::span<const uint8_t> page = encode(encoding);
  const double chunk_bytes = static_cast<double>(page.size()) * outlook_.pages_per_chunk;
  if (encoding.packing == Packing::kTight) {
    keep_smaller(plain_.without_dictionary, encoding, chunk_bytes);
  }
  if (!is_codec_tried() || (chunk_bytes > plain_.best().bytes * kLargePageRatio && is_hopeless(page))) {
    return;
  }
  for (const codec::Effort effort : efforts(encoding.packing)) {
    keep_smaller(compressed(effort).without_dictionary, encoding, compressed_bytes(page, effort) * outlook_.pages_per_chunk);
  }
}

// PLAIN, the first of any list, comes last: see is_hopeless().
void Contest::enter_encodings() {
  for (auto encoding = outlook_.encodings.rbegin(); encoding != outlook_.encodings.rend(); ++encoding) {
    enter_values({*encoding, Packing::kTight});
    if (*encoding == PQFLOW_ENCODING_DELTA_BINARY_PACKED && is_codec_tried()) {
      enter_values({*encoding, Packing::kAligned});
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
  const std::span<const uint8_t> page = {scratch_.values(),
                                         encoding::encode_dictionary_indices(scratch_.values(), scratch_.indices(), values_.count,
                                                                             encoding::dictionary_index_bits(growth.entries, packing))};
  const double pages = index_growth * outlook_.pages_per_chunk;
  if (packing == Packing::kTight) {
    keep_smaller(plain_.dictionary, encoding,
                 static_cast<double>(known.size()) * entries_growth + static_cast<double>(page.size()) * pages);
  }
  const double known_bytes = dictionary_page_bytes_ * entries_growth;
  for (const codec::Effort effort : efforts(packing)) {
    keep_smaller(compressed(effort).dictionary, encoding, known_bytes + compressed_bytes(page, effort) * pages);
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
  if (is_codec_tried()) {
    dictionary_page_bytes_ = compressed_bytes(outlook_.dictionary->plain_values(), codec::Effort::kMatches);
  }
  enter_indices(*growth, entries, Packing::kTight);
  if (is_codec_tried()) {
    enter_indices(*growth, entries, Packing::kAligned);
  }
}

double Contest::min_gain(codec::Effort effort) const noexcept {
  const bool is_further = effort == codec::Effort::kMatches && outlook_.compressor->has_efforts();
  return is_further ? std::max(outlook_.min_gain, kMinMatchesGain) : outlook_.min_gain;
}

// Empty: without the codec.
std::optional<codec::Effort> Contest::choose_effort() const noexcept {
  std::optional<codec::Effort> chosen;
  double bytes = outlook_.codec_use == CodecUse::kAlways ? kImpossible : plain_.best().bytes;
  for (const codec::Effort effort : efforts(Packing::kTight)) {
    const double effort_bytes = compressed_[static_cast<size_t>(effort)].best().bytes;
    if (effort_bytes < bytes * (1 - min_gain(effort))) {
      chosen = effort;
      bytes = effort_bytes;
    }
  }
  return chosen;
}

EncodingChoice Contest::decide() {
  if (outlook_.dictionary != nullptr) {
    enter_dictionary();
  }
  enter_encodings();
  const std::optional<codec::Effort> effort = choose_effort();
  const Standing& standing = effort ? compressed(*effort) : plain_;
  const bool is_dictionary_asked = field_.encoding == PQFLOW_ENCODING_RLE_DICTIONARY && standing.dictionary.bytes != kImpossible;
  const ValueEncoding first = is_dictionary_asked ? standing.dictionary.encoding : standing.best().encoding;
  if (outlook_.dictionary != nullptr && first.encoding != PQFLOW_ENCODING_RLE_DICTIONARY) {
    outlook_.dictionary->reset();
  }
  return {first, standing.without_dictionary.encoding, effort.has_value(), effort.value_or(codec::Effort::kMatches)};
}

}  // namespace

EncodingChoice choose_encoding(const pqflow_field& field, const PlainValues& values, const ChunkOutlook& outlook, PageScratch& scratch) {
  return Contest(field, values, outlook, scratch).decide();
}

}  // namespace pqflow::parquet
